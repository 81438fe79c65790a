several = several objects are of equal rank
shared-object = somebody else was found to be the object too
differs = the object has another value; --overwrite takes this one
not-primary = the object has it as a further address; --overwrite makes it the primary one
held = another object has it already
shared = several people have it, and it can go to one object only
no-primary = no address is known that could be the primary one
local-mailbox = the object has a mailbox here; mail must not be forwarded past it
unsound = the attribute cannot hold it

row-no-header = row { $row }: the first row must name the columns `ad` and `other`
row-not-utf8 = row { $row }: the table is not UTF-8; save it as “CSV UTF-8”, or accents are lost
row-blank = row { $row }: both cells must be filled
row-no-object = row { $row }: no object of Active Directory is called “{ $value }”; write its distinguished name, sAMAccountName or userPrincipalName
row-several-objects = row { $row }: several objects of Active Directory are called “{ $value }”; write the distinguished name
row-no-person = row { $row }: nobody in the other directory is called “{ $value }”; write the distinguished name, an address or the sign-in name
row-several-people = row { $row }: several people of the other directory are called “{ $value }”; write the distinguished name
row-repeated = row { $row }: row { $before } names the same object or person; keep one of the two
