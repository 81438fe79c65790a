targets = Cibles et personnes
measured = mesuré
never = pas encore mesuré
seen-from = vu depuis { $vantage }
reload = Relire
measure = Mesurer
failed = La dernière exécution n’a rien donné le
failed-below = Ce qui suit vient de l’exécution précédente.
doubt = Tout n’a pas pu être établi :
mend = Corriger ce qui ne va pas : { $n ->
    [one] un constat ouvert
   *[other] { $n } constats ouverts
}
mend-why = Chacun a son correctif ; la mesure qui suit clôt le constat.
mend-act = Ouvrir les correctifs
well = Tout ce qui a été mesuré est conforme
well-why = La mesure est refaite d’elle-même.
empty = Rien n’a encore été mesuré
empty-why = La première mesure dit ce qui s’y trouve et ce qui ne va pas.
again = Mesurer à nouveau
again-why = La dernière exécution n’a pas pu trancher : elle n’a rien ouvert ni clos.
since = Mesuré depuis
connect = Joint à l’adresse
next-at = Prochaine mesure
next-now = dès que possible
next-never = seulement sur demande.
schedule = Planification
expiry = Première échéance
seen = Ce qui a été vu
seen-all = Tout ce qui a été vu
seen-directory = Ce que l’annuaire dit de sa forêt se trouve avec l’environnement.
more = et { $n } de plus
more-addresses = { $n ->
    [one] Une adresse de plus a été examinée.
   *[other] { $n } adresses de plus ont été examinées.
}
some-address = Adresse inconnue
nothing-seen = Rien n’a été vu :
names = Noms
issuer = Émis par
valid-from = Valable dès le
valid-until = Fin
key = Clé
protocols = Protocoles
findings = { $n ->
    [0] Aucun constat ouvert
    [one] Un constat ouvert
   *[other] { $shown } constats ouverts
}
in-the-list = Dans la liste de remédiation
no-finding = Rien ne cloche, pour autant que cela ait pu être établi.
more-findings = { $n ->
    [one] Un de plus est dans la liste de remédiation.
   *[other] { $n } de plus sont dans la liste de remédiation.
}
waived-until = dérogé jusqu’au
zone = Ce que sa zone doit devenir : { $n ->
    [0] rien ne peut être changé tel quel
    [one] un jeu d’enregistrements change
   *[other] { $n } jeux d’enregistrements changent
}
zone-why = Les correctifs de tous ses constats, réunis sans qu’aucun n’en contredise un autre.
zone-follow = Où chacun est vu
zone-forms = La même chose en fichier
history = Historique
no-run = Aucune exécution pour l’instant.
course = De { $from } à { $to } constats en { $n } exécutions.
course-same = { $to ->
    [one] Un constat, comme à la première des { $n } exécutions.
   *[other] { $to } constats, comme à la première des { $n } exécutions.
}
course-well = { $n ->
    [one] Rien à corriger en une exécution.
   *[other] Rien à corriger en { $n } exécutions.
}
course-gaps = { $n ->
    [one] Une exécution de plus n’a pas pu trancher.
   *[other] { $n } exécutions de plus n’ont pas pu trancher.
}
course-unknown = { $n ->
    [one] Une exécution, qui n’a pas pu trancher.
   *[other] { $n } exécutions, dont aucune n’a pu trancher.
}
when = Quand
result = Résultat
found = Constats
opened = Ouverts
closed = Clos
asked-by = Demandé par
