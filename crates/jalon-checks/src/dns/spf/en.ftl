spf-none = { $subject } publishes no SPF record: receivers cannot tell its mail from mail forged in its name.
spf-none-remedy = List everything that sends mail for the domain, then publish one record. The one proposed here allows Exchange Online only.
spf-unlisted = { $subject } publishes no SPF record: receivers cannot tell its mail from mail forged in its name.
spf-unlisted-remedy = List everything that sends mail for the domain, then publish one record; if nothing does, publish “v=spf1 -all”.
spf-several = { $subject } publishes { $count } SPF records; receivers take that for an error and apply none of them.
spf-several-remedy = Replace them by one record that keeps what each of them allows.
