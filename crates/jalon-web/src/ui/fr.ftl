running = En cours
regressed = Régressée
regressed-on = Régressée le { $date }
back-since = De retour depuis le { $date }
assign = Affecter
nobody = Personne
next-step = Prochaine étape
undo = Annuler
views = Vues
filters = Filtres
filter = Filtrer
filter-by-text = Filtrer par texte
remove-filter = Retirer le filtre { $name }
more-actions = Autres actions
pages = Pages
previous = Précédent
next = Suivant
copy = Copier
copied = Copié
seconds = { $n } s
minutes = { $n } min
hours = { $n } h
days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
ago = il y a { $span }
in = dans { $span }
just-now = à l’instant
days-late = { $n ->
    [one] un jour de retard
   *[other] { $n } jours de retard
}
until = jusqu’au { $date }
no-end = sans date de fin
expired = périmée
contradicted = contredite
unknown = inconnue
proven-of = { $proven } prouvées sur { $total }
by-machine = par une machine
by-people = par des personnes
accepted-gap = écart accepté
no-proof = sans preuve
figures = Voir les chiffres
progress-title = Avancement prouvé et prévision
progress-desc = { $proven } responsabilités prouvées sur { $total } au { $date }, { $claimed } déclarées sans preuve.
progress-forecast = Prévision le { $date }.
progress-target = Objectif le { $date }.
week-of = Semaine du
proven = Prouvées
claimed = Déclarées sans preuve
applies = Applicables
n-proven = { $n } prouvées
n-claimed = + { $n } déclarées
n-apply = { $n } applicables
target = objectif { $date }
today = aujourd’hui
expiry-label = Preuves qui expirent : { $past } périmées, puis par semaine { $weeks }
expiry-past = périmé
expiry-week = Semaine
expiry-count = Expirent
phases = Phases et jalons
you-are-here = vous êtes ici
skip = Aller au contenu
search-or-act = Rechercher ou agir
nav-engagement = Mission
nav-all = Toutes les missions
nav-overview = Vue d’ensemble
nav-responsibilities = Responsabilités
nav-remediation = Remédiation
nav-checks = Contrôles
nav-environment = Environnement
nav-gates = Jalons
nav-calendar = Calendrier
nav-unread = { $n ->
    [one] { $shown } non lu
   *[other] { $shown } non lus
}
nav-audit = Journal d’audit
nav-engagements = Missions
breadcrumb = Fil d’Ariane
theme = Thème : { $theme ->
    [light] clair
    [dark] sombre
   *[auto] automatique
}
sign-out = Se déconnecter
palette = Rechercher ou agir
palette-go = Aller à
palette-search = Chercher dans les responsabilités
palette-move = pour parcourir
palette-open = pour ouvrir
keys-off = Désactiver les raccourcis à une touche
keys-on = Activer les raccourcis à une touche
more-places = Autres pages
course-label = Constats par exécution, la plus ancienne d’abord : { $list }
course-gap = indéterminé
