new-engagement = Nouvelle mission
leave = Quitter sans créer
step-scope = Organisation et services
step-domains = Domaines et points d’accès
step-directory = Annuaire et relecture
organisation = Organisation
organisation-hint = Le nom du client. Une organisation déjà connue reçoit une mission de plus.
name = Nom de la mission
name-hint = Celui de l’organisation s’il est vide.
start = Date de début
target = Date visée
target-hint = Facultative. La prévision s’y mesure.
programmes = Programmes
n-bullets = { $n } alinéas source
services = Services retenus
seats = Postes à intégrer
cloud = Nuage
options = Ce qui change la liste
continue-domains = Continuer vers les domaines
continue-directory = Continuer vers l’annuaire
back = Retour
create = Créer la mission
makes = Ce que cela donne
applies = { $n ->
    [one] responsabilité applicable
   *[other] responsabilités applicables
}
left-out = écartées
shares = { $machine } par une machine, { $people } par des personnes
by-machine = prouvables par une machine
by-people = par un document ou une personne
added = Ajoutées par vos choix
n-more = { $title } : { $n } de plus
why-left-out = Écartées, et pourquoi
only-with = { $n } : seulement avec { $condition }
not-with = { $n } : pas avec { $condition }
nothing-left-out = Aucune : tout le catalogue s’applique.
no-programme = Choisissez un programme : ses responsabilités apparaissent ici.
can-change = Les machines en prouvent une part d’elles-mêmes ; documents et personnes prouvent le reste.
refresh = Recalculer
domains = Domaines
domains-hint = Un par ligne, comme nord.example.com. Leurs enregistrements DNS sont mesurés.
endpoints = Points d’accès TLS
endpoints-hint = Un par ligne, comme mail.nord.example.com ou mail.nord.example.com:8443. Leurs certificats sont mesurés.
later = Les deux peuvent rester vides : des cibles s’ajoutent à tout moment.
directory = Export de l’annuaire
directory-hint = LDIF ou CSV, { $limit } au plus ; plusieurs fichiers sont possibles. Facultatif : il peut être remis plus tard.
review = Ce qui sera créé
change = Modifier
none-yet = aucun pour l’instant
n-services = { $n ->
    [0] aucun
    [one] { $n } service
   *[other] { $n } services
}
dates = Dates
from-to = du { $start } au { $target }
from = à partir du { $start }
bad-organisation = Il faut un nom de 1 à 120 caractères.
bad-name = 120 caractères au plus.
bad-start = Il faut une date, comme 2026-11-20.
bad-target = Ce n’est pas une date : écrivez-la comme 2026-11-20, ou laissez vide.
target-before = L’objectif précède le début, le { $start }. Il doit être plus tard.
no-programmes = Choisissez au moins un programme.
bad-seats = « { $raw } » n’est pas un nombre de postes : il faut un nombre entier de 1 à 10 000 000, comme 2 340.
no-seats = Il faut le nombre de postes, comme 2 340.
bad-domain = « { $raw } » n’est pas un nom de domaine : attendu, par exemple, nord.example.com.
bad-endpoint = « { $raw } » n’est pas un point d’accès : attendu HÔTE ou HÔTE:PORT, comme mail.nord.example.com:443.
too-many = { $n } au plus peuvent être donnés ici. Ajoutez les autres sur la page des cibles.
file-too-large = Le fichier dépasse { $limit }. Exportez moins d’attributs, ou divisez-le.
file-empty = « { $name } » est vide. Choisissez de nouveau l’export.
size = { $n } Mio
