# Les erreurs : quoi, où, que faire.
file-unavailable = impossible d’ouvrir { $path } : { $error } ; vérifiez le nom et vos droits
file-too-large = { $path } dépasse { $limit } octets ; indiquez un fichier plus petit
bad-target = ligne { $line } : { $what } ; les autres lignes sont mesurées
output-exists = { $path } existe déjà ; indiquez un autre fichier, ou reprenez celui-ci : --resume
output-foreign = { $path }, ligne { $line } : ce n’est pas le document d’un contrôle ; indiquez le fichier d’un passage précédent
malformed-file = { $path }, ligne { $line } : { $what } ; corrigez-la
tenant-records = { $path }, ligne { $line } : { $what } ; enregistrez ce que Microsoft Graph répond à GET /domains/DOMAINE/serviceConfigurationRecords ou …/verificationDnsRecords
unusable-entry = { $path }, ligne { $line } : { $what }
input = ligne { $line } : { $what } ; { $remedy }
settings = { $what } ; { $remedy }
cancelled = l’exécution a été annulée
password-prompt = Mot de passe de { $name } :{" "}
password-missing = pas de mot de passe pour { $name } ; indiquez son fichier avec { $flag }, ou définissez { $variable }
password-empty = le mot de passe de { $name } est vide ; corrigez le fichier ou { $variable }
directory-unavailable = { $error } ; vérifiez l’adresse, le nom et ses droits
directory-remedy = vérifiez l’adresse, le nom et ses droits
directory-unprotected = Le mot de passe va sans protection à { $address } : utilisez ldaps:// ou --start-tls.
bad-roots = { $path } : { $error } ; donnez des certificats en PEM
file-exists = { $path } existe déjà et n’est pas remplacé ; indiquez un autre fichier, ou déplacez celui-ci
not-found = rien de tel ici ; voyez `jalon engagement list`
forbidden = il manque la permission « { $permission } » ; agissez au nom de quelqu’un qui l’a avec --as ADRESSE
output-refused = impossible d’écrire le résultat : { $error } ; faites de la place ou indiquez un autre endroit
no-runtime = le système n’accorde ni fils ni descripteurs : { $error } ; fermez d’autres programmes ou relevez les limites
store-in-use = { $error } ; arrêtez l’autre programme (`jalon serve` garde son dossier tant qu’il tourne) ou indiquez un autre dossier avec --data
store-newer = { $error } ; mettez le programme à jour
store-unreachable = { $error } ; vérifiez l’adresse, le réseau et que le serveur tourne
store-full = { $error } ; faites de la place et recommencez, rien n’est perdu
store-busy = { $error } ; recommencez
store-broken = { $error } ; restaurez une sauvegarde, ou signalez-le avec ce que vous avez fait
unknown-id = rien dans le catalogue ne s’appelle « { $id } » ; voyez `jalon catalogue list` et `jalon catalogue list --bullets`
catalogue-unloadable = le catalogue de { $place } est illisible : { $first }{ $others ->
    [0] {""}
   *[other] {" "}(et { $others } de plus)
} ; `jalon catalogue validate` dit tout

# Le catalogue.
catalogue-holds = catalogue { $version } : { $bullets } alinéas sources, { $duties } responsabilités ; tout se tient
no-difference = aucune différence

# Un contrôle.
check-headline = { $target } · { $family } : { $outcome }
check-rules = Sur { $rules } règles, { $pass } { $pass ->
    [one] conforme
   *[other] conformes
}, { $fail } en échec, { $inconclusive } { $inconclusive ->
    [one] indéterminée
   *[other] indéterminées
}, { $idle } sans objet.
check-findings = { $n ->
    [one] Un constat
   *[other] { $n } constats
} : { $weights }.
check-objects = { $n ->
    [one] Un constat
   *[other] { $n } constats
} sur { $objects ->
    [one] un objet
   *[other] { $objects } objets
} parmi { $judged } ({ $share }) : { $weights }.
dmarc-headline = { $target } · DMARC : { $result }
dmarc-none = aucune politique
dmarc-unknown = indéterminé
dmarc-step-policy = { $name } : { $record }
dmarc-step-several = { $name } : { $n } politiques, dont les destinataires n’appliquent aucune ({ $record })
dmarc-step-nothing = { $name } : aucune politique
dmarc-step-unanswered = { $name } : { $reason }
dmarc-own = L’enregistrement de { $from } vaut ; sa balise { $tag } demande { $asked }.
dmarc-above = L’enregistrement de { $from } vaut, le plus proche au-dessus ; sa balise { $tag } parle de { $target } et demande { $asked }.
dmarc-tested = Il est à l’essai (t=y) : les destinataires appliquent { $applied }.
dmarc-as-none = Ce qu’il demande est illisible : les destinataires appliquent { $applied } et envoient des rapports.
dmarc-ignored = Ce qu’il demande est illisible : les destinataires n’en appliquent rien et traitent le courrier de { $target } à leur gré.
dmarc-gets-none = Le courrier de { $target } dont ni SPF ni DKIM ne se porte garant est livré comme avant ; seuls des rapports en parlent.
dmarc-gets-quarantine = Le courrier de { $target } dont ni SPF ni DKIM ne se porte garant est à traiter comme suspect.
dmarc-gets-reject = Le courrier de { $target } dont ni SPF ni DKIM ne se porte garant est à refuser.
dmarc-nothing = Aucune politique ne vaut : les destinataires traitent le courrier de { $target } à leur gré.
dmarc-open = On ne peut dire quelle politique vaut pour { $target } : { $why }.
spf-headline = { $target } · { $ip } · SPF : { $result }
spf-tree-headline = { $target } · SPF : { $lookups } recherches sur 10, dont { $voids } vaines sur 2
spf-record = { $domain } : { $record }
spf-no-record = { $domain }
spf-outcome-match = correspond
spf-outcome-no-match = ne correspond pas
spf-outcome-error = indéterminé
spf-outcome-none = sans résultat
spf-outcome-neutral = neutre (neutral)
spf-outcome-pass = autorisé (pass)
spf-outcome-fail = refusé (fail)
spf-outcome-softfail = sans doute refusé (softfail)
spf-outcome-temperror = erreur temporaire (temperror)
spf-outcome-permerror = erreur permanente (permerror)
spf-found = trouvé : { $found }
spf-lookups = { $n ->
    [one] une recherche
   *[other] { $n } recherches
}
spf-voids = { $n ->
    [one] une vaine
   *[other] { $n } vaines
}
spf-wrong = caractère { $at }, « { $piece } » : { $problem }
spf-explanation = Ce que le domaine dit à qui est refusé : { $text }
spf-advice = Publié à la place, cet enregistrement coûte { $lookups } recherches ; il écrit en toutes lettres les réseaux de { $names }, dont il faut ensuite suivre les changements :
check-suppressed = { $n ->
    [one] Un constat accepté
   *[other] { $n } constats acceptés
} jusqu’au { $until } : { $reason } ({ $path }, ligne { $line })
check-more = … et { $n } de plus : voyez-les avec --limit 0, ou en --format csv
check-summary = { $targets ->
    [one] Une cible
   *[other] { $targets } cibles
} : { $pass } conformes, { $fail } en échec, { $inconclusive } indécises, { $refused } non mesurées. { $resumed ->
    [0] { $seconds } s, { $rate } par seconde.
    [one] Une d’un passage précédent ; { $seconds } s, { $rate } par seconde.
   *[other] { $resumed } d’un passage précédent ; { $seconds } s, { $rate } par seconde.
}
propagation-everywhere = { $domain } montre la même chose partout ({ $of } réponses).
propagation-partly = { $domain } ne montre pas à coup sûr la même chose partout : { $seen } réponses sur { $of } concordent.
propagation-seen = { $seen } sur { $of }
propagation-absent = aucun enregistrement
propagation-until = Les caches qui montrent autre chose l’oublient au plus tard le { $until }.
propagation-unasked = { $server }, serveur de noms de { $domain } : toutes ses adresses ne sont pas connues, il n’a donc pas été interrogé partout
propagation-nobody = aucun serveur de noms de { $domain } n’est connu : seuls des résolveurs ont été interrogés
propagation-nothing = { $domain } ne publie rien de ce que le contrôle regarde ; nommez un enregistrement avec --record
check-fix = { $rule } { $subject } : { $remedy }
count-blocker = { $n ->
    [one] un bloquant
   *[other] { $n } bloquants
}
count-major = { $n ->
    [one] un majeur
   *[other] { $n } majeurs
}
count-minor = { $n ->
    [one] un mineur
   *[other] { $n } mineurs
}
count-info = { $n } info

# Une correction.
fix-nothing = Rien à changer.
fix-dns-nothing = Aucun enregistrement à changer.
fix-dns-doubts = { $n ->
    [one] Une règle n’a pas pu être jugée
   *[other] { $n } règles n’ont pas pu être jugées
} : ce qu’elle changerait n’est pas dans le plan. Voyez pourquoi avec jalon check dns.
fix-dns-left = Laissé de côté : { $rule }, { $reason }
fix-dns-dry = Rien n’est changé. Pour changer { $zone } sur { $server }, ajoutez --apply.
fix-dns-made = { $zone } est changée, et son serveur primaire le montre. Les autres serveurs et les caches suivent : jalon check propagation
fix-dns-undo = Pour l’annuler : { $command }
fix-dns-server = { $server } : { $what } ; indiquez le serveur primaire de la zone
fix-dns-changed = { $what } : rien n’a été changé ; préparez le changement à nouveau
fix-dns-refused = { $what } : rien n’a été changé ; voyez sa clé (--update-key) et ce que le serveur lui laisse changer
fix-dns-unwritable = { $what } : rien n’a été changé ; faites ce changement à la main
fix-dns-unreachable = { $what } : rien n’a été changé ; vérifiez l’adresse et le port
fix-dns-unconfirmed = { $what } : regardez la zone avant de réessayer
fix-dns-unseen = le serveur a accepté le changement, mais ne le montre pas pour { $kind } { $name } : regardez la zone
bad-update-key = { $path } : { $what } ; indiquez une clé telle que tsig-keygen la fait
nothing-named = indiquez un domaine, ou un plan avec --plan
fix-planned = { $objects ->
    [one] Un objet
   *[other] { $objects } objets
} à changer, { $values ->
    [one] une valeur
   *[other] { $values } valeurs
}.
fix-undecided = { $n ->
    [one] Une valeur est laissée
   *[other] { $n } valeurs sont laissées
} à la décision de quelqu’un :
fix-undecided-reason = { $n } · { $reason }
fix-undecided-row = { $rules } { $dn } { $attribute } « { $value } »
fix-more = … et { $n } de plus : voyez-les avec --limit 0
fix-made = { $n ->
    [one] Un objet changé
   *[other] { $n } objets changés
}, { $before } par le passage précédent, { $already } déjà comme il faut.
fix-left = { $n ->
    [one] Un objet reste
   *[other] { $n } objets restent
} comme avant :
fix-left-row = { $dn } : { $told }
fix-stopped = Arrêté : { $done } objets faits sur { $all }. Continuez avec --resume.
fix-lost = L’annuaire ne répond plus ({ $reason }) : { $done } objets faits sur { $all }. Continuez avec --resume.
fix-undo = Pour défaire : jalon fix apply { $undo } --to { $target }
fix-catalogue = { $from } est un catalogue global, où rien ne peut être changé : les changements vont à { $to }.
fix-not-compared = L’entrée standard ne peut pas être lue deux fois : ce qui est proposé n’a pas été comparé aux valeurs correctes d’autres objets.
fix-needs-target = un export ne peut pas être changé ; indiquez l’annuaire : --apply ldap://HÔTE
fix-without-apply = --journal et --resume concernent des changements qui sont faits ; ajoutez --apply
fix-review = { $path }, ligne { $row } : { $what }{ $others ->
    [0] {""}
   *[other] {" "}(et { $others } autres lignes)
}
fix-not-text = ligne { $line } : une valeur de { $attribute } n’est pas du texte ; retirez l’enregistrement, ou faites-le avec les outils de l’annuaire
stdin-twice = les deux annuaires ne peuvent pas venir de l’entrée standard ; indiquez un fichier pour l’un des deux
join-nobody = personne n’y a d’adresse de messagerie ; voyez --other-base et --other-filter, ou dites avec --attribute comment ses attributs s’appellent
join-unheld = personne n’y a de valeur pour la clé { $key } ; corrigez son nom, ou retirez la clé
join-headline = { $other } : { $people ->
    [one] une personne
   *[other] { $people } personnes
} avec messagerie : { $matched } rapprochées, { $ambiguous } ambiguës, { $missing } manquantes.
join-alone = { $ad } : { $people ->
    [one] un utilisateur ou contact
   *[other] { $people } utilisateurs et contacts
}, { $alone ->
    [0] tous rapprochés ou en question.
    [one] dont un inconnu là-bas.
   *[other] dont { $alone } inconnus là-bas.
}
join-fills = { $n ->
    [one] Une valeur
   *[other] { $n } valeurs
} à renseigner :
join-ambiguous = { $n ->
    [one] Une personne qui peut
   *[other] { $n } personnes qui peuvent
} en être plusieurs, ou n’être pas la seule ; dites qui est qui avec --map :
join-missing = { $n ->
    [one] Une personne
   *[other] { $n } personnes
} qu’Active Directory n’a pas :
join-conflicts = { $n ->
    [one] Une valeur n’est pas prise
   *[other] { $n } valeurs ne sont pas prises
} :
join-unusable = { $n ->
    [one] Une valeur
   *[other] { $n } valeurs
} qu’Active Directory ne peut pas contenir :
journal-exists = { $path } parle d’un passage précédent ; reprenez-le avec --resume, ou indiquez un autre fichier avec --journal
journal-in-use = { $path } est en cours d’utilisation ; attendez que l’autre passage soit terminé
journal-other = { $path } est le journal d’un autre passage ({ $of }) ; indiquez le bon avec --journal

# Les faits d’une forêt.
facts-unread = la forêt est illisible : { $error }
facts-no-forest = ce n’est pas un Active Directory, qui seul a une forêt ; indiquez un contrôleur de domaine
facts-headline = La forêt { $forest }
facts-more = … et { $n } de plus : voyez-les avec --limit 0, ou en --format json
# Les constats acceptés.
suppress-ended = { $path }, ligne { $line } : cette acceptation a pris fin le { $until } et ses constats comptent de nouveau ; renouvelez-la ou retirez-la
suppress-idle = { $path }, ligne { $line } : rien de ce que vise cette acceptation n’a été trouvé ; retirez-la ou corrigez-la

# Les têtes de tableaux.
column-id = id
column-code = code
column-phase = phase
column-section = section
column-workstream = chantier
column-title = titre
column-responsibilities = responsabilités
column-what = quoi
column-detail = détail
column-rule = règle
column-severity = gravité
column-count = nombre
column-targets = cibles
column-inconclusive = indécises
column-record = enregistrement
column-seen = vu par
column-shows = ce qui est montré
column-address = adresse
column-role = rôle
column-serial = numéro de série
column-asks = ce qu’elle demande
column-rules = règles
column-findings = constats
column-objects = objets
column-share = part
column-dn = objet
column-errors = ce qui cloche
column-value = valeur
column-proposed = proposition
column-action = action
column-idle = pourquoi elle ne s’applique pas
column-subject = sujet
column-attribute = attribut
column-message = ce qui ne va pas
column-doubt = ce qui n’a pas pu être établi
column-organisation = organisation
column-name = nom
column-start = début
column-proven = prouvées
column-applicable = applicables
column-open-findings = constats
column-chain = chaîne
column-events = événements
column-outcome = résultat
column-told = où elle est rompue
column-state = état
column-proof = preuve
column-summary = résumé
column-looked-at = examiné
column-found = constaté
column-remedy = que faire
column-domain = domaine
column-site = site
column-until = jusqu’au
column-kind = nature
column-version = version
column-server = serveur
column-why = pourquoi
column-person = personne
column-key = clé
column-confidence = confiance
column-mail = mail

# Où tout est gardé, et au nom de qui.
no-data = il n’y a pas de données Jalon dans { $path } ; indiquez le dossier avec --data, ou commencez par `jalon serve --data { $path }`
not-shared = { $scheme } n’est pas une base que plusieurs processus peuvent partager ; indiquez une base PostgreSQL, postgres://…
worker-needs-database = il faut une base PostgreSQL à un exécutant de plus : un dossier SQLite appartient à un seul processus, et `jalon serve` a le sien ; indiquez la base avec --database postgres://… --files DOSSIER
worker-needs-files = un exécutant lit aussi les pièces jointes ; indiquez leur dossier partagé avec --files DOSSIER
nobody-yet = personne n’est encore connu ici ; lancez `jalon serve`, ouvrez le lien d’installation qu’il affiche, puis recommencez
nobody-called = personne ici n’a l’adresse { $email } ; voyez les personnes de l’instance, ou omettez --as pour agir au nom du premier administrateur
no-such-engagement = aucune mission ne s’appelle « { $id } » ; voyez `jalon engagement list`
several-engagements = « { $id } » a plusieurs missions ; donnez l’identifiant, d’après `jalon engagement list`
no-engagement = Il n’y a pas encore de mission : créez-en une avec `jalon engagement create`, ou dans le navigateur.
engagement-created = { $id } créée ; { $applicable } responsabilités s’appliquent. Lancez `jalon serve` pour la mesurer.

# Servir.
port-in-use = le port { $port } est déjà pris sur { $address } ; arrêtez ce qui y écoute, ou choisissez-en un autre avec --listen (port 0 pour n’importe lequel)
port-forbidden = il est interdit d’écouter sur { $address } : { $error } ; choisissez un port au-dessus de 1023
cannot-listen = impossible d’écouter sur { $address } : { $error } ; choisissez une adresse de cette machine avec --listen
server-ended = le serveur s’est arrêté de lui-même : { $error } ; relancez-le
bad-site = { $error } ; indiquez l’adresse que les navigateurs utilisent avec --public-url
bad-log-filter = `{ $filter }` n’est pas un filtre pour le journal : { $error } ; utilisez error, warn, info, debug ou partie=niveau

# Où en est une mission.
status-headline = { $organisation } · { $name } : { $proven } responsabilités prouvées sur { $applicable }
status-blocked = Ce qui bloque « { $gate } » :
status-findings = { $family } : { $n ->
    [one] un constat
   *[other] { $n } constats
}

# Le docteur.
doctor-entropy = aléa
doctor-assets = ressources
doctor-folder = dossier
doctor-room = place
doctor-store = données
doctor-clock = horloge
doctor-resolver = serveur de noms
doctor-entropy-good = le système donne de l’aléa
doctor-entropy-bad = le système ne donne pas d’aléa utilisable
doctor-entropy-bad-remedy = réparez le système avant d’utiliser Jalon ici : aucun secret ne serait sûr
doctor-assets-embedded = feuilles de style et scripts sont dans le programme ({ $url })
doctor-folder-missing = rien n’existe au-dessus de { $path }
doctor-folder-missing-remedy = indiquez un autre dossier avec --data
doctor-folder-writable = on peut écrire dans { $path }
doctor-folder-unwritable = on ne peut pas écrire dans { $path } : { $error }
doctor-folder-unwritable-remedy = donnez le dossier à l’utilisateur qui lance Jalon
doctor-room-unknown = impossible de dire la place qui reste dans { $path }
doctor-room-none = il ne reste que { $megabytes } Mio dans { $path }
doctor-room-none-remedy = faites de la place maintenant : les changements seront refusés
doctor-room-little = il reste { $megabytes } Mio dans { $path }
doctor-room-little-remedy = faites de la place avant de téléverser de gros exports
doctor-room-enough = { $megabytes } Mio sont libres dans { $path }
doctor-store-absent = { $place } ne contient encore rien ; `jalon serve` y commencera
doctor-store-open = { $place } s’ouvre ; son schéma est { $version }
doctor-store-in-use = { $place } est utilisé, sans doute par `jalon serve`
doctor-store-in-use-remedy = arrêtez-le pour que l’on puisse regarder
doctor-key = clé
doctor-key-fits = la clé { $path } ouvre les secrets gardés ici, { $n ->
    [one] d’une organisation
   *[other] de { $n } organisations
}
doctor-key-exposed = d’autres que son propriétaire peuvent lire la clé { $path }
doctor-key-exposed-remedy = retirez-leur ce droit : chmod 600 sur le fichier
doctor-key-remedy = sans la bonne clé, les mots de passe des annuaires sont perdus : remettez-la depuis la sauvegarde, ou saisissez-les de nouveau
doctor-clock-sane = il est { $now }
doctor-clock-past = l’horloge dit { $now }, avant que ce programme ne soit écrit
doctor-clock-past-remedy = réglez l’horloge : les expirations et les échéances en dépendent
doctor-clock-behind = l’horloge dit { $now }, avant le dernier événement consigné ici
doctor-clock-behind-remedy = réglez l’horloge : les expirations et les échéances en dépendent
doctor-resolver-none = le système n’indique aucun serveur de noms
doctor-resolver-none-remedy = indiquez-en un avec --resolver IP:PORT, à `jalon serve` aussi
doctor-resolver-answers = le serveur de noms { $server } répond
doctor-resolver-silent = le serveur de noms { $server } n’a pas répondu à temps
doctor-resolver-silent-remedy = vérifiez son adresse et le pare-feu ; sans lui, les contrôles des domaines sont indéterminés
doctor-resolver-unreachable = aucun chemin ne mène au serveur de noms { $server }
doctor-resolver-unreachable-remedy = vérifiez son adresse et le réseau ; sans lui, les contrôles des domaines sont indéterminés

# La démonstration.
demo-opening = Ouverture d’Example Nord : serveurs, personnes, onze semaines de travail …
demo-ready = Example Nord est ouvert sur { $address }
demo-link = Entrez au nom de { $name }, une seule fois, par { $link }
demo-end = Ctrl-C y met fin et retire tout.
demo-stage = la démonstration n’a pas pu s’ouvrir : { $error } ; vérifiez que l’on peut écrire des fichiers temporaires et ouvrir des ports de 127.0.0.1
demo-plot = le récit de la démonstration a trébuché : { $error } ; merci de le signaler
demo-approved = Lu et approuvé.
demo-signed = Fait, et vérifié.
demo-decided = Convenu en réunion hebdomadaire.
demo-paper = { $organisation }

    { $requirement }
    { $duty }

    { $good }

    { $day }, { $author }
facts-of-export = une forêt s’interroge en direct : donnez ldap://HÔTE ou ldaps://HÔTE, ou omettez --facts

# Un nouveau certificat.
tls-names = Noms : { $names }
tls-plan = Serait commandé auprès de { $directory }, prouvé par { $proof }. Rien n’a été commandé : ajoutez --apply.
tls-send = Envoyez la demande (.csr) à votre autorité et laissez la clé où elle est ; installez-les avec la chaîne reçue en retour.
tls-install = Installez le certificat (.pem) et sa clé, et faites-les relire au serveur.
tls-publish = Publiez chacun de ces enregistrements, puis appuyez sur Entrée.
tls-unseen = Le certificat en service n’a pas été vu ({ $reason }) : ses noms ne sont pas parmi ceux-ci.
tls-request = la demande n’a pas été faite : { $error }
tls-acme = rien n’a été émis : { $error }
tls-unfetched = l’autorité a la demande et l’a peut-être satisfaite, mais le certificat n’est pas revenu ({ $error }) : la clé et la demande sont gardées
tls-terms = un nouveau compte exige --agree-to-terms
tls-wildcard = { $name } ne se prouve que par le DNS : prenez --dns ou --dns-hook
