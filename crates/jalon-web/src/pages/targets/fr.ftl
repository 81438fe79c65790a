title = Cibles et personnes
what-for = ce que mesurent les machines, et qui participe
next-measure = Mesurer { $n ->
    [one] la cible
   *[other] les { $n } cibles
}
next-measure-why = Chaque cible est mesurée par les règles de sa famille ; ce qui tient devient une preuve de soi-même.
next-measure-act = Ouvrir les contrôles
next-add = Indiquer ce qu’il faut mesurer
next-add-why = Un domaine, un point d’accès ou un export d’annuaire : les machines prouvent alors ce qu’elles peuvent.
none-dns = Aucun domaine pour l’instant.
none-tls = Aucun point d’accès pour l’instant.
none-directory = Aucun annuaire pour l’instant.
findings = { $n ->
    [0] aucun constat ouvert
    [one] { $n } constat ouvert
   *[other] { $shown } constats ouverts
}
measured = mesuré { $ago }
never-measured = pas encore mesuré
remove = Retirer
remove-named = Retirer { $value }
remove-why = { $n ->
    [0] { $value } ne sera plus mesuré. Son historique reste.
    [one] { $value } ne sera plus mesuré, et { $n } constat ouvert quitte la liste. Son historique reste.
   *[other] { $value } ne sera plus mesuré, et { $n } constats ouverts quittent la liste. Son historique reste.
}
remove-act = Ne plus le mesurer
add = Ajouter
domain = Domaine
domain-hint = Comme nord.example.com. Ses enregistrements DNS sont mesurés.
endpoint = Point d’accès TLS
endpoint-hint = HÔTE ou HÔTE:PORT, comme mail.nord.example.com:443. Son certificat est mesuré.
directory = Ou remettre un export
directory-hint = LDIF ou CSV, { $limit } au plus. Un export plus récent est une source de plus : retirez l’ancien.
connect = Connecter un annuaire
connected = Annuaire connecté : mesurez-le, ou attendez son horaire
changed = Connexion modifiée
as-user = en tant que { $user }
anonymously = anonymement
never-read = pas encore lu
full-wanted = lu en entier { $ago } ; la prochaine exécution lit tout
reads-changes = lu en entier { $ago }, et ce qui a changé depuis
reads-all = lu en entier { $ago } ; le serveur ne dit pas ce qui change
acts = Connexion
acts-on = Connexion à { $value }
try = Essayer
read-whole = Tout lire
edit = Modifier
hand-in = Remettre
people = Personnes
person = Personne
access = Accès
role = Rôle
no-role = Aucun rôle
level-viewer = Lit
level-contributor = Travaille
level-lead = Mène
viewer-note = voit tout, ne change rien
contributor-note = remet des preuves, déclare, lance les contrôles ; approuve ce que le rôle approuve
lead-note = en outre affecte, approuve, déroge, et modifie cibles et personnes
invited = invitation en attente
disabled = ne peut plus se connecter
add-person = Ajouter quelqu’un
name = Nom
email = Adresse électronique
email-hint = Une personne déjà connue est ajoutée telle quelle.
file-needed = Choisissez un fichier LDIF ou CSV.
added-target = Cible ajoutée
removed-target = Cible retirée : elle peut être ajoutée de nouveau
added-person = Personne ajoutée : la mission apparaît sur sa page d’accueil
invitation = { $name } participe désormais. Remettez-lui ce lien : il n’est montré que maintenant et sert une fois, pendant sept jours.
already-in = { $email } participe déjà dans ce rôle.
