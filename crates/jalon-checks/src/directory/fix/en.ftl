# Why a value is left to people.
no-proposal = nothing can be proposed: a person has to choose a value
kept = it stays as it is, because another object is the one to change
duplicate = several objects hold it: a person has to say who keeps it
collision = another object would get the same value
taken = another object holds the proposed value
primary = it is the primary address: a person has to say which one takes its place
nameless = the source does not give the object’s distinguished name
declined = it was not accepted in the review

# Why an object was left as it is.
moved = { $attribute } no longer holds “{ $value }”
filled = { $attribute } is no longer empty: it holds “{ $value }”
held = { $attribute } holds “{ $value }” already
gone = there is no such object any more
not-made = the run ended before the directory was asked
moved-meanwhile = the run ended while it was being changed, and it is now neither as before nor as after

# The script. {"{0}"} and the like are put in by PowerShell.
script-about = Mends objects of a directory. Without -Apply it only shows what it would do. Made by jalon fix directory.
script-apply = Make the changes.
script-server = The domain controller to change [default: any].
script-moved = {"{0}"}: a value is no longer what it was; left alone
script-done = {"{0}"} objects changed, {"{1}"} had moved and were left alone, {"{2}"} failed
script-shown = {"{0}"} objects would change, {"{1}"} have moved and would be left alone, {"{2}"} failed; -Apply makes the changes

# Why a reviewed table cannot be followed.
review-unreadable = { $reason }; save it again as CSV
review-not-utf8 = the table is not UTF-8; save it as “CSV UTF-8”, or accents are lost
review-no-column = there is no column `{ $name }`; leave the heads of the columns as they were
review-bad-accept = `{ $found }` is neither yes nor no; write one of them
review-bad-action = `{ $found }` is no action; write edit or remove
review-unknown-object = nothing is wrong with `{ $dn }` now; write the table anew with --review
review-other-value = nothing is wrong with “{ $value }” in { $attribute } now; write the table anew with --review
review-no-proposal = it is accepted, but nothing is proposed; fill in `proposed`, or write remove under `action`
review-repeated = the value is accepted a second time; keep one of the rows
