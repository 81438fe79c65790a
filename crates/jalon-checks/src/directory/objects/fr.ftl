flawed = { $attribute } « { $value } » : { $flaws }.
flawed-blank = { $attribute } est vide.
then-replace = Remplacez par « { $proposal } », ou choisissez une autre valeur saine.
then-edit = Choisissez une autre valeur ; aucune correction mécanique n’est sûre.
then-share = Décidez lequel des deux la garde ({ $other } la porte aussi) et donnez à l’autre une autre valeur.
then-drop = Décidez lequel des deux la garde ({ $other } la porte aussi) ; la modification proposée ici la retire à cet objet.
then-keep = Décidez lequel des deux la garde : { $other } la porte aussi, et c’est là que la modification est proposée.

blank = vide
length = plus de { $limit } caractères ({ $length })
leading-dot = un point au début
character = caractères non permis : { $characters }
second-colon = un second deux-points après le préfixe
top-level-domain = « .{ $tld } » n’est pas un domaine de premier niveau public
domain-part = ce qui suit l’@ n’est pas un nom de domaine
local-part = ce qui précède l’@ est mal formé
format = n’a pas la forme d’une adresse
duplicate = déjà porté par { $other }

no-object = aucun objet de la source n’a { $attribute }
alternate-login = la connexion emploie un autre attribut (identifiant de connexion alternatif)
