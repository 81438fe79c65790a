no-selector = no selector was named besides those of Exchange Online: --dkim-selector says which ones have to be there
no-key = no key was found at the selectors that were tried
no-other-sender = the keys of Exchange Online are there and SPF lets nobody else send, so no other selector was tried: --dkim-selector names those of other senders

key-missing = There is no key at { $name }: mail signed with the selector “{ $selector }” cannot be verified.
key-missing-remedy = Publish the record that your sender shows for this selector.
key-nowhere = { $name } leads to { $target }, where there is no key: mail signed with it cannot be verified.
key-nowhere-remedy = Read the right target where the mail is sent from and correct the CNAME record, or remove it.
key-nowhere-tried = { $name } leads to { $target }, where there is no key: if mail is still signed with it, it cannot be verified.
key-nowhere-tried-remedy = Remove the CNAME record, or correct it if mail is still signed with this selector.
key-circle = The aliases of { $name } lead in a circle: nobody finds a key.
key-circle-remedy = Point the CNAME record to the name that your sender shows.
key-circle-tried = The aliases of { $name } lead in a circle: nobody finds a key, if one is still needed.
key-circle-tried-remedy = Remove the CNAME record, or point it to the name that your sender shows.
key-revoked = The key at { $name } is revoked (its p= is empty): mail signed with it is refused as unsigned.
key-revoked-remedy = Publish the key that your sender uses today, or stop signing with this selector.
key-revoked-tried = The key at { $name } is revoked (its p= is empty), which is right if nothing is signed with it any more.
key-revoked-tried-remedy = Remove the record once no mail signed with this selector is under way.
key-testing = The key at { $name } is marked as a test (t=y): receivers take mail signed with it for unsigned.
key-testing-remedy = Publish the key without t=y.
key-malformed = The key at { $name } is of no use to receivers: { $problem } (“{ $piece }”, character { $place }).
key-malformed-remedy = Publish the record anew, exactly as your sender shows it.
key-several = { $name } has { $count } texts where a selector has one: which of them receivers take is left open.
key-several-remedy = Leave the key that is in use and remove the others.
key-weak = The key at { $name } has { $bits } bits: receivers do not accept it.
key-weak-remedy = Have your sender make a key of 2,048 bits, publish it under a new selector, and then retire this one.
key-short = The key at { $name } has { $bits } bits, fewer than the 2,048 that are asked for today.
key-short-remedy = Have your sender make a key of 2,048 bits, publish it under a new selector, and then retire this one.
