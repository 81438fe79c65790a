flawed = { $attribute } “{ $value }”: { $flaws }.
flawed-blank = { $attribute } is blank.
then-replace = Replace it by “{ $proposal }”, or choose another sound value.
then-edit = Choose another value; no mechanical correction is safe.
then-share = Decide which of the two keeps it ({ $other } holds it too), and give the other another value.
then-drop = Decide which of the two keeps it ({ $other } holds it too); the change proposed here takes it away from this object.
then-keep = Decide which of the two keeps it: { $other } holds it too, and the change is proposed there.

blank = blank
length = more than { $limit } characters ({ $length })
leading-dot = a full stop at the beginning
character = characters that are not allowed: { $characters }
second-colon = a second colon behind the prefix
top-level-domain = “.{ $tld }” is no public top-level domain
domain-part = the part behind the @ is not a domain name
local-part = the part before the @ is malformed
format = not the form of an address
duplicate = already held by { $other }

no-object = no object of the source has { $attribute }
alternate-login = sign-in uses another attribute (alternate login ID)
