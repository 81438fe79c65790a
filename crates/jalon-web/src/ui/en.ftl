running = Running
regressed = Regressed
regressed-on = Regressed on { $date }
back-since = Back since { $date }
assign = Assign
nobody = Nobody
next-step = Next step
undo = Undo
views = Views
filters = Filters
filter = Filter
filter-by-text = Filter by text
remove-filter = Remove the filter { $name }
more-actions = More actions
pages = Pages
previous = Previous
next = Next
copy = Copy
copied = Copied
seconds = { $n } s
minutes = { $n } min
hours = { $n } h
days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
ago = { $span } ago
in = in { $span }
just-now = just now
days-late = { $n ->
    [one] one day late
   *[other] { $n } days late
}
until = until { $date }
no-end = no end date
expired = expired
contradicted = contradicted
unknown = unknown
proven-of = { $proven } of { $total } proven
by-machine = by a machine
by-people = by people
accepted-gap = accepted gap
no-proof = no proof yet
figures = See the figures
progress-title = Proven progress and forecast
progress-desc = { $proven } of { $total } responsibilities proven on { $date }, { $claimed } claimed without proof.
progress-forecast = Forecast { $date }.
progress-target = Target { $date }.
week-of = Week of
proven = Proven
claimed = Claimed without proof
applies = Apply
n-proven = { $n } proven
n-claimed = + { $n } claimed
n-apply = { $n } apply
target = target { $date }
today = today
expiry-label = Evidence expiring: { $past } expired, then by week { $weeks }
expiry-past = past
expiry-week = Week
expiry-count = Expiring
phases = Phases and gates
you-are-here = you are here
skip = Skip to content
search-or-act = Search or act
nav-engagement = Engagement
nav-all = All engagements
nav-overview = Overview
nav-responsibilities = Responsibilities
nav-remediation = Remediation
nav-checks = Checks
nav-environment = Environment
nav-gates = Gates
nav-calendar = Calendar
nav-unread = { $n ->
    [one] { $shown } new
   *[other] { $shown } new
}
nav-audit = Audit trail
nav-engagements = Engagements
breadcrumb = Breadcrumb
theme = Theme: { $theme ->
    [light] light
    [dark] dark
   *[auto] automatic
}
sign-out = Sign out
palette = Search or act
palette-go = Go to
palette-search = Search responsibilities
palette-move = to move
palette-open = to open
keys-off = Turn single-key shortcuts off
keys-on = Turn single-key shortcuts on
more-places = More
course-label = Findings by run, the oldest first: { $list }
course-gap = could not tell
