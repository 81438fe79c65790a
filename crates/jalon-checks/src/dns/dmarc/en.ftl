dmarc-none = Neither _dmarc.{ $subject } nor a domain above it publishes a DMARC policy: mail forged in its name is treated like any other.
dmarc-none-remedy = Publish a policy that only observes at first (p=none) with an address for reports, and tighten it once they are clean.
dmarc-several = _dmarc.{ $subject } publishes { $count } DMARC policies; receivers discard them all.
dmarc-several-remedy = Keep one of them. The strictest is proposed here: check that its reports go where you read them.
