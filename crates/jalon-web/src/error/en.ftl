forged = This form is too old, or comes from elsewhere
forged-detail = Nothing was saved. Open the page again and send it once more.
unreadable = This request could not be read
not-found = There is nothing here
not-found-detail = The page was moved or removed, or you may not see it.
no-such-method = This address does not take that
no-such-method-detail = It exists, but answers to another method.
out-of-time = This took too long
out-of-time-detail = It was given up after its time limit. Try again; if it happens twice, tell your administrator.
forbidden = You may not do that
forbidden-detail = It takes the permission “{ $permission }”. An administrator can grant it.
signed-out = Sign in first
signed-out-detail = Your session has ended, or you were not signed in.
invalid = Something in it is not right
stale = Changed meanwhile
stale-detail = Nothing was saved. Look at what changed, then decide again.
too-large = Too large
too-large-detail = The limit is { $limit }. Nothing was saved.
size-mib = { $n } MiB
size-kib = { $n } KiB
size-bytes = { $n } bytes
throttled = Too many attempts
throttled-detail = { $n ->
    [one] Try again in one second.
   *[other] Try again in { $n } seconds.
}
conflict = This contradicts what is there
conflict-detail = Nothing was saved. It exists already, or changed in the meantime.
full = There is no room left
full-detail = Nothing was saved. The server’s disk or database is full: its administrator must make room.
unavailable = The database is out of reach
unavailable-detail = Nothing was saved. Try again in a moment.
interrupted = It did not arrive whole
interrupted-detail = Nothing was saved. Send it again.
internal = This could not be done
internal-detail = Nothing is lost. The defect is in the log under this reference.
