n-targets = { $n ->
    [one] { $n } cible
   *[other] { $n } cibles
}
n-rules = { $n ->
    [one] { $n } règle
   *[other] { $n } règles
}
reload = Rafraîchir
targets = Cibles
run-all = Tout lancer
run-family = Lancer
every = toutes les { $span }
every-days = tous les { $span }
no-target = Rien à mesurer ici, faute de cible ({ $what }).
add-target = En ajouter une
targets-of = Cibles : { $family }
target = Cible
last-result = Dernier résultat
measured = Mesurée
findings = Constats
acts = Actions
never = jamais mesurée
watch = Suivre
run = Lancer
next = prochaine
next-now = prochaine maintenant
paused = En pause
by-hand = À la main seulement
change = changer
how-often = Fréquence
is-on = active
save = Enregistrer
cancel = Annuler
last-runs = Dernières exécutions
no-runs = Rien n’a encore tourné.
run-head = Contrôle et cible
result = Résultat
found = Constats
asked-by = Demandée par
when = Quand
cancelled = Annulée
broken = N’a pas pu tourner
by-schedule = planification
by-demo = démonstration
by-somebody = à la main
queued = En attente
waits = En attente d’un exécutant libre
steps-of = { $done } étapes sur { $total }
steps = { $n ->
    [one] { $shown } étape
   *[other] { $shown } étapes
}
begins = Démarrage
elapsed = { $span } écoulées
cancel-run = Annuler
run-title = { $family } : { $target }
took = en { $span }
milliseconds = { $n } ms
seen-from = vu depuis { $vantage }
measure-family = Mesurer : { $family }
you-may-leave = Vous pouvez quitter la page : l’exécution continue. Ce qui ne peut être dit sera réessayé, sans ouvrir ni fermer de constat.
was-cancelled = Elle a été annulée. Rien n’a été enregistré.
mend = { $n ->
    [one] Corriger le constat ouvert ici
   *[other] Corriger les { $n } constats ouverts ici
}
mend-why = Chacun a son correctif ; la mesure qui le suit ferme le constat.
open-fixes = Ouvrir les correctifs
all-well = Tout est comme il faut
all-well-why = La prochaine mesure viendra d’elle-même.
again = Mesurer à nouveau
again-why = Rien n’a pu être dit : rien n’a été ouvert ni fermé.
basis = Ce sur quoi elle repose
no-basis = Rien n’a été enregistré.
vantage = Mesuré depuis
sha256 = SHA-256
earlier-runs = Exécutions précédentes
first-run = C’est la première exécution pour cette cible.
rules = Règles
outcome = Résultat
rule = Règle
asks = Ce qu’elle demande
all-rules = Toutes { $n }
retry = À réessayer après
see-the-list = Les voir dans la liste
more-findings = { $n ->
    [one] Un autre constat
   *[other] { $n } autres constats
}
open-findings = Constats ouverts
seen = Ce qui a été vu
questions = Questions et réponses
question = Question
answer = Réponse
absent = pas d’enregistrement
looped = les alias tournent en rond
unknown = personne n’a répondu :
by-way-of = en passant par
yes = oui
no = non
more-entries = { $n ->
    [one] Une autre entrée est dans le document.
   *[other] { $n } autres entrées sont dans le document.
}
document = Le document tel qu’il a été enregistré (JSON)
document-cut = Le document continue : l’API le donne en entier.
