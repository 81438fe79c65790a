none = no mail server of the domain has TLSA records
see-plain = the mail servers with TLSA records do not offer STARTTLS, see MX-07
no-address = no mail server with TLSA records has an address that is known, see MX-05

dane-mismatch = The TLSA records of { $subject } do not fit the certificate that it shows at { $addresses }: senders that follow DANE do not deliver.
dane-mismatch-remedy = Publish the record of the certificate in use. Before the next change of key, publish the new record beside the old one and wait for its time to live.
dane-unusable = The TLSA records of { $subject } cannot be used for mail: only usages 2 and 3 with whole digests count.
dane-unusable-remedy = Publish a record of the form “3 1 1” (the SHA-256 of the server’s public key) at port 25, or remove those that are there.
dane-unsigned = { $subject } has TLSA records, but the answer to { $observed } is not signed: senders pass the records over.
dane-unsigned-remedy = Sign the zone with DNSSEC, or remove the TLSA records, which promise what nobody can check.
dane-unsigned-steps = Sign the zone of { $name } with DNSSEC and have its parent publish the DS record, or remove the TLSA records.
dane-foreign-steps = Ask the operator of the mail server to publish the record of the certificate in use: { $lines }
