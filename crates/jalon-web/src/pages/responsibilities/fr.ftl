applying = { $n ->
    [one] { $n } applicable
   *[other] { $n } applicables
}
proven = { $n ->
    [one] { $n } prouvée
   *[other] { $n } prouvées
}
left-out = { $n ->
    [one] { $n } écartée
   *[other] { $n } écartées
}
show-all = Tout afficher
empty = Rien ici
empty-view = Aucune responsabilité n’est dans cette vue en ce moment.
empty-filter = Aucune responsabilité ne répond aux filtres.
group-proven = { $proven }/{ $total } prouvées
all-phases = Toutes les phases
gate-open = Jalon : ouvert
gate-blocked = Jalon : bloqué, prévu le { $date }
gate-later = Jalon : prévu le { $date }
gate-none = Sans jalon
key-move = parcourir
key-filter = filtrer
responsibility = Responsabilité
state = État de la preuve
side = Partie
requirements = Exigences
valid-until = Valable jusqu’au
owner = Responsable
due = Échéance
derived = dérivée
optional = facultative
legacy = obsolète
role = Rôle proposé par le catalogue : { $role }
search-hint = Titre, identifiant, exigence
filter-is = { $name } : { $value }
across = Transverse
phase = Phase
state-short = État
workstream = Chantier
nobody = Personne
group-by = Grouper par
id = Identifiant
source = Source
regressed = Régressée
met = Exigences remplies
asked = Exigences demandées
file-name = responsabilites.csv
