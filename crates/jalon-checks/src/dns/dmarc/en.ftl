no-policy = there is no policy to judge, see DMARC-01 and DMARC-02
no-own-policy = the domain publishes no policy of its own
several-policies = there is more than one policy, see DMARC-02
unread-policy = what the policy asks for cannot be read, see DMARC-09 and DMARC-20
meant-policy = a text was meant as the policy, see DMARC-03, DMARC-04 and DMARC-18
parked-elsewhere = the domain has no mail: DMARC-17 says what is to be asked
parked-silent = the domain has no mail, and nothing to be told about it
not-parked = the domain takes mail, or may send some

dmarc-none = Neither _dmarc.{ $subject } nor a domain above it publishes a DMARC policy: mail forged in its name is treated like any other.
dmarc-none-remedy = Publish a policy. While nobody knows all that sends in the domain’s name, it observes only (p=none), with an address for reports; tighten it once they are clean. A domain that has no mail asks for refusal at once.
dmarc-several = _dmarc.{ $subject } publishes { $count } DMARC policies; receivers discard them all.
dmarc-several-remedy = Keep one of them. The strictest is proposed here: check that its reports go where you read them.
dmarc-misspelt = The text “{ $observed }” at { $name } was meant as a DMARC policy: it does not begin with v=DMARC1 and a semicolon, letter for letter, and receivers ignore it.
dmarc-misspelt-remedy = Correct its beginning, or take it out where another policy applies.
dmarc-misplaced = A DMARC policy of { $subject } stands at { $name }, where nobody looks for it.
dmarc-misplaced-remedy = It belongs at _dmarc.{ $subject }; many forms add the domain by themselves, so that only “_dmarc” is to be typed.
dmarc-spf = An SPF record stands at { $name }, where only the DMARC policy belongs: nobody reads it.
dmarc-spf-remedy = Take it out; the SPF record belongs at { $subject } itself.
dmarc-shifted = Something stands before the DMARC policy at { $name }, if only a space: receivers ignore “{ $observed }”.
dmarc-shifted-remedy = Take out what stands before v=DMARC1.
dmarc-unrelated = At { $name } stands a text that has nothing to do with DMARC: “{ $observed }”.
dmarc-unrelated-remedy = Take it out, or let a wildcard record not answer for this name.
dmarc-unread = In the DMARC policy of { $subject }, “{ $observed }” at character { $place } is no tag with a value: receivers ignore it.
dmarc-unread-remedy = Correct it, or take it out.
dmarc-unknown-tag = In the DMARC policy of { $subject }, “{ $observed }” at character { $place } is a tag that DMARC does not know: receivers ignore it.
dmarc-unknown-tag-remedy = Correct its name, which is written in small letters, or take it out.
dmarc-odd-value = In the DMARC policy of { $subject }, “{ $observed }” at character { $place } has a value that DMARC does not know: receivers go by the default.
dmarc-odd-value-remedy = Correct the value, or take the tag out.
dmarc-removed = In the DMARC policy of { $subject }, “{ $observed }” uses a tag that was removed from DMARC: only receivers that follow the older standard still read it.
dmarc-removed-remedy = Take it out. Where a share of mail (pct) was meant to try the policy, t=y does that now.
dmarc-repeated = In the DMARC policy of { $subject }, “{ $observed }” at character { $place } repeats a tag: receivers may discard the whole policy.
dmarc-repeated-remedy = Keep one of them. The first is proposed here: check that it is the right one.
dmarc-unasked = The DMARC policy of { $subject } does not say what it asks for (p): because it names an address for reports, it acts as p=none.
dmarc-unasked-remedy = Write down what you ask for; p=none is proposed here, which changes nothing.
dmarc-unasked-ignored = The DMARC policy of { $subject } says neither what it asks for (p) nor where reports go: receivers ignore it.
dmarc-unasked-ignored-remedy = Write down what you ask for, and an address for reports; p=none is proposed here, which only observes.
dmarc-observes = The DMARC policy of { $subject } only observes (p=none): receivers treat mail forged in its name like any other.
dmarc-observes-remedy = Once the reports show nobody but your own senders, ask for p=quarantine, then for p=reject.
dmarc-open-above = { $subject } has no policy of its own; the { $tag } of { $from } applies, which asks nothing of receivers.
dmarc-open-above-remedy = Tighten { $tag } in the policy of { $from } once its reports are clean, or publish a policy at _dmarc.{ $subject }.
dmarc-open-below = The DMARC policy of { $subject } asks to act on mail of the domain, but not of names below it ({ $tag }=none): anybody can send in the name of one.
dmarc-open-below-remedy = Give the names below that send mail a policy of their own, then tighten { $tag } or take it out.
dmarc-unreported = The DMARC policy of { $subject } names no address for reports (rua): nobody sees who sends in its name.
dmarc-unreported-remedy = Add rua=mailto:… with an address that somebody reads, or that of a service that does.
dmarc-bad-address = In the DMARC policy of { $subject }, “{ $observed }” at character { $place } is no address that reports can be sent to: only mailto:… with a whole address is.
dmarc-bad-address-remedy = Write it as mailto:reports@example.com, or take it out.
dmarc-unconsented = Reports about { $subject } are to go to { $host }, which does not say that it takes them: they are not sent.
dmarc-unconsented-remedy = Ask whoever runs { $host } to publish “{ $line }”, or have the reports sent to an address of your own.
dmarc-unreachable = Reports about { $subject } are to go to { $host }, which takes no mail.
dmarc-unreachable-remedy = Name an address at a domain that receives mail.
dmarc-many-addresses = The DMARC policy of { $subject } names more than two addresses in “{ $observed }”: receivers need not serve more than two.
dmarc-many-addresses-remedy = Keep the two that matter, and let one of them pass the reports on.
dmarc-sized = In the DMARC policy of { $subject }, “{ $observed }” limits the size of reports, which receivers no longer heed.
dmarc-sized-remedy = Take out the exclamation mark and what follows it.
dmarc-odd-failures = In the DMARC policy of { $subject }, “{ $observed }” has a value other than 0, 1, d and s.
dmarc-odd-failures-remedy = Correct it, or take it out.
dmarc-idle-failures = In the DMARC policy of { $subject }, “{ $observed }” says when to report failures, but no address for such reports is named (ruf): it is ignored.
dmarc-idle-failures-remedy = Take it out, or name an address for reports of failures.
dmarc-parked = { $subject } neither takes nor sends mail, but its DMARC policy, which comes from { $from }, does not ask to refuse all mail in its name and in that of names below it.
dmarc-parked-remedy = Ask for p=reject, without an exception: there is no mail that could be lost.
dmarc-tested = The DMARC policy of { $subject } is under test (t=y): of p={ $asked }, receivers make p={ $applied }.
dmarc-tested-remedy = Once the reports are clean, take t=y out.
dmarc-unknown-policy = In the DMARC policy of { $subject }, “{ $observed }” at character { $place } asks for something that DMARC does not know: because it names an address for reports, the whole policy acts as p=none.
dmarc-unknown-policy-remedy = Write none, quarantine or reject.
dmarc-unknown-policy-ignored = In the DMARC policy of { $subject }, “{ $observed }” at character { $place } asks for something that DMARC does not know, and no address for reports is named: receivers ignore the whole policy.
dmarc-unknown-policy-ignored-remedy = Write none, quarantine or reject, and name an address for reports.
