seats = { $n } seats
started = started { $date }
starts = starts { $date }
week = week { $n }
target = target { $date }
catalogue = catalogue { $version }
run-checks = Run checks
targets = Targets and people
see-checks = Checks
gate-open = Open
gate-open-waived = Open, { $n ->
    [one] one accepted gap
   *[other] { $n } accepted gaps
}
gate-blocked = Blocked
gate-planned = Planned { $date }
gate-was-planned = Planned { $date }, not open yet
phase-off = Not part of this engagement
across = Across all phases
proven-of = { $proven }/{ $total } proven
blocks = What blocks gate { $n }, “{ $gate }”
open-gate = Open the gate
all-open = Every gate is open
all-open-detail = Everything that applies is proven. Proof expires: keep measuring.
state-of-proof = State of proof
left-out = { $n ->
    [one] One not applicable, left out of the total.
   *[other] { $n } not applicable, left out of the total.
}
pace-done = Everything that applies is proven
pace-late = At this pace, done on { $date }: { $gap } after the target
pace-early = At this pace, done on { $date }: { $gap } before the target
pace-on-time = At this pace, done on { $date }, the day of the target
pace-no-target = At this pace, done on { $date }
pace-none = No pace yet
gap-days = { $n ->
    [one] one day
   *[other] { $n } days
}
gap-weeks = { $n } weeks
pace-by-week = Responsibilities proven, by week.
pace-range = Range: { $early } to { $late }.
pace-none-detail = Nothing was proven in the last weeks, so that no date can be told. The line begins with the first proof.
drift = Drift of the last seven days
drift-all = All
drift-none = No state changed in the last seven days.
findings = { $n ->
    [0] No open finding
    [one] One open finding
   *[other] { $shown } open findings
}
fixed = { $n } closed by a measurement
accepted = { $n } waived
family = Check
total = Total
last-measured = Last measured
never-measured = not yet
holding = { $n ->
    [one] One of them, a blocker or a major, holds the gate
   *[other] { $shown } of them, blockers and majors, hold the gate
} “{ $gate }”; the others are mended along the way.
not-measured = Nothing was measured yet
not-measured-detail = Findings appear with the first check: DNS, certificates and the directory are measured by machines.
open-checks = Open the checks
freshness = Freshness of evidence
renewals = What to renew
renew = { $n ->
    [one] One to renew within seven days
   *[other] { $n } to renew within seven days
}, { $expired } already expired. Ending in the week of:
nothing-ends = No proof ends within eight weeks.
lasting = { $n ->
    [one] One requirement is met for longer, or without end.
   *[other] { $n } requirements are met for longer, or without end.
}
changed = What changed
changed-all = All
changed-none = Nothing that was well has drifted.
coming = Next to run out
coming-all = Calendar
coming-none = Nothing runs out or falls due.
