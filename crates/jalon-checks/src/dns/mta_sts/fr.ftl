none = le domaine n’annonce aucune politique MTA-STS
takes-none = le domaine déclare n’accepter aucun courrier (MX nul)
not-served = les expéditeurs n’obtiennent pas de politique, voir MTASTS-03
no-mode = la politique n’a pas de mode connu, voir MTASTS-04
no-hosts-wanted = la politique ne demande rien aux serveurs de courrier
no-mx = aucun enregistrement MX ne nomme d’hôte, voir MX-01 à MX-04
no-patterns = la politique ne nomme aucun serveur de courrier lisible, voir MTASTS-04
see-number = un seul de plusieurs enregistrements doit rester, voir MTASTS-01

record-version = il ne commence pas exactement par « v=STSv1; »
record-no-id = il n’a pas d’id
record-bad-id = son id n’est pas fait de 1 à 32 lettres et chiffres
record-second-id = il a plus d’un id
record-bad-field = une de ses parties n’est pas un nom avec une valeur

bad-version = aucune ligne ne dit « version: STSv1 »
missing-mode = la ligne « mode » manque
bad-mode = le mode « { $value } » n’est ni enforce, ni testing, ni none
missing-age = la ligne « max_age » manque
bad-age = max_age « { $value } » n’est pas un nombre de 0 à 31 557 600
missing-hosts = aucune ligne « mx » ne nomme de serveur de courrier
bad-host = « { $value } » n’est pas le nom d’un serveur de courrier
bad-line = la ligne { $line } n’est pas une clé avec une valeur

certificate-ended = il a pris fin
certificate-begins = il n’a pas encore commencé
certificate-issuer = il ne mène à aucune autorité reconnue des expéditeurs
certificate-name = il est fait pour d’autres noms
certificate-other = il ne tient pas

publish = Publiez ce fichier à { $url }, en text/plain :
then = Puis publiez cet enregistrement à la place de l’ancien ; son id est nouveau, pour que les expéditeurs relisent le fichier :

records-several = _mta-sts.{ $subject } a { $count } enregistrements qui annoncent une politique : les expéditeurs n’en suivent alors aucune.
records-several-remedy = Gardez un seul enregistrement.
record-malformed = L’enregistrement à _mta-sts.{ $subject } est inutilisable : { $why }. Les expéditeurs l’ignorent.
record-malformed-remedy = Publiez l’enregistrement dans sa bonne forme.
policy-no-host = { $subject } annonce une politique MTA-STS, mais { $host } n’a pas d’adresse : les expéditeurs ne trouvent pas de politique.
policy-no-host-remedy = Donnez une adresse à { $host } et servez-y la politique, ou retirez l’enregistrement à _mta-sts.{ $subject }.
policy-distrusted = { $host }{ $at } présente un certificat que les expéditeurs refusent : { $why }. Ils ne trouvent pas de politique.
policy-distrusted-remedy = Donnez à { $host } un certificat d’une autorité publique qui porte son nom.
policy-moved = { $url }{ $at } mène ailleurs (à { $observed }) : les expéditeurs ne suivent pas et ne trouvent pas de politique.
policy-moved-remedy = Servez la politique à { $url } même.
policy-missing = { $url }{ $at } ne donne pas de politique ({ $observed }).
policy-missing-remedy = Servez-y la politique, ou retirez l’enregistrement à _mta-sts.{ $subject }.
policy-type = { $url }{ $at } n’est pas servi en text/plain (mais en « { $observed } ») : certains expéditeurs le refusent.
policy-type-remedy = Faites-le envoyer par le serveur web avec « Content-Type:text/plain ».
at = à { $addresses }
policy-differs = { $host } ne sert pas la même politique à chacune de ses adresses ({ $addresses }) : laquelle un expéditeur suit relève du hasard.
policy-differs-remedy = Servez la même politique à chaque adresse de { $host } : { $addresses }.
policy-malformed = La politique MTA-STS de { $subject } est inutilisable : { $why }.
policy-malformed-remedy = Publiez la politique dans sa bonne forme.
mode-none = La politique MTA-STS de { $subject } a le mode none : elle ne protège rien.
mode-none-remedy = Si MTA-STS est voulu, publiez d’abord la politique en mode testing ; sinon retirez l’enregistrement une fois max_age écoulé.
mode-testing = La politique MTA-STS de { $subject } ne fait qu’essayer : le courrier est encore livré en clair ou à n’importe qui.
mode-testing-remedy = Passez au mode enforce dès que les rapports (TLS-RPT) sont sains.
no-host-matched = Aucun serveur de courrier de { $subject } ne figure dans sa politique MTA-STS (il manque { $hosts }) : les expéditeurs qui la suivent ne livrent rien.
no-host-matched-remedy = Ajoutez-les maintenant à la politique. Les expéditeurs gardent l’ancienne jusqu’à { $days } jours, sauf s’ils voient le nouvel id.
host-not-matched = { $hosts } prennent le courrier de { $subject } et ne figurent pas dans sa politique MTA-STS : les expéditeurs qui la suivent n’y livrent pas.
host-not-matched-remedy = Ajoutez-les à la politique avant que le courrier doive y arriver : les expéditeurs gardent l’ancienne jusqu’à { $days } jours, sauf s’ils voient le nouvel id.
host-not-matched-yet = { $hosts } prennent le courrier de { $subject } et ne figurent pas dans sa politique MTA-STS : une fois appliquée, les expéditeurs n’y livreront pas.
host-not-matched-yet-remedy = Ajoutez-les à la politique avant de l’appliquer. Les expéditeurs gardent l’ancienne jusqu’à { $days } jours, sauf s’ils voient le nouvel id.
