open = { $n ->
    [one] { $shown } constat ouvert
   *[other] { $shown } constats ouverts
}
checklist = Liste de correction
begin = Commencer par : { $title }
begin-why = { $n ->
    [one] Le correctif est prêt ; la mesure qui le suit ferme le constat.
   *[other] Le correctif est prêt ; la mesure qui le suit ferme les { $n } constats.
}
open-fix = Ouvrir le correctif
never-by-hand = Un constat ne se ferme pas à la main : il se ferme quand la mesure suivante le prouve.
closed-so = { $n ->
    [one] { $shown } fermé ainsi
   *[other] { $shown } fermés ainsi
}
open-checks = Ouvrir les contrôles
not-measured = Rien n’a encore été mesuré
not-measured-why = Dès que des contrôles auront tourné, ce qu’ils trouvent figurera ici, avec le correctif.
none-open = Aucun constat ouvert
none-open-why = Tout ce qui a été mesuré est comme il faut. Les contrôles continuent d’eux-mêmes.
no-match = Rien ici
no-match-why = Aucun constat ouvert n’est dans cette vue ou ne répond aux filtres.
show-all = { $n ->
    [one] Afficher le constat ouvert
   *[other] Afficher les { $n } constats ouverts
}
measured = mesuré
measure = mesurer
objects = { $n ->
    [one] { $shown } objet
   *[other] { $shown } objets
}
search-hint = Objet, valeur, message
filter-is = { $name } : { $value }
severity = Gravité
check = Contrôle
nobody = Personne
owner = Responsable
what-to-do = Que faire
fix = Correctif : { $kind }
shown-of = { $n ->
    [one] { $all } objet, { $shown } montré
   *[other] { $all } objets, { $shown } montrés
}
lines = { $removed ->
    [one] { $removed } retirée
   *[other] { $removed } retirées
}, { $added ->
    [one] { $added } ajoutée
   *[other] { $added } ajoutées
}
more-lines = { $n ->
    [one] Une autre ligne est dans le fichier.
   *[other] { $n } autres lignes sont dans le fichier.
}
file-has-all = Les lignes des objets de cette page ; le fichier a celles de tous.
observed = Observé
expected = Attendu
rule = Règle
waited-for-by = Attendu par
owner-and-due = Responsable et échéance
change = changer
whole-group = { $n ->
    [one] Pour ce constat
   *[other] Pour les { $n } constats de la règle
}
each-its-own = Chaque objet se corrige à sa manière : ce qu’il devient est dans le correctif, et dans la liste ci-dessous.
step-read = Lire le correctif
step-publish = Publier chez votre hébergeur DNS
step-install = Commander et installer
step-apply = Appliquer à l’annuaire
step-export = Exporter à nouveau
step-measure = Mesurer
published = C’est publié : mesurer
installed = C’est installé : mesurer
applied = C’est appliqué : mesurer
upload-export = Téléverser un nouvel export
first-seen = Vu la première fois le
last-seen = vu en dernier
object = Objet
standing = Dérogation
closed-on = fermé le
waived-until = dérogé jusqu’au
waive-one = Déroger
waive-price = Un constat accepté ne retient plus le jalon ; le procès-verbal du jalon le nomme. À la fin de la dérogation, il le retient à nouveau.
waiver-reason = Pourquoi il est accepté
reason-hint = Au moins dix caractères : d’autres en jugent.
until = Jusqu’au
until-hint = Dernier jour, dans un an au plus.
ticket = Ticket
approver = Approuvée par
waive-this = Déroger à ce constat
cancel = Annuler
attribute = Attribut
target = Cible
message = Ce qui ne va pas
due = Échéance
first-seen-head = Vu la première fois
last-seen-head = Vu en dernier
back-since = De retour depuis
waived-head = Dérogé jusqu’au
closed-head = Fermé le
id = Identifiant
file-name = liste-de-correction.csv
error-kind = Type d’erreur
files = Fichiers du correctif
look = Examiner et approuver
findings = { $n ->
    [one] { $shown } constat
   *[other] { $shown } constats
}
would-change = { $n ->
    [one] { $values } valeur change
   *[other] { $values } valeurs changent
} { $m ->
    [one] dans { $objects } objet.
   *[other] dans { $objects } objets.
}
would-close = { $n ->
    [one] La mesure suivante doit fermer { $shown } constat.
   *[other] La mesure suivante doit fermer { $shown } constats.
}
only-removed = { $n ->
    [one] { $shown } valeur disparaît sans remplacement.
   *[other] { $shown } valeurs disparaissent sans remplacement.
}
more-objects = { $n ->
    [one] Un autre objet est dans le fichier.
   *[other] { $shown } autres objets sont dans le fichier.
}
changes-nothing = Rien ne peut être modifié sans la décision d’une personne.
left-to-people = { $n ->
    [one] { $shown } valeur reste à décider ; le tableau de relecture recueille la décision :
   *[other] { $shown } valeurs restent à décider ; le tableau de relecture recueille les décisions :
}
reviewed = Tableau relu
reviewed-hint = Si le tableau de relecture a été parcouru : ce qu’il accepte est approuvé, et rien d’autre.
reviewed-needed = Écrivez les valeurs dans le tableau de relecture, acceptez-les là, puis remettez-le ici.
note = Remarque
approval-keeps = L’approbation conserve les modifications et leur annulation, octet pour octet.
approve = Approuver le correctif
step-approve = Approuver
approved-fixes = Correctifs approuvés
approved-by = Approuvé par
taken-back = Retiré le
proved = { $n ->
    [one] { $closed } sur { $all } prouvé fermé
   *[other] { $closed } sur { $all } prouvés fermés
}
still-open = { $n ->
    [one] { $shown } encore ouvert
   *[other] { $shown } encore ouverts
}
no-longer-measured = { $n ->
    [one] { $shown } n’est plus mesuré
   *[other] { $shown } ne sont plus mesurés
}
by-the-run-of = par l’exécution du
part-changes = LDIF
part-undo = Annulation
part-reviewed = Tableau relu
take-back = Retirer
let-stand = Rétablir
pick = Choisir
pick-one = Choisir { $subject }
whole-group-or-ticked = { $n ->
    [one] Pour ce constat
   *[other] Pour les { $n } constats de la règle dans cette liste ; cochez-en pour ceux-là seulement
}
form = Forme du correctif
form-lines = Ce qui change
form-azure = Donnez d’abord à RESOURCE_GROUP le groupe de ressources de la zone.
more-zones = Les zones des autres domaines sont sur leurs propres pages.
seen-title = Où le changement est vu
seen-look = Vérifier s’il est vu partout
seen-reload = Relire
seen-why = Une vérification demande à chaque serveur de noms de la zone et aux résolveurs s’ils montrent ces enregistrements. Elle ne clôt rien : le constat se clôt quand la prochaine mesure le prouve.
seen-closed = Une mesure l’a clos. Une vérification dit si tous les serveurs montrent désormais la même chose.
seen-never = Personne n’a encore vérifié.
seen-everywhere = Vu partout : par { $of ->
    [one] le seul serveur
   *[other] les { $of } serveurs
}
seen-partly = Vu par { $seen ->
    [one] { $seen } serveur
   *[other] { $seen } serveurs
} sur { $of }
seen-silent = Vu par { $seen ->
    [one] { $seen } serveur
   *[other] { $seen } serveurs
} sur { $of } ; tous n’ont pas pu être interrogés
seen-unknown = Indéterminé
seen-not-looked = Pas encore vérifié
seen-looking = Vérification en cours
seen-at = vérifié
seen-until = les caches peuvent garder l’ancienne réponse jusqu’au
seen-ran-out = les caches ont pu garder l’ancienne réponse jusqu’au
seen-unasked = { $n ->
    [one] Serveur de noms qui n’a pas pu être interrogé :
   *[other] Serveurs de noms qui n’ont pas pu être interrogés :
}
seen-more = { $n ->
    [one] Une réponse de plus diffère.
   *[other] { $n } réponses de plus diffèrent.
}
role-authoritative = serveur de noms
role-resolver = résolveur
shows = montre
shows-none = ne montre aucun enregistrement de ce type
shows-unknown = n’a pas répondu :
