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
