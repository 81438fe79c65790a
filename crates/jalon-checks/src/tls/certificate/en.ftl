chain-short = { $subject } sends its certificate without the intermediate one of “{ $issuer }”: many clients cannot find a trusted root.
chain-short-remedy = Install the intermediate certificate that came with it, behind the server’s own.
chain-incomplete = The chain of { $subject } ends at “{ $issuer }”, which is neither a trusted root nor sent with it.
chain-incomplete-remedy = Send every intermediate certificate up to the root, the server’s own first; if the root is your own, have clients trust it or order a public certificate.
chain-dated = An intermediate certificate in the chain of { $subject } is outside its dates.
chain-dated-remedy = Replace the intermediate certificates by the current ones of the authority.
chain-refused = Clients refuse the chain of { $subject }: { $why }.
chain-refused-remedy = Order a new certificate for these names and install it with its whole chain.
why-signature = a signature in it does not fit
why-weak = a signature in it uses an algorithm that is no longer accepted
why-authority = it shows an authority’s own certificate
why-usage = it is not made for servers
why-constraints = its authority may not issue it
see-strength = the chain is refused for its weak key or signature, see TLS-05
see-issuer = the certificate leads to a root that is not trusted, see TLS-07
no-root = the chain is not complete, so it tells nothing about its root, see TLS-01

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

order = Order a certificate for { $names }, with an RSA key of 2,048 bits or an EC key on P-256. This makes the key and the request:

at-once = TLS begins at once here, nothing has to ask for it
see-starttls = the server offers no TLS, so that it shows no certificate, see TLS-15
no-starttls = { $subject } does not offer STARTTLS: { $protocol ->
    [smtp] mail travels in plain, for everybody on the way to read.
    [ldap] names and passwords of the directory travel in plain.
   *[other] names, passwords and mail travel in plain.
}
no-starttls-remedy = Give the server a certificate and let it offer STARTTLS.
