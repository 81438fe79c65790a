no-spf = there is no SPF record to judge, see SPF-01
keeps-own = in a hybrid these names stay with the organisation’s own servers until nobody uses them any more
several-spf = there is more than one SPF record, see SPF-02
no-mail = the domain says that it takes no mail: DNS-002 and SPF-23 say what follows

ownership-missing = { $subject } carries no proof of ownership (MS=ms…): the tenant cannot verify the domain, unless it did so before.
ownership-missing-remedy = Read the value in the Microsoft 365 admin centre (Settings, Domains) and publish it as a TXT record of { $subject }.
ownership-other = { $subject } carries { $observed }, and the tenant asks for { $expected }: it cannot verify the domain by it.
ownership-other-remedy = Publish the value of the tenant beside the other, which may belong to another one.

mx-missing = { $subject } has no MX record: mail for it is not delivered to Exchange Online.
mx-missing-remedy = Publish the MX record; the admin centre shows the exact host under Settings, Domains.
mx-null = { $subject } says that it accepts no mail at all (a null MX).
mx-null-remedy = Replace the null MX by the service’s; the admin centre shows the exact host under Settings, Domains.
mx-elsewhere = Mail for { $subject } goes to { $observed }, not straight to Exchange Online.
mx-elsewhere-remedy = At cut-over, replace these MX records by the service’s; the admin centre shows the exact host under Settings, Domains. A filter that hands mail on to Exchange Online may stay: record the exception.
mx-other = Mail for { $subject } goes to { $observed }, which belongs to Exchange Online, but the tenant asks for { $expected }.
mx-other-remedy = Replace the MX record by the host that the tenant asks for.
mx-filtered = Mail for { $subject } goes to { $observed } first, a filter of mail. Whether it hands it on to Exchange Online cannot be seen in DNS.
mx-filtered-remedy = If the filter stays, let it hand mail on to Exchange Online, accept mail there from the filter only, and record the exception. If not, replace these MX records by the service’s.
mx-own-first = mail for { $subject } comes in by way of the organisation’s own servers, which a hybrid may do; whether they hand it on cannot be seen in DNS
mx-gone = { $observed } names a host of Exchange Online that has no address: mail that is sent there is lost or waits.
mx-gone-remedy = Publish the exact host that the admin centre shows under Settings, Domains; the domain has to be one of the tenant’s.
mx-indirect = { $observed } leads to Exchange Online by addresses alone: when the service changes them, mail no longer arrives.
mx-indirect-remedy = Name the service’s own host in the MX record; the admin centre shows it under Settings, Domains.
mx-first = { $host } receives mail for { $subject } before Exchange Online, or as often (preference { $preference }).
mx-first-remedy = Remove this MX record once the old server has nothing left to receive.
mx-beside = { $host } receives mail for { $subject } beside Exchange Online (preference { $preference }); in a hybrid one of both is enough.
mx-beside-remedy = Leave the MX records of the side that mail shall come in by, and remove the others.
mx-leftover = { $host } still receives mail for { $subject } beside Exchange Online (preference { $preference }).
mx-leftover-remedy = Remove this MX record once the old server has nothing left to receive.

alias-missing = { $name } is not published: { $label ->
    [autodiscover] Outlook cannot set itself up.
    [enterpriseenrollment] Windows devices do not find where to enrol.
    [enterpriseregistration] devices do not find where to register.
   *[other] Skype for Business clients do not find their service.
}
alias-missing-remedy = Publish this CNAME record.
alias-elsewhere = { $name } leads to { $observed } instead of { $expected }: { $label ->
    [autodiscover] Outlook sets itself up with another server.
    [enterpriseenrollment] Windows devices enrol elsewhere.
    [enterpriseregistration] devices register elsewhere.
   *[other] Skype for Business clients are sent elsewhere.
}
alias-elsewhere-remedy = Point this CNAME record to { $expected }.
alias-legacy = { $name } leads to { $observed }, a former address of the service.
alias-legacy-remedy = Point this CNAME record to { $expected } before the former address is retired.
alias-gone = { $name } leads to { $expected } as it should, but that name has no address: the service may have ended.
alias-gone-remedy = Ask for { $expected } at another name server too. If nobody finds an address, the service has ended there: remove { $name }.
alias-nowhere = { $name } leads to { $observed }, where there is nothing, instead of { $expected }.
alias-nowhere-remedy = Point this CNAME record to { $expected }.
alias-circle = The aliases of { $name } lead in a circle: nobody gets anywhere.
alias-circle-remedy = Point this CNAME record to { $expected }.
autodiscover-elsewhere = { $name } leads to { $observed } and not to { $expected }: Outlook sets itself up with another server.
autodiscover-elsewhere-remedy = Publish the CNAME instead once the mailboxes have moved.
autodiscover-indirect = { $name } is reached by { $observed } and not by a CNAME to { $expected }: Outlook follows it even when the service is elsewhere.
autodiscover-indirect-remedy = Publish the CNAME instead.

msoid-missing = { $name } is not published: workstations do not find the cloud of 21Vianet to sign in.
msoid-missing-remedy = Publish this CNAME record.
msoid-elsewhere = { $name } leads to { $observed } instead of { $expected }: workstations are sent to the wrong cloud to sign in.
msoid-elsewhere-remedy = Point this CNAME record to { $expected }.
msoid-present = { $name } leads to { $observed }: only the cloud of 21Vianet needs this name; elsewhere people cannot activate Office.
msoid-present-remedy = Remove this CNAME record.

federation-unproved = { $name } carries no text of the form of an Exchange federation proof: calendars cannot be shared by a federation trust.
federation-unproved-remedy = Publish the proof that the command shows in the local Exchange as a TXT record of { $name }. A hybrid that only uses OAuth does without.
delegation-unproved = { $name } carries no text of the form of an Exchange federation proof; only Exchange 2010 delegates under this name.
delegation-unproved-remedy = If Exchange 2010 takes part, publish the proof that the command shows as a TXT record of { $name }.
sign-in-nowhere = None of { $names } has an address. If the farm of AD FS has its name at this domain, people cannot sign in from outside.
sign-in-nowhere-remedy = If AD FS has its name at this domain, publish the address of its proxy, as an A record of { $name } for example. If it has another, nothing is to be done here.
sign-in-dangling = { $name } leads to { $observed }, which has no address: people cannot sign in from outside.
sign-in-dangling-remedy = Correct the record of { $name }, or remove it if AD FS has another name.

spf-include-missing = The SPF record of { $subject } does not allow Exchange Online: its mail may be refused.
spf-include-missing-remedy = Add include:{ $expected } before the end of the record.

dkim-missing = { $name } is not published: Exchange Online cannot sign mail with the domain’s own key.
dkim-missing-remedy = Read the two targets with the command, publish them as CNAME records, then switch DKIM on for the domain.
dkim-dangling = { $name } leads to { $target }, where there is no key.
dkim-dangling-remedy = Read the right target with the command and correct the CNAME record.
dkim-circle = The aliases of { $name } lead in a circle: there is no key.
dkim-circle-remedy = Read the right target with the command and correct the CNAME record.
dkim-several = { $name } has several texts where a selector has one: which of them receivers take is left open.
dkim-several-remedy = Read the right target with the command and publish nothing else at this name.
dkim-direct = { $name } holds a key by itself instead of leading to Microsoft’s: it stays behind when keys are rotated.
dkim-direct-remedy = Replace the TXT record by the CNAME record that the command shows.
dkim-malformed = The key at { $name } cannot be read: { $problem } (character { $place }).
dkim-malformed-remedy = Publish the key again; where it is behind a CNAME, rotate the keys with the command.
dkim-revoked = The key at { $name } is revoked: its p= is empty.
dkim-revoked-remedy = Rotate the keys with the command.
dkim-testing = The key at { $name } is marked as a test (t=y): receivers take mail signed with it for unsigned.
dkim-testing-remedy = Publish the key without t=y.
dkim-weak = The key at { $name } has { $bits } bits: receivers do not accept it.
dkim-weak-remedy = Rotate to 2,048 bits with the command.
dkim-short = The key at { $name } has { $bits } bits, fewer than the 2,048 that are asked for today.
dkim-short-remedy = Rotate to 2,048 bits with the command.

service-missing = { $name } is not published: { $label ->
    [federation] partners do not find the organisation.
   *[other] Skype for Business clients cannot sign in from outside.
}
service-missing-remedy = Publish this SRV record.
service-elsewhere = { $name } leads to { $observed } instead of { $expected }.
service-elsewhere-remedy = Replace the SRV record.
service-nowhere = { $name } leads to { $observed }, where there is nothing, instead of { $expected }.
service-nowhere-remedy = Replace the SRV record.
service-gone = { $name } leads to { $expected } as it should, but that host has no address: the service may have ended.
service-gone-remedy = Ask for the host of { $expected } at another name server too. If nobody finds an address, the service has ended there: remove { $name }.
federation-missing = { $name } is not published: people in Teams cannot reach partners who still use Skype for Business.
federation-missing-remedy = Publish this SRV record if you have such partners.
federation-elsewhere = { $name } leads to { $observed } instead of { $expected }: people in Teams cannot reach partners who still use Skype for Business.
federation-elsewhere-remedy = Replace the SRV record if you have such partners.
