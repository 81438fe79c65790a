title = What changed
what-for = what was well and no longer is, told once
unread = { $n ->
    [one] { $n } not read
   *[other] { $n } not read
}
new = New
until = It ends on { $date }.
ended = { $how } since { $when }.
mark-read = Mark as read
mark-unread = Mark as not read
read-all = Mark all as read
see-calendar = Open the calendar
empty = Nothing has drifted
empty-why = What was proven and no longer is, findings that come back and certificates about to expire are told here, once each.
