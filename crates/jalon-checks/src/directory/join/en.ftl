missing = { $attribute } lacks “{ $proposed }”, which the other directory has for { $person }.
missing-remedy = Add it; the two are matched by { $key } (confidence { $confidence }). Check names before you trust them.

row-no-header = row { $row }: the first row must name the columns `ad` and `other`
row-not-utf8 = row { $row }: the table is not UTF-8; save it as “CSV UTF-8”, or accents are lost
row-blank = row { $row }: both cells must be filled
row-no-object = row { $row }: no object of Active Directory is called “{ $value }”; write its distinguished name, sAMAccountName or userPrincipalName
row-several-objects = row { $row }: several objects of Active Directory are called “{ $value }”; write the distinguished name
row-no-person = row { $row }: nobody in the other directory is called “{ $value }”; write the distinguished name, an address or the sign-in name
row-several-people = row { $row }: several people of the other directory are called “{ $value }”; write the distinguished name
row-repeated = row { $row }: row { $before } names the same object or person; keep one of the two
