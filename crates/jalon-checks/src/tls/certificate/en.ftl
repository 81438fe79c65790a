install = Install, and have the server send in this order:
from-url = to be fetched from { $url }
from-authority = to be had from the authority
see-strength = the chain is refused for its weak key or signature, see TLS-05
see-issuer = the certificate leads to a root that is not trusted, see TLS-07
see-sent = a certificate is missing on the way to a root, see TLS-08
see-usage = the certificate is not made for servers, see TLS-06
see-inspection = somebody between here and Microsoft answers in its place, see TLS-16
see-address = what differs is told with the address by the rule that it breaks
no-root = the chain does not lead to a root, so it tells nothing about one
not-public = no public authority issued the certificate
no-staple = the server staples nothing; responders and revocation lists are reached by a site agent only
one-address = only one address was looked at
no-ipv6 = the addresses seen agree, but there is no IPv6 here, so those of IPv6 were not looked at
own-name-only = no other name than the host’s own is asked for here

chain-dated = An intermediate certificate in the chain of { $subject } is outside its dates.
chain-dated-remedy = Replace the intermediate certificates by the current ones of the authority.
chain-refused = Clients refuse the chain of { $subject }: { $why }.
chain-refused-remedy = Order a new certificate for these names and install it with its whole chain.
why-signature = a signature in it does not fit
why-weak = a signature in it uses an algorithm that is no longer accepted
why-authority = it shows an authority’s own certificate
why-usage = an intermediate certificate in it is not made for servers
why-constraints = its authority may not issue it

intermediate-missing = { $subject } sends its certificate without that of “{ $expected }”, which issued “{ $observed }” and is no root that clients trust: many clients find no way to a trusted root.
intermediate-missing-remedy = Install the intermediate certificate of “{ $expected }” behind the server’s own; if that is a root of your own, order a public certificate or give the check your root.
own-not-first = { $subject } sends its chain upside down: “{ $observed }” comes before the server’s own certificate “{ $expected }”, and clients take the first for the server’s.
own-not-first-remedy = Turn the certificate file around: the server’s own certificate first, then each one that issued the one before.
out-of-order = { $subject } sends “{ $observed }” before the certificate that it issued: strict clients give up there.
out-of-order-remedy = Put the certificates in order, each followed by the one that issued it.
superfluous = { $subject } sends certificates that do not belong to its chain: { $observed }.
superfluous-remedy = Take them out of the certificate file; each handshake carries them in vain.
root-sent = { $subject } sends the root itself along: { $observed }. Clients have it or do not trust it.
root-sent-remedy = Leave the root out of the certificate file.

name-needed = The certificate of { $subject } does not carry { $expected }: { $why }.
name-needed-remedy = Order a certificate that carries { $expected } beside the names in use.
why-registration = devices that register with AD FS call this name
why-autodiscover = Outlook and the hybrid configuration call this name on the same servers
why-smtp-domain = Microsoft suggests the primary SMTP domain on the certificate of a hybrid organisation

not-for-servers = The certificate of { $subject } is not made for servers: its extended key usage leaves { $expected } out, and clients refuse it.
not-for-servers-remedy = Order a certificate for TLS servers.

staple-missing = The certificate of { $subject } demands a stapled OCSP response and the server sends none: clients that obey refuse it.
staple-missing-remedy = Turn on OCSP stapling (IIS does it by itself when it reaches the responder; nginx: ssl_stapling on; Apache: SSLUseStapling on), or order a certificate without “must staple”.
staple-old = { $subject } staples an OCSP response that is out of date: { $observed }.
staple-old-remedy = See that the server reaches the responder of its authority and that its clock is right, then restart it.
staple-unusable = { $subject } staples an OCSP response that clients cannot use: { $observed }.
staple-unusable-remedy = See that the server reaches the responder of its authority and holds the issuer’s certificate, then restart it.
revoked = The certificate of { $subject } was revoked on { $date }.
revoked-remedy = Order and install a new one with a new key today; ask the authority why it was revoked.

not-logged = The certificate of { $subject } carries no proof that it stands in public logs: Chrome, Edge and Safari refuse it.
not-logged-remedy = Order a certificate whose authority enters it in public logs (certificate transparency).
lives-too-long = The certificate of { $subject } lives { $days } days; one issued on { $day } may live { $longest } at most, and browsers refuse it.
lives-too-long-remedy = Order one that lives { $longest } days at most, and renew it by itself (ACME).

addresses-differ = The addresses of { $subject } show different certificates: { $observed }.
addresses-differ-remedy = Install the same certificate, with its key and its chain, on every server behind the name.
addresses-alike = The addresses of { $subject } show different certificates for the same names: { $observed }.
addresses-alike-remedy = Nothing, if each server has its own or a renewal is under way; otherwise install the newest everywhere.

expired = The certificate of { $subject } ended on { $date }: clients refuse it.
expired-remedy = Order and install a new one today.
not-yet-valid = The certificate of { $subject } begins on { $date } only: clients refuse it until then.
not-yet-valid-remedy = Check the server’s clock; if it is right, put the former certificate back until that day.
expires-now = The certificate of { $subject } ends on { $date }, in { $days ->
    [0] less than a day.
    [one] one day.
   *[other] { $days } days.
}
expires-now-remedy = Order and install a new one now.
expires-soon = The certificate of { $subject } ends on { $date }, in { $days ->
    [one] one day.
   *[other] { $days } days.
}
expires-soon-remedy = Order a new one and plan its installation.

wrong-name = The certificate of { $subject } is made for { $observed }, not for { $expected }.
wrong-name-remedy = Order a certificate that carries { $expected } beside the names in use.
no-name = The certificate of { $subject } carries no host name at all: a common name does not count.
no-name-remedy = Order a certificate that carries { $expected } as a subject alternative name.

weak-key = { $holder } has a key that is too weak: { $observed }.
weak-key-remedy = Order a new certificate with an RSA key of 2,048 bits or an EC key on P-256.
weak-signature = { $holder } is signed with { $observed }, which can be forged.
weak-signature-remedy = Order a new certificate; authorities sign with SHA-256 today.
holder-own = The certificate of { $subject }
holder-issuer = The intermediate certificate “{ $name }” of { $subject }

self-signed = { $subject } shows a certificate that it signed itself: no client trusts it.
self-signed-remedy = Order a certificate from a public authority and install it with its chain.
untrusted-root = The certificate of { $subject } leads to “{ $observed }”, a root that clients outside do not trust.
untrusted-root-remedy = Order a certificate from a public authority; if only your own clients call this host, give the check your own root.
distrusted = The certificate of { $subject } leads to “{ $observed }”, a root that browsers refuse ({ $source }).
distrusted-remedy = Order a certificate from another authority and install it with its chain.

order = Order a certificate for { $names }, with an RSA key of 2,048 bits or an EC key on P-256. Either of these lines makes the key and the request:

at-once = TLS begins at once here, nothing has to ask for it
see-starttls = the server offers no TLS, so that it shows no certificate, see TLS-15
no-starttls = { $subject } does not offer STARTTLS: { $protocol ->
    [smtp] mail travels in plain, for everybody on the way to read.
    [ldap] names and passwords of the directory travel in plain.
   *[other] names, passwords and mail travel in plain.
}
no-starttls-remedy = Give the server a certificate and let it offer STARTTLS.
