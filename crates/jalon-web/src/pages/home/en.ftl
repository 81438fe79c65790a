engagements = Engagements
count = { $n ->
    [one] one engagement
   *[other] { $n } engagements
}
proven-share = { $proven } of { $total } responsibilities proven
new = New engagement
hint = Organisation or engagement
continue = Continue with { $name }
continue-why = { $blockers ->
    [0] No blocker
    [one] One blocker
   *[other] { $blockers } blockers
} and { $failing ->
    [one] one responsibility
   *[other] { $failing } responsibilities
} failing: the most of all your engagements.
continue-only = { $blockers ->
    [0] No blocker
    [one] One blocker
   *[other] { $blockers } blockers
} and { $failing ->
    [one] one responsibility
   *[other] { $failing } responsibilities
} failing.
open = Open the overview
engagement = Engagement
proof = Proof
stands-at = Stands at
findings = Open findings
started = Start
all-gates = every gate is open
no-gates = –
nothing-open = none
empty = No engagement yet
empty-why = An engagement is one organisation’s onboarding: its responsibilities, what proves them, and the gates in between. The wizard takes three steps.
empty-member = You are not part of an engagement yet
empty-member-why = Whoever leads one adds you on its page “Targets and people”. It then appears here.
none-found = No engagement matches “{ $text }”
none-found-why = The names of organisations and of engagements are searched.
show-all = Show all
seats = { $n } seats
lighter = { $n } lighter
