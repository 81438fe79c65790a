new-engagement = New engagement
leave = Leave without creating
step-scope = Organisation and services
step-domains = Domains and endpoints
step-directory = Directory and review
organisation = Organisation
organisation-hint = The customer’s name. An organisation that is known already gets a further engagement.
name = Name of the engagement
name-hint = The organisation’s when empty.
start = Start date
target = Target date
target-hint = Optional. The forecast is measured against it.
programmes = Programmes
n-bullets = { $n } source bullets
services = Chosen services
seats = Seats to onboard
cloud = Cloud
options = What changes the list
continue-domains = Continue to domains
continue-directory = Continue to the directory
back = Back
create = Create the engagement
makes = What this makes
applies = { $n ->
    [one] responsibility applies
   *[other] responsibilities apply
}
left-out = left out
shares = { $machine } by machine, { $people } by people
by-machine = provable by a machine
by-people = by a document or a person
added = Added by your choices
n-more = { $title }: { $n } more
why-left-out = Left out, and why
only-with = { $n }: only with { $condition }
not-with = { $n }: not with { $condition }
nothing-left-out = Nothing: everything in the catalogue applies.
no-programme = Choose a programme: its responsibilities appear here.
can-change = Machines prove a part by themselves; documents and people prove the rest.
refresh = Work it out again
domains = Domains
domains-hint = One a line, such as nord.example.com. Their DNS records are measured.
endpoints = TLS endpoints
endpoints-hint = One a line, such as mail.nord.example.com or mail.nord.example.com:8443. Their certificates are measured.
later = Both may stay empty: targets can be added at any time.
directory = Directory export
directory-hint = LDIF or CSV, up to { $limit }; several files may be chosen. Optional: it can be handed in later.
review = What will be created
change = Change
none-yet = none yet
n-services = { $n ->
    [0] none
    [one] one service
   *[other] { $n } services
}
dates = Dates
from-to = { $start } to { $target }
from = from { $start }
bad-organisation = A name of 1 to 120 characters is needed.
bad-name = At most 120 characters.
bad-start = A date is needed, such as 2026-11-20.
bad-target = This is not a date: write it as 2026-11-20, or leave it empty.
target-before = The target lies before the start on { $start }. It has to be later.
no-programmes = Choose at least one programme.
bad-seats = “{ $raw }” is not a number of seats: a whole number from 1 to 10,000,000 is needed, such as 2,340.
no-seats = The number of seats is needed, such as 2,340.
bad-domain = “{ $raw }” is not a domain name: expected something like nord.example.com.
bad-endpoint = “{ $raw }” is not an endpoint: expected HOST or HOST:PORT, such as mail.nord.example.com:443.
too-many = At most { $n } can be given here. Add the others on the page of the targets.
file-too-large = The file is larger than { $limit }. Export fewer attributes, or split it.
file-empty = “{ $name }” is empty. Choose the export again.
size = { $n } MiB
