what-it-is = Every change, each chained to the one before it
verify = Verify the chain
holds = The chain holds.
holds-why = { $n ->
    [one] The one event was read: it is what was written.
   *[other] All { $shown } events were read: none was edited, removed or put elsewhere.
}
broken = The chain breaks at event { $seq }.
broken-why = Compare with a backup made before that event.
to-overview = To the overview
empty = Nothing here
empty-why = No event is as old as this.
number = No.
time = Time (UTC)
who-did-what = Who did what
details = Details
hash = Hash
events-of = Events of { $day }
by-itself = The program itself
show-details = Show
