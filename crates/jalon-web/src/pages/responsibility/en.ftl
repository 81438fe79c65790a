across = Cross-phase
measure = Measure
why-open = Why it is open
why-claimed = What proof is missing
why-waived = What the waiver covers
left-out = Left out of this engagement:
add-target = Add a { $what }
open-checks = Open the checks
see-what-fails = See what fails
see-what-is-asked = See what is asked
see-what-was-handed-in = See what was handed in
open-it = Open it
requirements = Requirements
all-hold = proven when all of them hold
n-findings = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
by-check = Measured: every rule of
by-rules = { $n ->
    [one] Measured: rule
   *[other] Measured: rules
}
by-deliverable = A document, approved by: { $roles }
by-meeting = Minutes of a meeting, approved by: { $roles }
by-register = A register that is kept, approved by: { $roles }
by-sign-off = Signed by: { $role }
by-sign-off-file = Signed by: { $role }, with a file
more-findings = { $n ->
    [one] One more finding
   *[other] { $n } more findings
}
see-the-fixes = See the fixes
not-shown = and { $n } more there
what-it-is = What it is, in a sentence
file = File
file-hint = At most { $size }. Somebody else has to approve it.
hand-in = Hand in
attach = Attach a file
file-first = To approve, a file has to be handed in first
sign-off = Sign off
approve = Approve
refuse = Refuse
sign-or-refuse = Sign off or refuse
approve-or-refuse = Approve or refuse
note = What you saw, or what is missing
note-hint = Kept with your name and the time.
earlier = { $n ->
    [one] One earlier measurement
   *[other] { $n } earlier measurements
}
run = run
seen-from = seen from { $vantage }
handed-in-by = handed in by { $name }
approved-by = Approved by { $name }
refused-by = Refused by { $name }
somebody = somebody who has left
size-mib = { $n } MB
size-kib = { $n } kB
size-bytes = { $n } bytes
is-claimed = Claimed as done. A claim opens no gate.
is-waived = The gap is accepted. The gate’s record lists it.
is-excluded = Set as not applicable.
decided-by = By
decided-until = Until
ticket = Ticket
approver = Approved by
take-back = Take back
other-ways = Other ways out
price = A claim does not open the gate; a waiver does, and the gate’s record names it.
claim = Claim as done
claim-reason = Where to look for the proof
claim-hint = Optional. What you did, where it can be seen.
waive = Ask for a waiver
waiver-reason = Why the gap is accepted
reason-hint = At least ten characters: others decide on it.
until = Until
until-hint = The last day, at most a year from now. Then it opens again.
ticket-hint = Where it was discussed, if anywhere.
approver-hint = Who accepted the risk, when it is not you.
exclude = Not applicable
exclusion-reason = Why it does not apply
who = Who
owner = Owner
due = Due
proposed = (proposed)
role = Role suggested by the catalogue: { $role }
change-who = Change owner and due date
raci-caption = Roles of the programme
raci-meaning = Responsible, accountable, consulted, informed
role-head = Role
side = Side
source = What the source says
more-bullets = { $n ->
    [one] One more bullet
   *[other] { $n } more bullets
}
good = What good looks like:
proof = What proves it:
divergence = The two languages of the source disagree:
depends-on = Depends on
children = Made of
needed-by = Needed by
gates = { $n ->
    [one] Gate
   *[other] Gates
}
history = History
no-history = Nothing has changed since the engagement began.
choose-file = choose a file to hand in
pass-of = { $n } of { $all } pass:
