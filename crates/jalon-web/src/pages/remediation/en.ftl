open = { $n ->
    [one] { $shown } open finding
   *[other] { $shown } open findings
}
checklist = Checklist
begin = Begin with: { $title }
begin-why = { $n ->
    [one] The fix is ready; the measurement after it closes the finding.
   *[other] The fix is ready; the measurement after it closes the { $n } findings.
}
open-fix = Open the fix
never-by-hand = A finding is never closed by hand: it closes when the next measurement proves it.
closed-so = { $n ->
    [one] { $shown } closed that way
   *[other] { $shown } closed that way
}
open-checks = Open the checks
not-measured = Nothing was measured yet
not-measured-why = Once checks have run, what they find is listed here, each with its fix.
none-open = No open finding
none-open-why = Everything that was measured is as it should be. The checks go on by themselves.
no-match = Nothing here
no-match-why = No open finding is in this view or matches the filters.
show-all = { $n ->
    [one] Show the one open finding
   *[other] Show all { $n } open findings
}
measured = measured
measure = measure
objects = { $n ->
    [one] { $shown } object
   *[other] { $shown } objects
}
search-hint = Object, value, message
filter-is = { $name }: { $value }
severity = Severity
check = Check
nobody = Nobody
owner = Owner
what-to-do = What to do
fix = Fix: { $kind }
shown-of = { $n ->
    [one] { $all } object, { $shown } shown
   *[other] { $all } objects, { $shown } shown
}
lines = { $removed } removed, { $added } added
more-lines = { $n ->
    [one] One more line is in the file.
   *[other] { $n } more lines are in the file.
}
file-has-all = The lines of the objects on this page; the file has those of all of them.
observed = Observed
expected = Expected
rule = Rule
waited-for-by = Waited for by
owner-and-due = Owner and due date
change = change
whole-group = { $n ->
    [one] For this finding
   *[other] For all { $n } findings of the rule
}
step-read = Read the fix
step-publish = Publish at your DNS host
step-install = Order and install
step-apply = Apply to the directory
step-export = Export again
step-measure = Measure
published = It is published: measure
installed = It is installed: measure
applied = It is applied: measure
upload-export = Upload a fresh export
first-seen = First seen
last-seen = last seen
object = Object
standing = Waiver
closed-on = closed on
waived-until = waived until
waive-one = Waive
waive-price = An accepted finding no longer holds the gate; the gate’s record names it. When the waiver ends, it holds again.
waiver-reason = Why it is accepted
reason-hint = At least ten characters: others decide on it.
until = Until
until-hint = The last day, at most a year from now.
ticket = Ticket
approver = Approved by
waive-this = Waive this finding
cancel = Cancel
attribute = Attribute
target = Target
message = What is wrong
due = Due
first-seen-head = First seen
last-seen-head = Last seen
back-since = Back since
waived-head = Waived until
closed-head = Closed on
id = Id
file-name = checklist.csv
