targets = Targets and people
measured = measured
never = not measured yet
seen-from = seen from { $vantage }
reload = Read again
measure = Measure it
failed = The last run came to nothing on
failed-below = What stands below is from the run before.
doubt = Not everything could be told:
mend = Mend what is wrong: { $n ->
    [one] one open finding
   *[other] { $n } open findings
}
mend-why = Each has its fix; the measurement after it closes the finding.
mend-act = Open the fixes
well = Everything that was measured is as it should be
well-why = It is measured again by itself.
empty = Nothing was measured yet
empty-why = The first measurement tells what is there and what is wrong with it.
again = Measure again
again-why = The last run could not tell: nothing was opened or closed by it.
since = Measured since
connect = Reached at
next-at = Measured next
next-now = as soon as there is room
next-never = only when somebody asks for it.
schedule = Schedule
expiry = First to expire
seen = What was seen
seen-all = Everything that was seen
seen-directory = What the directory tells of its forest is with the environment.
more = and { $n } more
more-addresses = { $n ->
    [one] One more address was looked at.
   *[other] { $n } more addresses were looked at.
}
some-address = Address unknown
nothing-seen = Nothing was seen:
names = Names
issuer = Issued by
valid-from = Valid from
valid-until = End
key = Key
protocols = Protocols
findings = { $n ->
    [0] No open finding
    [one] One open finding
   *[other] { $shown } open findings
}
in-the-list = In the remediation list
no-finding = Nothing is wrong with it, as far as it could be told.
more-findings = { $n ->
    [one] One more is in the remediation list.
   *[other] { $n } more are in the remediation list.
}
waived-until = waived until
zone = What its zone should become: { $n ->
    [0] nothing can be changed by itself
    [one] one record set changes
   *[other] { $n } record sets change
}
zone-why = The fixes of all its findings, joined so that none contradicts another.
zone-follow = Where each is seen
zone-forms = The same as a file
history = History
no-run = No run yet.
course = From { $from } to { $to } findings in { $n } runs.
course-same = { $to ->
    [one] One finding, as in the first of { $n } runs.
   *[other] { $to } findings, as in the first of { $n } runs.
}
course-well = { $n ->
    [one] Nothing wrong in one run.
   *[other] Nothing wrong in { $n } runs.
}
course-gaps = { $n ->
    [one] One more run could not tell.
   *[other] { $n } more runs could not tell.
}
course-unknown = { $n ->
    [one] One run, which could not tell.
   *[other] { $n } runs, none of which could tell.
}
when = When
result = Result
found = Findings
opened = Opened
closed = Closed
asked-by = Asked for by
