title = Préparation de l’annuaire : { $target }
kind = Préparation de l’annuaire
verdict-fail = { $n ->
    [one] { $objects } objet sur { $judged } n’est pas prêt à être synchronisé
   *[other] { $objects } objets sur { $judged } ne sont pas prêts à être synchronisés
}
verdict-light = { $judged } objets peuvent être synchronisés ; { $n ->
    [one] l’un d’eux a un constat qui ne compte pas ici
   *[other] { $objects } d’entre eux ont des constats qui ne comptent pas ici
}
verdict-pass = Les { $judged } objets sont tous prêts à être synchronisés
verdict-inconclusive = { $doubts ->
    [one] Une règle n’a pas pu être jugée : ce rapport en dit moins qu’il ne devrait
   *[other] { $doubts } règles n’ont pas pu être jugées : ce rapport en dit moins qu’il ne devrait
}
verdict-idle = Il n’y avait rien à juger

# La tête.
outcome = Résultat
source = Source
when = Jugé le
took = Durée
profile = Profil
mode = Mode
objects-judged = Objets jugés
objects-flawed = Avec constats
rules = Règles :
private = Ce rapport contient des noms et des adresses de personnes. Gardez-le là où ils ont le droit d’être.
suppressed-count = { $n ->
    [one] un constat accepté n’est pas compté
   *[other] { $count } constats acceptés ne sont pas comptés
}

# Les graphiques.
by-object = Objets selon leur constat le plus grave
by-rule = Ce qui ne va pas
by-error = Où des valeurs sont fautives, et comment
by-unit = Où dans l’annuaire
heaviest = Constat le plus grave
clean = Aucun constat
severity = Gravité
rule = Règle
asks = Ce qu’elle demande
findings-head = Constats
objects-head = Objets
share = Part
bar = Barre
attribute = Attribut
unit = Unité d’organisation
elsewhere = ailleurs

# Règle par règle.
findings = Règle par règle
rule-count = { $n ->
    [one] Un constat
   *[other] { $count } constats
} sur { $m ->
    [one] un objet
   *[other] { $objects } objets
} ({ $share }).
why = Source :
findings-of = Constats de { $rule }
object = Objet
value = Valeur
proposed = Proposition
others = Aussi porté par
more = … et { $count } de plus : --format csv les donne tous.
more-others = et { $count } de plus

# La fin.
suppressed = Acceptés pour un temps
suppressed-why = Ces constats sont vrais et ne comptent pas, parce que quelqu’un les a acceptés jusqu’à un jour donné.
reason = Raison
until = Jusqu’au
written = Écrit dans
line = { $path }, ligne { $line }
doubts = Ce qui n’a pas pu être établi
idle = Ce qui ne s’applique pas
passed = Ce qui est conforme
no-reason = sans raison donnée
