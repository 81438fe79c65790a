seats = { $n } postes
started = démarrée le { $date }
starts = démarre le { $date }
week = semaine { $n }
target = objectif { $date }
catalogue = catalogue { $version }
run-checks = Lancer les contrôles
targets = Cibles et personnes
see-checks = Contrôles
gate-open = Ouvert
gate-open-waived = Ouvert, { $n ->
    [one] { $n } écart accepté
   *[other] { $n } écarts acceptés
}
gate-blocked = Bloqué
gate-planned = Prévu { $date }
gate-was-planned = Prévu { $date }, pas encore ouvert
phase-off = Ne fait pas partie de cette mission
across = Toutes phases confondues
proven-of = { $proven }/{ $total } prouvées
blocks = Ce qui bloque le jalon { $n }, « { $gate } »
open-gate = Voir le jalon
all-open = Tous les jalons sont ouverts
all-open-detail = Tout ce qui s’applique est prouvé. Une preuve se périme : continuez de mesurer.
state-of-proof = État de la preuve
left-out = { $n ->
    [one] { $n } non applicable, écartée du total.
   *[other] { $n } non applicables, écartées du total.
}
pace-done = Tout ce qui s’applique est prouvé
pace-late = À ce rythme, fin le { $date } : { $gap } après l’objectif
pace-early = À ce rythme, fin le { $date } : { $gap } avant l’objectif
pace-on-time = À ce rythme, fin le { $date }, jour de l’objectif
pace-no-target = À ce rythme, fin le { $date }
pace-none = Pas encore de rythme
gap-days = { $n ->
    [one] un jour
   *[other] { $n } jours
}
gap-weeks = { $n } semaines
pace-by-week = Responsabilités prouvées, par semaine.
pace-range = Fourchette : du { $early } au { $late }.
pace-none-detail = Rien n’a été prouvé ces dernières semaines : aucune date ne peut être annoncée. La courbe commence à la première preuve.
drift = Dérive des sept derniers jours
drift-all = Tout
drift-none = Aucun état n’a changé ces sept derniers jours.
findings = { $n ->
    [0] Aucun constat ouvert
    [one] { $n } constat ouvert
   *[other] { $shown } constats ouverts
}
fixed = { $n } clos par une mesure
accepted = { $n ->
    [one] { $n } dérogé
   *[other] { $n } dérogés
}
family = Contrôle
total = Total
last-measured = Dernière mesure
never-measured = pas encore
holding = { $n ->
    [one] Un seul, bloquant ou majeur, retient
   *[other] { $shown } d’entre eux, bloquants et majeurs, retiennent
} le jalon « { $gate } » ; les autres se corrigent au fil de l’eau.
not-measured = Rien n’a encore été mesuré
not-measured-detail = Les constats apparaissent au premier contrôle : les machines mesurent le DNS, les certificats et l’annuaire.
open-checks = Ouvrir les contrôles
freshness = Fraîcheur des preuves
renewals = À renouveler
renew = { $n ->
    [one] { $n } à renouveler d’ici sept jours
   *[other] { $n } à renouveler d’ici sept jours
}, dont { $expired ->
    [one] { $expired } déjà périmée
   *[other] { $expired } déjà périmées
}. Fin de validité par semaine :
nothing-ends = Aucune preuve ne se périme d’ici huit semaines.
lasting = { $n ->
    [one] { $n } exigence est satisfaite plus longtemps, ou sans date de fin.
   *[other] { $n } exigences sont satisfaites plus longtemps, ou sans date de fin.
}
changed = Ce qui a changé
changed-all = Tout
changed-none = Rien de ce qui allait bien n’a dérivé.
coming = Prochaines échéances
coming-all = Calendrier
coming-none = Rien ne prend fin ni n’arrive à échéance.
