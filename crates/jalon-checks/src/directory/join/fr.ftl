several = plusieurs objets sont de même rang
shared-object = quelqu’un d’autre aussi a été reconnu dans cet objet
differs = l’objet a une autre valeur ; --overwrite prend celle-ci
not-primary = l’objet l’a comme adresse secondaire ; --overwrite en fait la principale
held = un autre objet la porte déjà
shared = plusieurs personnes la portent, et elle ne peut aller qu’à un objet
no-primary = aucune adresse connue ne peut être la principale
local-mailbox = l’objet a une boîte ici ; le courrier ne doit pas passer à côté
unsound = l’attribut ne peut pas la contenir

row-no-header = ligne { $row } : la première ligne doit nommer les colonnes `ad` et `other`
row-not-utf8 = ligne { $row } : le tableau n’est pas en UTF-8 ; enregistrez-le en « CSV UTF-8 », sinon les accents se perdent
row-blank = ligne { $row } : les deux cellules doivent être remplies
row-no-object = ligne { $row } : aucun objet d’Active Directory ne s’appelle « { $value } » ; écrivez son nom distinctif, son sAMAccountName ou son userPrincipalName
row-several-objects = ligne { $row } : plusieurs objets d’Active Directory s’appellent « { $value } » ; écrivez le nom distinctif
row-no-person = ligne { $row } : personne dans l’autre annuaire ne s’appelle « { $value } » ; écrivez le nom distinctif, une adresse ou le nom de connexion
row-several-people = ligne { $row } : plusieurs personnes de l’autre annuaire s’appellent « { $value } » ; écrivez le nom distinctif
row-repeated = ligne { $row } : la ligne { $before } nomme le même objet ou la même personne ; gardez l’une des deux
