see-starttls = the server offers no TLS, see TLS-15

nothing-current = { $subject } speaks nothing newer than { $observed }: current clients cannot connect.
nothing-current-remedy = Turn on TLS 1.2 (and 1.3 where the system has it), and everything older off.
old-versions = { $subject } still accepts { $observed }.
old-versions-remedy = Turn off everything older than TLS 1.2.
restart = then restart the machine

weak-suites = { $subject } accepts { $observed }: { $kind }.
weak-suites-remedy = Leave only suites with ECDHE and GCM or ChaCha20.
kind-triple-des = triple DES, whose short blocks leak in long sessions
kind-rc4 = RC4, which is broken and forbidden
kind-des = DES, which anybody breaks
kind-export = a suite weakened for export, which anybody breaks
kind-null = nothing is encrypted
kind-anonymous = nobody says who they are, so that anybody can stand in between
cbc-only = { $subject } accepts only suites in CBC mode, which attacks on padding have worn out; none of { $expected }.
cbc-only-remedy = Turn on suites with ECDHE and GCM, and put them first.

inspected = { $subject } is answered with a certificate of “{ $observed }”, which is no public authority: something between here and Microsoft opens the traffic.
inspected-remedy = Exempt the endpoints of Microsoft 365 from TLS inspection on the proxy or firewall; Microsoft asks for that, and some clients refuse to work otherwise.
insecure-renegotiation = { $subject } does not know secure renegotiation ({ $expected }): whoever stands in between can put words in front of a client’s.
insecure-renegotiation-remedy = Update the TLS library of the server, or turn on TLS 1.3 only.
