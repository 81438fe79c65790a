no-such-rule = no rule is called “{ $rule }”; name one such as DIR-019, or * for all of them
no-dn = the distinguished name is empty; write a pattern such as "*,OU=Service,DC=contoso,DC=example"
no-reason = the reason is empty; say why this is accepted
no-end = until is missing: what is accepted without end is forgotten; write until = and a date
no-day = until is no day; write a date alone, such as 2026-12-31
too-far = until is too far ahead; write { $latest } at the latest
