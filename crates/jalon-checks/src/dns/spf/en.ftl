no-record = there is no SPF record to judge, see SPF-01 and SPF-03
several-records = there is more than one SPF record, see SPF-02
misspelt-record = a text was meant as the record, see SPF-03
unread-record = the record has errors, and receivers apply none of it, see SPF-04, 12, 16, 21 and 22
leads-nowhere = it is redirected to where no record can be applied, see SPF-08 and SPF-10
takes-mail = the domain does not say that it takes no mail
no-provider = its mail goes to none of the providers whose includes are known here, or to the one that DNS-004 judges
sends-nothing = the record lets nobody send

spf-none = { $subject } publishes no SPF record: receivers cannot tell its mail from mail forged in its name.
spf-none-remedy = List everything that sends mail for the domain, then publish one record. The one proposed here allows Exchange Online only.
spf-unlisted = { $subject } publishes no SPF record: receivers cannot tell its mail from mail forged in its name.
spf-unlisted-remedy = List everything that sends mail for the domain, then publish one record; if nothing does, publish “v=spf1 -all”.
spf-several = { $subject } publishes { $count } SPF records; receivers take that for an error and apply none of them.
spf-several-remedy = Replace them by one record that keeps what each of them allows.
spf-wrong = The SPF record of { $subject } is wrong at character { $place }, “{ $observed }”: { $problem }. Receivers apply none of it.
spf-wrong-remedy = Correct it there; `jalon check spf { $subject }` shows the record with every error.
spf-repeated = The SPF record of { $subject } includes a name again, “{ $observed }”: that costs a look-up and changes nothing.
spf-repeated-remedy = Take it out of the record.
spf-ptr = The SPF record of { $subject } uses “{ $observed }”: it is slow, and receivers may ignore it.
spf-ptr-remedy = Name the servers by their addresses (ip4, ip6) or their names (a, mx) instead.
spf-behind-all = In the SPF record of { $subject }, “{ $observed }” stands behind all: nothing behind it is ever read.
spf-behind-all-remedy = Take it out, or move it before all if it is meant to count.
spf-redirect-idle = In the SPF record of { $subject }, “{ $observed }” stands beside all: it is never followed.
spf-redirect-idle-remedy = Take it out, or take all out if the other record is to decide.
spf-long = The SPF record of { $subject } has { $length } bytes; from 450 on, answers may not fit into one datagram, from 512 on they do not.
spf-long-remedy = Take out what no longer sends, or move a part of it into an include.
spf-dear = The SPF record of { $subject } costs { $observed } look-ups where ten are allowed: receivers give up, and apply none of it.
spf-dear-remedy = Take out what no longer sends. A record proposed here spells out the networks of the dearest includes, whose changes then have to be followed; `jalon check spf { $subject }` shows what each branch costs.
spf-nearly-dear = The SPF record of { $subject } costs { $observed } look-ups of ten: one more include, or a change at a provider, may be too many.
spf-nearly-dear-remedy = Take out what no longer sends before anything is added.
spf-vain = { $observed } look-ups of the SPF record of { $subject } find nothing; from the third on, receivers may give up.
spf-vain-remedy = Take out the names that no longer exist; `jalon check spf { $subject }` shows which.
spf-circle = The SPF record of { $subject } leads in a circle, through { $observed }: receivers run out of look-ups and apply none of it.
spf-circle-remedy = Take out the include or the redirect that leads back.
spf-nothing-behind = The SPF record of { $subject } leads to { $observed }, which publishes no SPF record: receivers take that for an error.
spf-nothing-behind-remedy = Take that name out, or ask whoever it belongs to for the right one.
spf-broken-behind = The SPF record of { $subject } leads to { $observed }, whose own record is wrong or not the only one: receivers take that for an error.
spf-broken-behind-remedy = Take that name out until whoever it belongs to has corrected it; `jalon check spf { $observed }` shows what is wrong.
spf-none-sends = { $subject } publishes no SPF record, though it says that it takes no mail: receivers cannot tell that it sends none either.
spf-none-sends-remedy = Publish the record that lets nobody send.
spf-misspelt = The text “{ $observed }” at { $subject } was meant as an SPF record: it does not begin with v=spf1 and a space, and receivers ignore it.
spf-misspelt-remedy = Correct its beginning, or take it out where another record says who may send.
spf-capitals = The SPF record of { $subject } begins with “{ $observed }”: the standard allows capitals there, but not every receiver reads them.
spf-capitals-remedy = Write v=spf1 in small letters.
spf-undecoded = The SPF record of { $subject } holds bytes at character { $place } that are no text: receivers apply none of it.
spf-undecoded-remedy = Type the record again by hand; such bytes come from a copy out of a document.
spf-open = The SPF record of { $subject } ends with “{ $ending }”, which refuses nobody.
spf-open-remedy = End the record with -all once every sender is listed; behind a redirect, that of the record that it leads to.
spf-endless = The SPF record of { $subject } does not say what to do with other senders.
spf-endless-remedy = End the record with -all once every sender is listed; behind a redirect, that of the record that it leads to.
spf-soft = The SPF record of { $subject } ends with “~all”, and no DMARC policy asks to refuse what fails: forged mail is only marked.
spf-soft-remedy = Bring the DMARC policy to p=reject, which refuses forged mail and spares what is signed; or end the record with -all once every sender is listed.
spf-former-type = { $subject } still holds a record of the type SPF (99), which was given up: nobody reads it, and it will differ from the TXT record one day.
spf-former-type-steps = Remove from the zone every record of { $name } of the type SPF (99, in some zone files TYPE99), and keep the TXT record.
spf-former-type-remedy = Take it out; the TXT record is the one that counts.
spf-sender-id = { $subject } still holds a Sender ID record, “{ $observed }”: nobody reads it any more.
spf-sender-id-remedy = Take this record out.
spf-exchangers = The SPF record of { $subject } uses mx for { $observed }, which has more than ten mail servers: receivers take that for an error and apply none of it.
spf-exchangers-remedy = Write the networks of these servers out (ip4, ip6) instead of mx.
spf-explanation = The SPF record of { $subject } has its explanation at { $observed }, where { $count ->
    [0] there is no text
   *[other] there are { $count } texts
}: senders who fail are told nothing.
spf-explanation-remedy = Publish one TXT record there, or take exp out.
spf-null-mx = { $subject } says that it takes no mail (a null MX), but its SPF record says something other than “v=spf1 -all”: mail in its name may still pass.
spf-null-mx-remedy = If the domain has no mail, publish v=spf1 -all; if it has, it is the MX record that is wrong.
spf-provider = Mail for { $subject } goes to { $provider }, but its SPF record does not say { $expected }: mail sent through { $provider } may be refused.
spf-provider-remedy = Add it if mail is sent through { $provider } too.
