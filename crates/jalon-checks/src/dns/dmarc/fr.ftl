no-policy = aucune politique à juger, voir DMARC-01 et DMARC-02
no-own-policy = le domaine ne publie pas de politique à lui
several-policies = il y a plus d’une politique, voir DMARC-02
unread-policy = ce que demande la politique est illisible, voir DMARC-09 et DMARC-20
meant-policy = un texte devait être la politique, voir DMARC-03, DMARC-04 et DMARC-18
parked-elsewhere = le domaine n’a pas de courrier : DMARC-17 dit ce qu’il faut demander
parked-silent = le domaine n’a pas de courrier, ni rien à en apprendre
not-parked = le domaine reçoit du courrier, ou peut en envoyer

dmarc-none = Ni _dmarc.{ $subject } ni un domaine au-dessus ne publie de politique DMARC : le courrier envoyé en son nom est traité comme un autre.
dmarc-none-remedy = Publiez une politique. Tant que tout ce qui envoie au nom du domaine n’est pas connu, elle observe seulement (p=none), avec une adresse pour les rapports ; durcissez-la quand ils sont sains. Un domaine sans courrier demande aussitôt le refus.
dmarc-several = _dmarc.{ $subject } publie { $count } politiques DMARC ; les destinataires les écartent toutes.
dmarc-several-remedy = N’en gardez qu’une. La plus stricte est proposée ici : vérifiez que ses rapports arrivent là où vous les lisez.
dmarc-misspelt = Le texte « { $observed } » à { $name } devait être une politique DMARC : il ne commence pas par v=DMARC1 et un point-virgule, à la lettre près, et les destinataires l’ignorent.
dmarc-misspelt-remedy = Corrigez son début, ou retirez-le si une autre politique s’applique.
dmarc-misplaced = Une politique DMARC de { $subject } figure à { $name }, où personne ne la cherche.
dmarc-misplaced-remedy = Sa place est à _dmarc.{ $subject } ; bien des formulaires ajoutent eux-mêmes le domaine, il suffit alors de saisir « _dmarc ».
dmarc-spf = Un enregistrement SPF figure à { $name }, où seule la politique DMARC a sa place : personne ne le lit.
dmarc-spf-remedy = Retirez-le ; l’enregistrement SPF a sa place à { $subject } même.
dmarc-shifted = Quelque chose précède la politique DMARC à { $name }, ne serait-ce qu’une espace : les destinataires ignorent « { $observed } ».
dmarc-shifted-remedy = Retirez ce qui précède v=DMARC1.
dmarc-unrelated = À { $name } figure un texte sans rapport avec DMARC : « { $observed } ».
dmarc-unrelated-remedy = Retirez-le, ou faites en sorte qu’un enregistrement générique ne réponde pas pour ce nom.
dmarc-unread = Dans la politique DMARC de { $subject }, « { $observed } » au caractère { $place } n’est pas une balise avec sa valeur : les destinataires l’ignorent.
dmarc-unread-remedy = Corrigez-le, ou retirez-le.
dmarc-unknown-tag = Dans la politique DMARC de { $subject }, « { $observed } » au caractère { $place } est une balise que DMARC ne connaît pas : les destinataires l’ignorent.
dmarc-unknown-tag-remedy = Corrigez son nom, qui s’écrit en minuscules, ou retirez-la.
dmarc-odd-value = Dans la politique DMARC de { $subject }, « { $observed } » au caractère { $place } a une valeur que DMARC ne connaît pas : les destinataires s’en tiennent à celle par défaut.
dmarc-odd-value-remedy = Corrigez la valeur, ou retirez la balise.
dmarc-removed = Dans la politique DMARC de { $subject }, « { $observed } » emploie une balise supprimée de DMARC : seuls les destinataires restés à l’ancienne norme la lisent encore.
dmarc-removed-remedy = Retirez-la. Si une part du courrier (pct) devait servir à essayer la politique, c’est désormais t=y qui le fait.
dmarc-repeated = Dans la politique DMARC de { $subject }, « { $observed } » au caractère { $place } répète une balise : les destinataires peuvent écarter toute la politique.
dmarc-repeated-remedy = N’en gardez qu’une. La première est proposée ici : vérifiez que c’est la bonne.
dmarc-unasked = La politique DMARC de { $subject } ne dit pas ce qu’elle demande (p) : comme elle donne une adresse pour les rapports, elle vaut p=none.
dmarc-unasked-remedy = Écrivez ce que vous demandez ; p=none est proposé ici, ce qui ne change rien.
dmarc-unasked-ignored = La politique DMARC de { $subject } ne dit ni ce qu’elle demande (p) ni où vont les rapports : les destinataires l’ignorent.
dmarc-unasked-ignored-remedy = Écrivez ce que vous demandez, et une adresse pour les rapports ; p=none est proposé ici, qui observe seulement.
dmarc-observes = La politique DMARC de { $subject } observe seulement (p=none) : les destinataires traitent le courrier envoyé en son nom comme un autre.
dmarc-observes-remedy = Quand les rapports ne montrent plus que vos propres expéditeurs, demandez p=quarantine, puis p=reject.
dmarc-open-above = { $subject } n’a pas de politique à lui ; c’est { $tag } de { $from } qui vaut, qui ne demande rien aux destinataires.
dmarc-open-above-remedy = Durcissez { $tag } dans la politique de { $from } quand ses rapports sont sains, ou publiez une politique à _dmarc.{ $subject }.
dmarc-open-below = La politique DMARC de { $subject } demande d’agir sur le courrier du domaine, mais non des noms au-dessous ({ $tag }=none) : n’importe qui peut envoyer au nom de l’un d’eux.
dmarc-open-below-remedy = Donnez une politique propre aux noms au-dessous qui envoient du courrier, puis durcissez { $tag } ou retirez-le.
dmarc-unreported = La politique DMARC de { $subject } ne donne aucune adresse pour les rapports (rua) : personne ne voit qui envoie en son nom.
dmarc-unreported-remedy = Ajoutez rua=mailto:… avec une adresse que quelqu’un lit, ou celle d’un service qui le fait.
dmarc-bad-address = Dans la politique DMARC de { $subject }, « { $observed } » au caractère { $place } n’est pas une adresse où envoyer des rapports : il faut mailto:… avec une adresse entière.
dmarc-bad-address-remedy = Écrivez-la comme mailto:rapports@example.com, ou retirez-la.
dmarc-unconsented = Les rapports sur { $subject } doivent aller à { $host }, qui ne dit pas qu’il les accepte : ils ne sont pas envoyés.
dmarc-unconsented-remedy = Demandez à qui gère { $host } de publier « { $line } », ou faites envoyer les rapports à une adresse à vous.
dmarc-unreachable = Les rapports sur { $subject } doivent aller à { $host }, qui ne reçoit pas de courrier.
dmarc-unreachable-remedy = Donnez une adresse dans un domaine qui reçoit du courrier.
dmarc-many-addresses = La politique DMARC de { $subject } donne plus de deux adresses dans « { $observed } » : les destinataires peuvent n’en servir que deux.
dmarc-many-addresses-remedy = Gardez les deux qui comptent, et faites suivre les rapports depuis l’une d’elles.
dmarc-sized = Dans la politique DMARC de { $subject }, « { $observed } » limite la taille des rapports, ce dont les destinataires ne tiennent plus compte.
dmarc-sized-remedy = Retirez le point d’exclamation et ce qui le suit.
dmarc-odd-failures = Dans la politique DMARC de { $subject }, « { $observed } » a une autre valeur que 0, 1, d et s.
dmarc-odd-failures-remedy = Corrigez-la, ou retirez-la.
dmarc-idle-failures = Dans la politique DMARC de { $subject }, « { $observed } » dit quand signaler les échecs, mais aucune adresse n’est donnée pour cela (ruf) : elle est ignorée.
dmarc-idle-failures-remedy = Retirez-la, ou donnez une adresse pour les rapports d’échec.
dmarc-parked = { $subject } ne reçoit ni n’envoie de courrier, mais sa politique DMARC, qui vient de { $from }, ne demande pas de refuser tout courrier en son nom et en celui des noms au-dessous.
dmarc-parked-remedy = Demandez p=reject, sans exception : il n’y a aucun courrier à perdre.
dmarc-tested = La politique DMARC de { $subject } est à l’essai (t=y) : de p={ $asked }, les destinataires font p={ $applied }.
dmarc-tested-remedy = Quand les rapports sont sains, retirez t=y.
dmarc-unknown-policy = Dans la politique DMARC de { $subject }, « { $observed } » au caractère { $place } demande quelque chose que DMARC ne connaît pas : comme elle donne une adresse pour les rapports, toute la politique vaut p=none.
dmarc-unknown-policy-remedy = Écrivez none, quarantine ou reject.
dmarc-unknown-policy-ignored = Dans la politique DMARC de { $subject }, « { $observed } » au caractère { $place } demande quelque chose que DMARC ne connaît pas, et aucune adresse n’est donnée pour les rapports : les destinataires ignorent toute la politique.
dmarc-unknown-policy-ignored-remedy = Écrivez none, quarantine ou reject, et donnez une adresse pour les rapports.
