title = Targets and people
what-for = what machines measure, and who takes part
next-measure = Measure the { $n ->
    [one] target
   *[other] { $n } targets
}
next-measure-why = Each target is measured by its family’s rules; what holds becomes proof by itself.
next-measure-act = Open the checks
next-add = Name what is to be measured
next-add-why = A domain, an endpoint or a directory: machines then prove what machines can.
none-dns = No domain yet.
none-tls = No endpoint yet.
none-directory = No directory yet.
findings = { $n ->
    [0] no open finding
    [one] one open finding
   *[other] { $shown } open findings
}
measured = measured { $ago }
never-measured = not measured yet
remove = Remove
remove-named = Remove { $value }
remove-why = { $n ->
    [0] { $value } will no longer be measured. Its history stays.
    [one] { $value } will no longer be measured, and its open finding leaves the list. Its history stays.
   *[other] { $value } will no longer be measured, and its { $n } open findings leave the list. Its history stays.
}
remove-act = Stop measuring it
add = Add
domain = Domain
domain-hint = Such as nord.example.com. Its DNS records are measured.
endpoint = TLS endpoint
endpoint-hint = HOST or HOST:PORT, such as mail.nord.example.com:443. Its certificate is measured.
directory = Or hand in an export
directory-hint = LDIF or CSV, up to { $limit }. A newer export is a further source: remove the old one.
connect = Connect a directory
connected = Directory connected: measure it, or wait for its schedule
changed = Connection changed
as-user = as { $user }
anonymously = anonymously
never-read = not read yet
full-wanted = read whole { $ago }; the next run reads everything
reads-changes = read whole { $ago }, since then what changed
reads-all = read whole { $ago }; the server tells no changes
acts = Connection
acts-on = Connection to { $value }
try = Try it out
read-whole = Read everything
edit = Change
hand-in = Hand in
people = People
person = Person
access = Access
role = Role
no-role = No role
level-viewer = Reads
level-contributor = Works
level-lead = Leads
viewer-note = sees everything, changes nothing
contributor-note = hands in evidence, claims, runs checks; approves what the role approves
lead-note = also assigns, approves, waives, and edits targets and people
invited = invitation pending
disabled = may no longer sign in
add-person = Add somebody
name = Name
email = E-mail address
email-hint = Somebody who is known already is added as they are.
file-needed = Choose an LDIF or CSV file.
added-target = Target added
removed-target = Target removed: it can be added again
added-person = Added: the engagement appears on their start page
invitation = { $name } was added. Hand over this link: it is shown only now and works once, for seven days.
already-in = { $email } takes part already in this role.
