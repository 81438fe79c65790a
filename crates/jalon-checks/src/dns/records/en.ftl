no-spf = there is no SPF record to judge, see SPF-01
several-spf = there is more than one SPF record, see SPF-02
no-mail = the domain says that it takes no mail: DNS-002 and SPF-23 say what follows

ownership-missing = { $subject } carries no proof of ownership (MS=ms…): the tenant cannot verify the domain.
ownership-missing-remedy = Read the value in the Microsoft 365 admin centre (Settings, Domains) and publish it as a TXT record of { $subject }.

mx-missing = { $subject } has no MX record: mail for it is not delivered to Exchange Online.
mx-missing-remedy = Publish the MX record; the admin centre shows the exact host under Settings, Domains.
mx-null = { $subject } says that it accepts no mail at all (a null MX).
mx-null-remedy = Replace the null MX by the service’s; the admin centre shows the exact host under Settings, Domains.
mx-elsewhere = Mail for { $subject } goes to { $observed }, not to Exchange Online.
mx-elsewhere-remedy = At cut-over, replace these MX records by the service’s; the admin centre shows the exact host under Settings, Domains.
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
autodiscover-indirect = { $name } is reached by { $observed } and not by a CNAME to { $expected }: Outlook follows it even when the service is elsewhere.
autodiscover-indirect-remedy = Publish the CNAME instead.

spf-include-missing = The SPF record of { $subject } does not allow Exchange Online: its mail may be refused.
spf-include-missing-remedy = Add include:{ $expected } before the end of the record.

dkim-missing = { $name } is not published: Exchange Online cannot sign mail with the domain’s own key.
dkim-missing-remedy = Read the two targets with the command, publish them as CNAME records, then switch DKIM on for the domain.
dkim-dangling = { $name } leads to { $target }, where there is no key.
dkim-dangling-remedy = Read the right target with the command and correct the CNAME record.
dkim-direct = { $name } holds a key by itself instead of leading to Microsoft’s: it stays behind when keys are rotated.
dkim-direct-remedy = Replace the TXT record by the CNAME record that the command shows.
dkim-malformed = The key at { $name } cannot be read.
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
federation-missing = { $name } is not published: people in Teams cannot reach partners who still use Skype for Business.
federation-missing-remedy = Publish this SRV record if you have such partners.
federation-elsewhere = { $name } leads to { $observed } instead of { $expected }: people in Teams cannot reach partners who still use Skype for Business.
federation-elsewhere-remedy = Replace the SRV record if you have such partners.
