title = Environnement
what-for = ce que les annuaires connectés disent des forêts dont ils font partie
forest = Forêt { $name }
read = lu sur { $name }, { $ago }
more = { $n ->
    [one] et une de plus
   *[other] et { $shown } de plus
}
empty = Aucun annuaire n’est connecté
empty-why = Connectez Active Directory : niveaux, schéma, approbations, contrôleurs de domaine, stratégies et autorités sont alors lus à chaque mesure, jamais saisis.
connect = Connecter un annuaire
unread = Aucune forêt n’a encore été lue
unread-why = Les annuaires connectés n’ont pas encore été mesurés, ou ne sont pas des Active Directory.
measure = Ouvrir les contrôles
