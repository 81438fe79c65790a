none = the domain announces no MTA-STS policy
takes-none = the domain says that it takes no mail (a null MX)
not-served = senders get no policy, see MTASTS-03
no-mode = the policy has no mode that is known, see MTASTS-04
no-hosts-wanted = the policy asks nothing of mail servers
no-mx = no MX record names a host, see MX-01 to MX-04
no-patterns = the policy names no mail server that can be read, see MTASTS-04
see-number = one of several records has to stay, see MTASTS-01

record-version = it does not begin with “v=STSv1;” exactly
record-no-id = it has no id
record-bad-id = its id is not made of 1 to 32 letters and digits
record-second-id = it has more than one id
record-bad-field = a part of it is no name with a value

bad-version = no line says “version: STSv1”
missing-mode = the line “mode” is missing
bad-mode = the mode “{ $value }” is neither enforce, testing nor none
missing-age = the line “max_age” is missing
bad-age = max_age “{ $value }” is not a number from 0 to 31,557,600
missing-hosts = no line “mx” names a mail server
bad-host = “{ $value }” is no name of a mail server
bad-line = line { $line } is no key with a value

certificate-ended = it has ended
certificate-begins = it has not begun yet
certificate-issuer = it leads to no authority that senders trust
certificate-name = it is made for other names
certificate-other = it does not hold

publish = Publish this file at { $url }, as text/plain:
then = Then publish this record in place of the former; its id is new, so that senders read the file again:

records-several = _mta-sts.{ $subject } has { $count } records that announce a policy: senders then use none.
records-several-remedy = Keep one record.
record-malformed = The record at _mta-sts.{ $subject } cannot be used: { $why }. Senders pass it over.
record-malformed-remedy = Publish the record in its right form.
policy-no-host = { $subject } announces an MTA-STS policy, but { $host } has no address: senders find no policy.
policy-no-host-remedy = Give { $host } an address and serve the policy there, or remove the record at _mta-sts.{ $subject }.
policy-distrusted = { $host }{ $at } shows a certificate that senders refuse: { $why }. They find no policy.
policy-distrusted-remedy = Give { $host } a certificate of a public authority that carries its name.
policy-moved = { $url }{ $at } leads elsewhere (to { $observed }): senders do not follow, and find no policy.
policy-moved-remedy = Serve the policy at { $url } itself.
policy-missing = { $url }{ $at } gives no policy ({ $observed }).
policy-missing-remedy = Serve the policy there, or remove the record at _mta-sts.{ $subject }.
policy-type = { $url }{ $at } is not served as text/plain (but as “{ $observed }”): some senders refuse it.
policy-type-remedy = Let the web server send it with Content-Type: text/plain.
at = at { $addresses }
policy-differs = { $host } does not serve the same policy at each of its addresses ({ $addresses }): which one a sender follows is chance.
policy-differs-remedy = Serve the same policy at every address of { $host }: { $addresses }.
policy-malformed = The MTA-STS policy of { $subject } cannot be used: { $why }.
policy-malformed-remedy = Publish the policy in its right form.
mode-none = The MTA-STS policy of { $subject } has the mode none: it protects nothing.
mode-none-remedy = If MTA-STS is wanted, publish the policy in the mode testing first; otherwise remove the record once max_age has passed.
mode-testing = The MTA-STS policy of { $subject } only tests: mail is still delivered in plain or to anybody.
mode-testing-remedy = Switch to the mode enforce once the reports (TLS-RPT) are clean.
no-host-matched = No mail server of { $subject } stands in its MTA-STS policy ({ $hosts } are missing): senders that follow it deliver nothing.
no-host-matched-remedy = Add them to the policy now. Senders remember the former one for up to { $days } days, unless they see the new id.
host-not-matched = { $hosts } take mail for { $subject } and do not stand in its MTA-STS policy: senders that follow it do not deliver there.
host-not-matched-remedy = Add them to the policy before mail has to arrive there: senders remember the former one for up to { $days } days, unless they see the new id.
host-not-matched-yet = { $hosts } take mail for { $subject } and do not stand in its MTA-STS policy: once it is enforced, senders will not deliver there.
host-not-matched-yet-remedy = Add them to the policy before it is enforced. Senders remember the former one for up to { $days } days, unless they see the new id.
