what-it-is = Chaque changement, enchaîné au précédent
verify = Vérifier la chaîne
holds = La chaîne tient.
holds-why = { $n ->
    [one] L’unique événement a été lu : il est tel qu’écrit.
   *[other] Les { $shown } événements ont été lus : aucun n’a été modifié, retiré ni déplacé.
}
broken = La chaîne se rompt à l’événement { $seq }.
broken-why = Comparez avec une sauvegarde antérieure à cet événement.
to-overview = Vers la vue d’ensemble
empty = Rien ici
empty-why = Aucun événement n’est aussi ancien.
number = Nº
time = Heure (UTC)
who-did-what = Qui a fait quoi
details = Détails
hash = Empreinte
events-of = Événements du { $day }
by-itself = Le programme lui-même
show-details = Afficher
