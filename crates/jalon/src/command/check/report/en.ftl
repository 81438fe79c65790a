title = Directory readiness: { $target }
kind = Directory readiness
verdict-fail = { $n ->
    [one] One of { $judged } objects is not ready to be synchronised
   *[other] { $objects } of { $judged } objects are not ready to be synchronised
}
verdict-light = { $judged } objects can be synchronised; { $n ->
    [one] one of them has a finding that does not count here
   *[other] { $objects } of them have findings that do not count here
}
verdict-pass = All { $judged } objects are ready to be synchronised
verdict-inconclusive = { $doubts ->
    [one] One rule could not be judged: this says less than it should
   *[other] { $doubts } rules could not be judged: this says less than it should
}
verdict-idle = There was nothing to judge

# The head.
outcome = Outcome
source = Source
when = Judged
took = Took
profile = Profile
mode = Mode
objects-judged = Objects judged
objects-flawed = With findings
rules = Rules:
private = This report holds names and addresses of people. Keep it where those may be kept.
suppressed-count = { $n ->
    [one] one accepted finding is not counted
   *[other] { $count } accepted findings are not counted
}

# Charts.
by-object = Objects by their heaviest finding
by-rule = What is broken
by-error = Where values are wrong, and how
by-unit = Where in the directory
heaviest = Heaviest finding
clean = No finding
severity = Severity
rule = Rule
asks = Asks
findings-head = Findings
objects-head = Objects
share = Share
bar = Bar
attribute = Attribute
unit = Organisational unit
elsewhere = elsewhere

# Rule by rule.
findings = Rule by rule
rule-count = { $n ->
    [one] One finding
   *[other] { $count } findings
} in { $m ->
    [one] one object
   *[other] { $objects } objects
} ({ $share }).
why = Source:
findings-of = Findings of { $rule }
object = Object
value = Value
proposed = Proposed
others = Also held by
more = … and { $count } more: --format csv lists them all.
more-others = and { $count } more

# The end.
suppressed = Accepted for a while
suppressed-why = These findings are true and do not count, because somebody accepted them until a day.
reason = Reason
until = Until
written = Written in
line = { $path }, line { $line }
doubts = What could not be told
idle = What does not apply
passed = What passes
no-reason = without a reason
