engagements = Missions
count = { $n ->
    [one] { $n } mission
   *[other] { $n } missions
}
proven-share = { $proven } responsabilités prouvées sur { $total }
new = Nouvelle mission
hint = Organisation ou mission
continue = Continuer avec { $name }
continue-why = { $blockers ->
    [0] Aucun bloquant
    [one] { $blockers } bloquant
   *[other] { $blockers } bloquants
} et { $failing ->
    [one] { $failing } responsabilité
   *[other] { $failing } responsabilités
} en échec : le plus de toutes vos missions.
continue-only = { $blockers ->
    [0] Aucun bloquant
    [one] { $blockers } bloquant
   *[other] { $blockers } bloquants
} et { $failing ->
    [one] { $failing } responsabilité
   *[other] { $failing } responsabilités
} en échec.
open = Ouvrir la vue d’ensemble
engagement = Mission
proof = Preuve
stands-at = En est à
findings = Constats ouverts
started = Début
all-gates = tous les jalons sont ouverts
no-gates = –
nothing-open = aucun
empty = Aucune mission pour l’instant
empty-why = Une mission est l’intégration d’une organisation : ses responsabilités, ce qui les prouve, et les jalons entre deux phases. L’assistant tient en trois étapes.
empty-member = Vous ne participez encore à aucune mission
empty-member-why = Qui en mène une vous ajoute sur sa page « Cibles et personnes ». Elle apparaît alors ici.
none-found = Aucune mission ne correspond à « { $text } »
none-found-why = La recherche porte sur le nom des organisations et des missions.
show-all = Tout afficher
seats = { $n } postes
lighter = { $n ->
    [one] { $n } plus léger
   *[other] { $n } plus légers
}
