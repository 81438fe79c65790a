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
each-its-own = Each object is mended in its own way: what becomes of it is in the fix, and in the list below.
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
error-kind = Kind of error
files = Files of the fix
look = Look and approve
findings = { $n ->
    [one] { $shown } finding
   *[other] { $shown } findings
}
would-change = { $n ->
    [one] { $values } value changes
   *[other] { $values } values change
} { $m ->
    [one] in { $objects } object.
   *[other] in { $objects } objects.
}
would-close = { $n ->
    [one] The next measurement is to close { $shown } finding.
   *[other] The next measurement is to close { $shown } findings.
}
only-removed = { $n ->
    [one] { $shown } value only goes, nothing in its place.
   *[other] { $shown } values only go, nothing in their place.
}
more-objects = { $n ->
    [one] One more object is in the file.
   *[other] { $shown } more objects are in the file.
}
changes-nothing = Nothing can be changed without a person’s decision.
left-to-people = { $n ->
    [one] { $shown } value is left to people; the table for review takes a decision on it:
   *[other] { $shown } values are left to people; the table for review takes decisions on them:
}
reviewed = Reviewed table
reviewed-hint = If people went through the table for review: what it accepts is approved, and nothing else.
reviewed-needed = Write the values into the table for review, accept them there, and hand it in here.
note = Note
approval-keeps = The approval keeps the change records and what undoes them, byte for byte.
approve = Approve the fix
step-approve = Approve
approved-fixes = Approved fixes
approved-by = Approved by
taken-back = Taken back
proved = { $n ->
    [one] { $closed } of { $all } proved closed
   *[other] { $closed } of { $all } proved closed
}
still-open = { $n ->
    [one] { $shown } still open
   *[other] { $shown } still open
}
no-longer-measured = { $n ->
    [one] { $shown } no longer measured
   *[other] { $shown } no longer measured
}
by-the-run-of = by the run of
part-changes = LDIF
part-undo = Undo
part-reviewed = Reviewed table
take-back = Take back
let-stand = Let it stand again
pick = Pick
pick-one = Pick { $subject }
whole-group-or-ticked = { $n ->
    [one] For this finding
   *[other] For all { $n } findings of the rule in this list; tick some for those alone
}
form = Form of the fix
form-lines = What changes
form-azure = Set RESOURCE_GROUP to the resource group of the zone first.
more-zones = The zones of further domains are on their own pages.
seen-title = Where the change is seen
seen-look = Look whether it is seen everywhere
seen-reload = Read again
seen-why = A look asks every name server of the zone and the resolvers whether they show these records. It closes nothing: the finding closes when the next measurement proves it.
seen-closed = A measurement closed it. A look tells whether every server shows the same by now.
seen-never = Nobody has looked yet.
seen-everywhere = Seen everywhere: by { $of ->
    [one] the only server
   *[other] all { $of } servers
}
seen-partly = Seen by { $seen } of { $of ->
    [one] one server
   *[other] { $of } servers
}
seen-silent = Seen by { $seen } of { $of ->
    [one] one server
   *[other] { $of } servers
}; not every server could be asked
seen-unknown = Could not be told
seen-not-looked = Not looked yet
seen-looking = Looking now
seen-at = looked
seen-until = caches may keep the old answer until
seen-ran-out = caches may have kept the old answer until
seen-unasked = { $n ->
    [one] Name server that could not be asked:
   *[other] Name servers that could not be asked:
}
seen-more = { $n ->
    [one] One more answer differs.
   *[other] { $n } more answers differ.
}
role-authoritative = name server
role-resolver = resolver
shows = shows
shows-none = shows no such record
shows-unknown = did not tell:
