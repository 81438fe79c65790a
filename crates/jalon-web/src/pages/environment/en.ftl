title = Environment
what-for = what the connected directories tell of the forests that they belong to
forest = Forest { $name }
read = read from { $name }, { $ago }
more = { $n ->
    [one] and one more
   *[other] and { $shown } more
}
empty = No directory is connected
empty-why = Connect Active Directory: levels, schema, trusts, domain controllers, policies and authorities are then read with each scan, never typed.
connect = Connect a directory
unread = No forest was read yet
unread-why = The connected directories have not been measured yet, or are no Active Directory.
measure = Open the checks
