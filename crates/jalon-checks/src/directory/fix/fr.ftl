# Pourquoi une valeur est laissée aux personnes.
no-proposal = rien ne peut être proposé : quelqu’un doit choisir une valeur
kept = elle reste comme elle est, car c’est un autre objet qui doit changer
duplicate = plusieurs objets la portent : quelqu’un doit dire qui la garde
collision = un autre objet recevrait la même valeur
taken = un autre objet porte déjà la valeur proposée
primary = c’est l’adresse principale : quelqu’un doit dire laquelle prend sa place
nameless = la source ne donne pas le nom distinctif de l’objet
declined = elle n’a pas été acceptée à la relecture

# Pourquoi un objet est resté comme il est.
moved = { $attribute } ne contient plus « { $value } »
filled = { $attribute } n’est plus vide : il contient « { $value } »
held = { $attribute } contient déjà « { $value } »
gone = cet objet n’existe plus
not-made = le passage s’est arrêté avant que l’annuaire ne soit sollicité
moved-meanwhile = le passage s’est arrêté pendant ce changement, et l’objet n’est à présent ni comme avant ni comme après

# Le script. {"{0}"} et les autres sont remplis par PowerShell.
script-about = Corrige des objets d’un annuaire. Sans -Apply, il montre seulement ce qu’il ferait. Produit par jalon fix directory.
script-apply = Faire les changements.
script-server = Le contrôleur de domaine à changer [défaut : n’importe lequel].
script-moved = {"{0}"} : une valeur n’est plus ce qu’elle était ; l’objet reste comme il est
script-done = {"{0}"} objets changés, {"{1}"} avaient bougé et restent comme ils sont, {"{2}"} en échec
script-shown = {"{0}"} objets changeraient, {"{1}"} ont bougé et resteraient comme ils sont, {"{2}"} en échec ; -Apply fait les changements

# Pourquoi un tableau relu ne peut pas être suivi.
review-unreadable = { $reason } ; enregistrez-le à nouveau en CSV
review-not-utf8 = le tableau n’est pas en UTF-8 ; enregistrez-le en « CSV UTF-8 », sinon les accents sont perdus
review-no-column = il n’y a pas de colonne `{ $name }` ; laissez les têtes des colonnes comme elles étaient
review-bad-accept = `{ $found }` n’est ni oui ni non ; écrivez l’un ou l’autre
review-bad-action = `{ $found }` n’est pas une action ; écrivez edit ou remove
review-unknown-object = rien n’est à corriger dans `{ $dn }` à présent ; refaites le tableau avec --review
review-other-value = « { $value } » n’est pas à corriger dans { $attribute } à présent ; refaites le tableau avec --review
review-no-proposal = la ligne est acceptée sans rien proposer ; remplissez `proposed`, ou écrivez remove sous `action`
review-repeated = la valeur est acceptée une seconde fois ; gardez l’une des lignes
