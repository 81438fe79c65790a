n-targets = { $n ->
    [one] { $n } target
   *[other] { $n } targets
}
n-rules = { $n ->
    [one] { $n } rule
   *[other] { $n } rules
}
reload = Reload
targets = Targets
run-all = Run all
run-family = Run
every = every { $span }
every-days = every { $span }
no-target = No { $what } is named, so nothing is measured here.
add-target = Add one
targets-of = Targets: { $family }
target = Target
last-result = Last result
measured = Measured
findings = Findings
acts = Actions
never = never measured
watch = Watch
run = Run
next = next
next-now = next now
paused = Paused
by-hand = Only by hand
change = change
how-often = How often
is-on = on
save = Save
cancel = Cancel
last-runs = Last runs
no-runs = Nothing has run yet.
run-head = Check and target
result = Result
found = Findings
asked-by = Asked for by
when = When
cancelled = Cancelled
broken = Could not run
by-schedule = by schedule
by-demo = by the demonstration
by-somebody = by hand
queued = Waiting
waits = Waiting for a free worker
steps-of = { $done } of { $total } steps
steps = { $n ->
    [one] { $shown } step
   *[other] { $shown } steps
}
begins = Beginning
elapsed = { $span } elapsed
cancel-run = Cancel
run-title = { $family }: { $target }
took = took { $span }
milliseconds = { $n } ms
seen-from = seen from { $vantage }
measure-family = Measure: { $family }
you-may-leave = You may leave this page: the run goes on. What cannot be told is tried again; it opens and closes no finding.
was-cancelled = It was cancelled. Nothing was recorded.
mend = { $n ->
    [one] Mend the one finding that is open here
   *[other] Mend the { $n } findings that are open here
}
mend-why = Each has its fix; the measurement after it closes the finding.
open-fixes = Open the fixes
all-well = Everything is as it should be
all-well-why = The next measurement comes by itself.
again = Measure again
again-why = Nothing could be told, so nothing was opened or closed.
basis = What it rests on
no-basis = Nothing was recorded.
vantage = Measured from
sha256 = SHA-256
earlier-runs = Earlier runs
first-run = This is the first run of this target.
rules = Rules
outcome = Outcome
rule = Rule
asks = What it asks
all-rules = All { $n }
retry = Worth another try after
see-the-list = See them in the list
more-findings = { $n ->
    [one] One more finding
   *[other] { $n } more findings
}
open-findings = Open findings
seen = What was seen
questions = Questions and answers
question = Question
answer = Answer
absent = no such record
looped = the aliases lead in a circle
unknown = nobody answered:
by-way-of = by way of
yes = yes
no = no
more-entries = { $n ->
    [one] One more entry is in the document.
   *[other] { $n } more entries are in the document.
}
document = The document as it was recorded (JSON)
document-cut = The document goes on: the API gives all of it.
