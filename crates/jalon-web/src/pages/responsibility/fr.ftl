across = Transverse
measure = Mesurer
why-open = Pourquoi elle est ouverte
why-claimed = La preuve qui manque
why-waived = Ce que couvre la dérogation
left-out = Hors de cette mission :
add-target = Ajouter : { $what }
open-checks = Ouvrir les contrôles
see-what-fails = Voir ce qui échoue
see-what-is-asked = Voir ce qui est demandé
see-what-was-handed-in = Voir ce qui a été remis
open-it = L’ouvrir
requirements = Exigences de preuve
all-hold = prouvée si toutes tiennent
n-findings = { $n ->
    [one] { $n } constat
   *[other] { $n } constats
}
by-check = Mesurée : toutes les règles de
by-rules = { $n ->
    [one] Mesurée : règle
   *[other] Mesurée : règles
}
by-deliverable = Un document, approuvé par : { $roles }
by-meeting = Le compte rendu d’une réunion, approuvé par : { $roles }
by-register = Un registre tenu à jour, approuvé par : { $roles }
by-sign-off = Signature : { $role }
by-sign-off-file = Signature, avec un fichier : { $role }
more-findings = { $n ->
    [one] Un autre constat
   *[other] { $n } autres constats
}
see-the-fixes = Voir les correctifs
not-shown = et { $n } autres là-bas
what-it-is = Ce que c’est, en une phrase
file = Fichier
file-hint = Au plus { $size }. Quelqu’un d’autre doit l’approuver.
hand-in = Remettre
attach = Joindre un fichier
file-first = Pour approuver, il faut d’abord qu’un fichier soit remis
sign-off = Signer
approve = Approuver
refuse = Refuser
sign-or-refuse = Signer ou refuser
approve-or-refuse = Approuver ou refuser
note = Ce que vous avez vu, ou ce qui manque
note-hint = Gardé avec votre nom et l’heure.
earlier = { $n ->
    [one] Une mesure antérieure
   *[other] { $n } mesures antérieures
}
run = exécution
seen-from = vu depuis { $vantage }
handed-in-by = remis par { $name }
approved-by = Approuvé par { $name }
refused-by = Refusé par { $name }
somebody = quelqu’un qui est parti
size-mib = { $n } Mo
size-kib = { $n } ko
size-bytes = { $n } octets
is-claimed = Déclarée faite. Une déclaration n’ouvre aucun jalon.
is-waived = L’écart est accepté. Le procès-verbal du jalon le nomme.
is-excluded = Écartée comme non applicable.
decided-by = Par
decided-until = Jusqu’au
ticket = Ticket
approver = Approuvée par
take-back = Retirer
other-ways = Autres issues
price = Une déclaration n’ouvre pas le jalon ; une dérogation l’ouvre, et le procès-verbal du jalon la nomme.
claim = Déclarer faite
claim-reason = Où chercher la preuve
claim-hint = Facultatif. Ce que vous avez fait, et où cela se voit.
waive = Demander une dérogation
waiver-reason = Pourquoi l’écart est accepté
reason-hint = Au moins dix caractères : d’autres en jugent.
until = Jusqu’au
until-hint = Dernier jour, dans un an au plus. Ensuite elle se rouvre.
ticket-hint = Où cela a été discuté, le cas échéant.
approver-hint = Qui a accepté le risque, si ce n’est pas vous.
exclude = Non applicable
exclusion-reason = Pourquoi elle ne s’applique pas
who = Qui
owner = Responsable
due = Échéance
proposed = (proposée)
role = Rôle proposé par le catalogue : { $role }
change-who = Changer responsable et échéance
raci-caption = Rôles du programme
raci-meaning = Réalise, approuve, consulté, informé
role-head = Rôle
side = Partie
source = Ce que dit la source
more-bullets = { $n ->
    [one] Un autre alinéa
   *[other] { $n } autres alinéas
}
good = Bon résultat :
proof = Ce qui le prouve :
divergence = Les deux langues de la source se contredisent :
depends-on = Dépend de
children = Composée de
needed-by = Attendue par
gates = { $n ->
    [one] Jalon
   *[other] Jalons
}
history = Historique
no-history = Rien n’a changé depuis le début de la mission.
choose-file = choisissez un fichier à remettre
pass-of = { $n } sur { $all } conformes :
