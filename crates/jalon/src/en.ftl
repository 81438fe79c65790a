# Errors: what, where, what to do.
file-unavailable = cannot open { $path }: { $error }; check the name and your rights
file-too-large = { $path } is larger than { $limit } bytes; name a smaller file
bad-target = line { $line }: { $what }; the other lines are measured
output-exists = { $path } exists already; name another file, or go on with it: --resume
output-foreign = { $path }, line { $line }: no document of a check; name the file of an earlier run
malformed-file = { $path }, line { $line }: { $what }; correct it
tenant-records = { $path }, line { $line }: { $what }; save what Microsoft Graph answers to GET /domains/DOMAIN/serviceConfigurationRecords or …/verificationDnsRecords
unusable-entry = { $path }, line { $line }: { $what }
input = line { $line }: { $what }; { $remedy }
settings = { $what }; { $remedy }
cancelled = the run was cancelled
password-prompt = Password of { $name }:{" "}
password-missing = no password for { $name }; name its file with { $flag }, or set { $variable }
password-empty = the password of { $name } is empty; correct the file or { $variable }
directory-unavailable = { $error }; check the address, the name and its rights
directory-remedy = check the address, the name and its rights
directory-unprotected = The password travels unprotected to { $address }: use ldaps:// or --start-tls.
bad-roots = { $path }: { $error }; give certificates in PEM
file-exists = { $path } exists already and is not written over; name another file, or move this one away
not-found = there is no such thing here; look at `jalon engagement list`
forbidden = the permission “{ $permission }” is missing; act as somebody who has it with --as EMAIL
output-refused = cannot write the output: { $error }; make room or name another place
no-runtime = the system gives no threads or descriptors: { $error }; close other programs or raise the limits
store-in-use = { $error }; stop the other one (`jalon serve` holds its folder while it runs) or name another folder with --data
store-newer = { $error }; upgrade the program
store-unreachable = { $error }; check the address, the network and that the server runs
store-full = { $error }; make room and try again, nothing was lost
store-busy = { $error }; try again
store-broken = { $error }; restore a backup, or report it with what you did
unknown-id = nothing in the catalogue is called “{ $id }”; look at `jalon catalogue list` and `jalon catalogue list --bullets`
catalogue-unloadable = the catalogue in { $place } cannot be read: { $first }{ $others ->
    [0] {""}
   *[other] {" "}(and { $others } more)
}; `jalon catalogue validate` lists everything

# The catalogue.
catalogue-holds = catalogue { $version }: { $bullets } source bullets, { $duties } responsibilities; everything holds together
no-difference = nothing differs

# A check.
check-headline = { $target } · { $family }: { $outcome }
check-rules = Of { $rules } rules { $pass } pass, { $fail } fail, { $inconclusive } { $inconclusive ->
    [one] is
   *[other] are
} inconclusive, { $idle } { $idle ->
    [one] does
   *[other] do
} not apply.
check-findings = { $n ->
    [one] One finding
   *[other] { $n } findings
}: { $weights }.
check-objects = { $n ->
    [one] One finding
   *[other] { $n } findings
} in { $objects ->
    [one] one
   *[other] { $objects }
} of { $judged } objects ({ $share }): { $weights }.
dmarc-headline = { $target } · DMARC: { $result }
dmarc-none = no policy
dmarc-unknown = cannot be told
dmarc-step-policy = { $name }: { $record }
dmarc-step-several = { $name }: { $n } policies, of which receivers apply none ({ $record })
dmarc-step-nothing = { $name }: no policy
dmarc-step-unanswered = { $name }: { $reason }
dmarc-own = The record of { $from } applies; its tag { $tag } asks for { $asked }.
dmarc-above = The record of { $from } applies, the nearest one above; its tag { $tag } speaks of { $target } and asks for { $asked }.
dmarc-tested = It is under test (t=y): receivers apply { $applied }.
dmarc-as-none = What it asks for cannot be read: receivers apply { $applied } and send reports.
dmarc-ignored = What it asks for cannot be read: receivers apply nothing of it, and treat mail from { $target } as they see fit.
dmarc-gets-none = Mail from { $target } that neither SPF nor DKIM vouches for is delivered as before; only reports tell of it.
dmarc-gets-quarantine = Mail from { $target } that neither SPF nor DKIM vouches for is to be treated as suspect.
dmarc-gets-reject = Mail from { $target } that neither SPF nor DKIM vouches for is to be refused.
dmarc-nothing = No policy applies: receivers treat mail from { $target } as they see fit.
dmarc-open = Which policy applies to { $target } cannot be told: { $why }.
spf-headline = { $target } · { $ip } · SPF: { $result }
spf-tree-headline = { $target } · SPF: { $lookups } of 10 look-ups, { $voids } of 2 that may find nothing
spf-record = { $domain }: { $record }
spf-no-record = { $domain }
spf-outcome-match = matches
spf-outcome-no-match = does not match
spf-outcome-error = cannot be told
spf-outcome-none = no result
spf-outcome-neutral = neutral
spf-outcome-pass = pass
spf-outcome-fail = fail
spf-outcome-softfail = softfail
spf-outcome-temperror = temporary error
spf-outcome-permerror = permanent error
spf-found = found { $found }
spf-lookups = { $n ->
    [one] one look-up
   *[other] { $n } look-ups
}
spf-voids = { $n ->
    [one] one found nothing
   *[other] { $n } found nothing
}
spf-wrong = character { $at }, “{ $piece }”: { $problem }
spf-explanation = What the domain says to those who fail: { $text }
spf-advice = Published instead, this record costs { $lookups } look-ups; it spells out the networks of { $names }, whose changes then have to be followed:
check-suppressed = { $n ->
    [one] One finding
   *[other] { $n } findings
} suppressed until { $until }: { $reason } ({ $path }, line { $line })
check-more = … and { $n } more: see them with --limit 0, or as --format csv
check-summary = { $targets ->
    [one] One target
   *[other] { $targets } targets
}: { $pass } pass, { $fail } fail, { $inconclusive } inconclusive, { $refused } not measured. { $resumed ->
    [0] { $seconds } s, { $rate } a second.
    [one] One from an earlier run; { $seconds } s, { $rate } a second.
   *[other] { $resumed } from an earlier run; { $seconds } s, { $rate } a second.
}
propagation-everywhere = { $domain } shows the same everywhere ({ $of } answers).
propagation-partly = { $domain } is not known to show the same everywhere: { $seen } of { $of } answers do.
propagation-seen = { $seen } of { $of }
propagation-absent = no such record
propagation-until = Caches that show something else forget it by { $until }.
propagation-unasked = { $server }, a name server of { $domain }: not every address of it is known, so it was not asked everywhere
propagation-nobody = no name server of { $domain } is known: only resolvers were asked
propagation-nothing = { $domain } publishes nothing that the check looks at; name a record with --record
check-fix = { $rule } { $subject }: { $remedy }
count-blocker = { $n ->
    [one] one blocker
   *[other] { $n } blockers
}
count-major = { $n } major
count-minor = { $n } minor
count-info = { $n } info

# A fix.
fix-nothing = Nothing to change.
fix-dns-nothing = No record to change.
fix-dns-doubts = { $n ->
    [one] One rule could not be judged
   *[other] { $n } rules could not be judged
}: what it would change is not in the plan. See why with jalon check dns.
fix-dns-left = Left out: { $rule }, { $reason }
fix-dns-dry = Nothing is changed. To change { $zone } at { $server }, add --apply.
fix-dns-made = { $zone } is changed, and its primary server shows it. Other servers and caches follow: jalon check propagation
fix-dns-undo = To undo it: { $command }
fix-dns-server = { $server }: { $what }; name the primary server of the zone
fix-dns-changed = { $what }: nothing was changed; plan again
fix-dns-refused = { $what }: nothing was changed; look at its key (--update-key) and at what the server lets it change
fix-dns-unwritable = { $what }: nothing was changed; make this change by hand
fix-dns-unreachable = { $what }: nothing was changed; check the address and the port
fix-dns-unconfirmed = { $what }: look at the zone before you try again
fix-dns-unseen = the server took the change, but does not show it for { $kind } { $name }: look at the zone
bad-update-key = { $path }: { $what }; name a key file as tsig-keygen makes it
nothing-named = name a domain, or a plan with --plan
fix-planned = { $objects ->
    [one] One object
   *[other] { $objects } objects
} to change, { $values ->
    [one] one value
   *[other] { $values } values
}.
fix-undecided = { $n ->
    [one] One value is
   *[other] { $n } values are
} left for people to decide:
fix-undecided-reason = { $n } · { $reason }
fix-undecided-row = { $rules } { $dn } { $attribute } “{ $value }”
fix-more = … and { $n } more: see them with --limit 0
fix-made = { $n ->
    [one] One object changed
   *[other] { $n } objects changed
}, { $before } changed by the run before, { $already } already as they should be.
fix-left = { $n ->
    [one] One object
   *[other] { $n } objects
} left alone:
fix-left-row = { $dn }: { $told }
fix-stopped = Stopped: { $done } of { $all } objects are done. Go on with --resume.
fix-lost = The directory does not answer any more ({ $reason }): { $done } of { $all } objects are done. Go on with --resume.
fix-undo = To undo it: jalon fix apply { $undo } --to { $target }
fix-catalogue = { $from } is a global catalogue, in which nothing can be changed: the changes go to { $to }.
fix-not-compared = Standard input cannot be read twice: what is proposed was not compared with sound values of other objects.
fix-needs-target = an export cannot be changed; name the directory: --apply ldap://HOST
fix-without-apply = --journal and --resume are about changes that are made; add --apply
fix-review = { $path }, row { $row }: { $what }{ $others ->
    [0] {""}
   *[other] {" "}(and { $others } more rows)
}
fix-not-text = line { $line }: a value of { $attribute } is no text; take the record out, or use the directory’s own tools for it
stdin-twice = both directories cannot come from standard input; name a file for one of them
join-nobody = nobody in it has an address of mail; look at --other-base and --other-filter, or say with --attribute what its attributes are called
join-unheld = nobody in it has a value for the key { $key }; correct its name, or leave the key out
join-headline = { $other }: { $people ->
    [one] one person
   *[other] { $people } people
} with mail: { $matched } matched, { $ambiguous } ambiguous, { $missing } missing.
join-alone = { $ad }: { $people ->
    [one] one user or contact
   *[other] { $people } users and contacts
}, { $alone ->
    [0] all of them matched or in question.
    [one] one of them unknown there.
   *[other] { $alone } of them unknown there.
}
join-fills = { $n ->
    [one] One value
   *[other] { $n } values
} to fill in:
join-ambiguous = { $n ->
    [one] One person
   *[other] { $n } people
} who may be several, or not the only one; say who is who with --map:
join-missing = { $n ->
    [one] One person
   *[other] { $n } people
} whom Active Directory does not have:
join-conflicts = { $n ->
    [one] One value
   *[other] { $n } values
} not taken:
join-unusable = { $n ->
    [one] One value
   *[other] { $n } values
} that Active Directory cannot hold:
journal-exists = { $path } tells of an earlier run; go on with it with --resume, or name another file with --journal
journal-in-use = { $path } is in use; wait until the other run has ended
journal-other = { $path } is the journal of another run ({ $of }); name the right one with --journal

# The facts of a forest.
facts-unread = the forest cannot be read: { $error }
facts-no-forest = this is no Active Directory, which alone has a forest; name a domain controller
facts-headline = The forest { $forest }
facts-more = … and { $n } more: see them with --limit 0, or as --format json
# Accepted findings.
suppress-ended = { $path }, line { $line }: this suppression ended on { $until } and its findings count again; renew it or remove it
suppress-idle = { $path }, line { $line }: nothing was found that this suppression means; remove it, or correct it

# The heads of tables.
column-id = id
column-code = code
column-phase = phase
column-section = section
column-workstream = workstream
column-title = title
column-responsibilities = responsibilities
column-what = what
column-detail = detail
column-rule = rule
column-severity = severity
column-count = count
column-targets = targets
column-inconclusive = inconclusive
column-record = record
column-seen = seen by
column-shows = what is shown
column-address = address
column-role = role
column-serial = serial
column-asks = asks
column-rules = rules
column-findings = findings
column-objects = objects
column-share = share
column-dn = object
column-errors = wrong
column-value = value
column-proposed = proposed
column-action = action
column-idle = why it does not apply
column-subject = subject
column-attribute = attribute
column-message = what is wrong
column-doubt = what could not be told
column-organisation = organisation
column-name = name
column-start = start
column-proven = proven
column-applicable = apply
column-open-findings = findings
column-chain = chain
column-events = events
column-outcome = outcome
column-told = where it is broken
column-state = state
column-proof = proof
column-summary = summary
column-looked-at = looked at
column-found = found
column-remedy = what to do
column-domain = domain
column-site = site
column-until = until
column-kind = what it is
column-version = version
column-server = server
column-why = why
column-person = person
column-key = key
column-confidence = confidence
column-mail = mail

# Where everything is kept, and by whom.
no-data = there is no Jalon data in { $path }; name the folder with --data, or start with `jalon serve --data { $path }`
not-shared = { $scheme } is no database that several processes can share; name a PostgreSQL database, postgres://…
worker-needs-database = a further worker needs a PostgreSQL database: a SQLite folder belongs to one process, and `jalon serve` has a worker inside; name the database with --database postgres://… --files DIR
worker-needs-files = a worker reads the attachments too; name their shared folder with --files DIR
nobody-yet = nobody is known here yet; run `jalon serve` and open the set-up link that it prints, then try again
nobody-called = nobody here has the address { $email }; look at the people of the instance, or leave --as out to act as the first administrator
no-such-engagement = no engagement is called “{ $id }”; look at `jalon engagement list`
several-engagements = “{ $id }” has several engagements; give the id, from `jalon engagement list`
no-engagement = There is no engagement yet: create one with `jalon engagement create`, or in the browser.
engagement-created = { $id } created; { $applicable } responsibilities apply. Start `jalon serve` to have it measured.

# Serving.
port-in-use = port { $port } is in use on { $address }; stop what listens there, or choose another one with --listen (port 0 for any free one)
port-forbidden = listening on { $address } is not allowed: { $error }; choose a port above 1023
cannot-listen = cannot listen on { $address }: { $error }; choose an address of this machine with --listen
server-ended = the server ended by itself: { $error }; start it again
bad-site = { $error }; name the address that browsers use with --public-url
bad-log-filter = `{ $filter }` is no filter for the log: { $error }; use error, warn, info, debug or part=level

# Where an engagement stands.
status-headline = { $organisation } · { $name }: { $proven } of { $applicable } responsibilities proven
status-blocked = What blocks “{ $gate }”:
status-findings = { $family }: { $n ->
    [one] one finding
   *[other] { $n } findings
}

# The doctor.
doctor-entropy = randomness
doctor-assets = assets
doctor-folder = folder
doctor-room = room
doctor-store = store
doctor-clock = clock
doctor-resolver = name server
doctor-entropy-good = the system gives randomness
doctor-entropy-bad = the system gives no usable randomness
doctor-entropy-bad-remedy = mend the system before using Jalon here: no secret would be safe
doctor-assets-embedded = style sheets and scripts are in the program ({ $url })
doctor-folder-missing = nothing above { $path } exists
doctor-folder-missing-remedy = name another folder with --data
doctor-folder-writable = { $path } can be written
doctor-folder-unwritable = { $path } cannot be written: { $error }
doctor-folder-unwritable-remedy = give the folder to the user that runs Jalon
doctor-room-unknown = how much room is left at { $path } cannot be told
doctor-room-none = only { $megabytes } MiB are left at { $path }
doctor-room-none-remedy = make room now: changes will be refused
doctor-room-little = { $megabytes } MiB are left at { $path }
doctor-room-little-remedy = make room before large exports are uploaded
doctor-room-enough = { $megabytes } MiB are free at { $path }
doctor-store-absent = { $place } holds nothing yet; `jalon serve` begins there
doctor-store-open = { $place } opens; its schema is { $version }
doctor-store-in-use = { $place } is in use, by `jalon serve` no doubt
doctor-store-in-use-remedy = stop it to have the store looked at
doctor-key = key
doctor-key-fits = the key { $path } opens the secrets kept here, of { $n ->
    [one] one organisation
   *[other] { $n } organisations
}
doctor-key-exposed = others than its owner may read the key { $path }
doctor-key-exposed-remedy = take that right from them: chmod 600 on the file
doctor-key-remedy = without the right key passwords of directories are lost: put it back from the backup, or type them again
doctor-clock-sane = it is { $now }
doctor-clock-past = the clock says { $now }, which is before this program was written
doctor-clock-past-remedy = set the clock: expiries and due dates depend on it
doctor-clock-behind = the clock says { $now }, which is before the newest event recorded here
doctor-clock-behind-remedy = set the clock: expiries and due dates depend on it
doctor-resolver-none = the system names no name server
doctor-resolver-none-remedy = name one with --resolver IP:PORT, to `jalon serve` too
doctor-resolver-answers = the name server { $server } answers
doctor-resolver-silent = the name server { $server } did not answer in time
doctor-resolver-silent-remedy = check its address and the firewall; without it, checks of domains are inconclusive
doctor-resolver-unreachable = there is no way to the name server { $server }
doctor-resolver-unreachable-remedy = check its address and the network; without it, checks of domains are inconclusive

# The demonstration.
demo-opening = Opening Example Nord: servers, people, eleven weeks of work …
demo-ready = Example Nord is open at { $address }
demo-link = Sign in as { $name }, once, with { $link }
demo-end = Ctrl-C ends it and removes everything.
demo-stage = the demonstration could not be opened: { $error }; check that temporary files can be written and ports of 127.0.0.1 opened
demo-plot = the story of the demonstration stumbled: { $error }; please report it
demo-approved = Read and approved.
demo-signed = Done, and checked.
demo-decided = Agreed in the weekly meeting.
demo-paper = { $organisation }

    { $requirement }
    { $duty }

    { $good }

    { $day }, { $author }
facts-of-export = a forest is asked live: give ldap://HOST or ldaps://HOST, or leave --facts out

# A new certificate.
tls-names = Names: { $names }
tls-plan = Would be ordered from { $directory }, proved by { $proof }. Nothing was ordered: add --apply.
tls-send = Send the request (.csr) to your authority and keep the key where it is; install both with the chain that comes back.
tls-install = Install the certificate (.pem) and its key, and have the server read them anew.
tls-publish = Publish each of these records, then press Enter.
tls-unseen = The certificate in use was not seen ({ $reason }): its names are not among these.
tls-request = the request was not made: { $error }
tls-acme = nothing was issued: { $error }
tls-unfetched = the authority has the request and may have issued, but the certificate did not come back ({ $error }): key and request are kept
tls-terms = a new account needs --agree-to-terms
tls-wildcard = { $name } can only be proved by DNS: use --dns or --dns-hook
