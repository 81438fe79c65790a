gates = Gates
gate-n = Gate { $n }: { $title }
gate-inside = Gate: { $title }
from-to = From { $phase } to { $next }
ends-with = Ends { $phase }
inside = Inside { $phase }
planned = planned { $date }
late = planned { $date }, not open yet
as-of = as of { $moment }
waits-for = waits for { $total ->
    [one] one responsibility
   *[other] { $total } responsibilities
}, { $proven } proven
says = What it says when it is open
source = Source: { $source }.
verdict-open = Open
verdict-open-detail = Nothing is missing. It shuts again by itself if a proof fails, goes stale or is taken back.
verdict-later = It waits for the gate before it
verdict-later-detail = Nothing is missing here: it opens together with “{ $gate }”.
verdict-off = Not applicable
verdict-off-detail = This engagement does not take on what the gate is about. It blocks nothing.
missing = Missing
holds = Holds
waived = Waived, and listed as accepted gaps
nothing-holds = Nothing is proven yet.
until = until { $date }
no-end = without end
every-gate = Every gate
n-asked = { $proven }/{ $total }
n-waived = { $n ->
    [one] one accepted gap
   *[other] { $n } accepted gaps
}
