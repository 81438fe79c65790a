no-record = aucun enregistrement SPF à juger, voir SPF-01 et SPF-03
several-records = il y a plus d’un enregistrement SPF, voir SPF-02
misspelt-record = un texte devait être l’enregistrement, voir SPF-03
unread-record = l’enregistrement contient des erreurs et les destinataires n’en appliquent rien, voir SPF-04, 12, 16, 21 et 22
leads-nowhere = il est redirigé là où aucun enregistrement ne s’applique, voir SPF-08 et SPF-10
takes-mail = le domaine ne dit pas qu’il ne reçoit pas de courrier
no-provider = son courrier ne va chez aucun des fournisseurs dont les includes sont connus ici, ou chez celui que juge DNS-004
sends-nothing = l’enregistrement ne laisse personne envoyer

spf-none = { $subject } ne publie aucun enregistrement SPF : rien ne distingue son courrier de celui qu’on envoie en son nom.
spf-none-remedy = Recensez tout ce qui envoie du courrier pour le domaine, puis publiez un seul enregistrement. Celui qui est proposé ici n’autorise qu’Exchange Online.
spf-unlisted = { $subject } ne publie aucun enregistrement SPF : rien ne distingue son courrier de celui qu’on envoie en son nom.
spf-unlisted-remedy = Recensez tout ce qui envoie du courrier pour le domaine, puis publiez un seul enregistrement ; si rien n’en envoie, publiez « v=spf1 -all ».
spf-several = { $subject } publie { $count } enregistrements SPF ; les destinataires y voient une erreur et n’en appliquent aucun.
spf-several-remedy = Remplacez-les par un seul, qui garde ce que chacun autorise.
spf-wrong = L’enregistrement SPF de { $subject } est erroné au caractère { $place }, « { $observed } » : { $problem }. Les destinataires n’en appliquent rien.
spf-wrong-remedy = Corrigez-le à cet endroit ; `jalon check spf { $subject }` montre l’enregistrement avec toutes ses erreurs.
spf-repeated = L’enregistrement SPF de { $subject } inclut un nom une fois de plus, « { $observed } » : cela coûte une recherche et ne change rien.
spf-repeated-remedy = Retirez-le de l’enregistrement.
spf-ptr = L’enregistrement SPF de { $subject } emploie « { $observed } » : c’est lent, et des destinataires peuvent l’ignorer.
spf-ptr-remedy = Désignez plutôt les serveurs par leurs adresses (ip4, ip6) ou leurs noms (a, mx).
spf-behind-all = Dans l’enregistrement SPF de { $subject }, « { $observed } » suit all : rien de ce qui le suit n’est jamais lu.
spf-behind-all-remedy = Retirez-le, ou placez-le avant all s’il doit compter.
spf-redirect-idle = Dans l’enregistrement SPF de { $subject }, « { $observed } » accompagne all : il n’est jamais suivi.
spf-redirect-idle-remedy = Retirez-le, ou retirez all si l’autre enregistrement doit décider.
spf-long = L’enregistrement SPF de { $subject } a { $length } octets ; à partir de 450, les réponses peuvent ne pas tenir dans un datagramme, au-delà de 512 elles n’y tiennent plus.
spf-long-remedy = Retirez ce qui n’envoie plus, ou déplacez-en une partie dans un include.
spf-dear = L’enregistrement SPF de { $subject } coûte { $observed } recherches alors que dix sont permises : les destinataires renoncent et n’en appliquent rien.
spf-dear-remedy = Retirez ce qui n’envoie plus. Un enregistrement proposé ici écrit en toutes lettres les réseaux des includes les plus coûteux, dont il faut ensuite suivre les changements ; `jalon check spf { $subject }` montre ce que coûte chaque branche.
spf-nearly-dear = L’enregistrement SPF de { $subject } coûte { $observed } recherches sur dix : un include de plus, ou un changement chez un fournisseur, peut être de trop.
spf-nearly-dear-remedy = Retirez ce qui n’envoie plus avant d’ajouter quoi que ce soit.
spf-vain = { $observed } recherches de l’enregistrement SPF de { $subject } ne trouvent rien ; dès la troisième, les destinataires peuvent renoncer.
spf-vain-remedy = Retirez les noms qui n’existent plus ; `jalon check spf { $subject }` les montre.
spf-circle = L’enregistrement SPF de { $subject } tourne en rond, par { $observed } : les destinataires épuisent leurs recherches et n’en appliquent rien.
spf-circle-remedy = Retirez l’include ou le redirect qui ramène en arrière.
spf-nothing-behind = L’enregistrement SPF de { $subject } mène à { $observed }, qui ne publie aucun enregistrement SPF : les destinataires y voient une erreur.
spf-nothing-behind-remedy = Retirez ce nom, ou demandez le bon à qui il appartient.
spf-broken-behind = L’enregistrement SPF de { $subject } mène à { $observed }, dont l’enregistrement est erroné ou n’est pas seul : les destinataires y voient une erreur.
spf-broken-behind-remedy = Retirez ce nom tant que son propriétaire ne l’a pas corrigé ; `jalon check spf { $observed }` montre ce qui ne va pas.
spf-none-sends = { $subject } ne publie aucun enregistrement SPF, bien qu’il dise ne pas recevoir de courrier : les destinataires ne peuvent savoir qu’il n’en envoie pas non plus.
spf-none-sends-remedy = Publiez l’enregistrement qui ne laisse personne envoyer.
spf-misspelt = Le texte « { $observed } » de { $subject } devait être un enregistrement SPF : il ne commence pas par v=spf1 et une espace, et les destinataires l’ignorent.
spf-misspelt-remedy = Corrigez son début, ou retirez-le si un autre enregistrement dit qui peut envoyer.
spf-capitals = L’enregistrement SPF de { $subject } commence par « { $observed } » : la norme y permet des majuscules, mais tous les destinataires ne les lisent pas.
spf-capitals-remedy = Écrivez v=spf1 en minuscules.
spf-undecoded = L’enregistrement SPF de { $subject } contient au caractère { $place } des octets qui ne sont pas du texte : les destinataires n’en appliquent rien.
spf-undecoded-remedy = Saisissez l’enregistrement à la main ; de tels octets viennent d’une copie depuis un document.
spf-open = L’enregistrement SPF de { $subject } se termine par « { $ending } », qui ne refuse personne.
spf-open-remedy = Terminez l’enregistrement par -all quand chaque expéditeur y figure ; derrière un redirect, celui de l’enregistrement où il mène.
spf-endless = L’enregistrement SPF de { $subject } ne dit pas que faire des autres expéditeurs.
spf-endless-remedy = Terminez l’enregistrement par -all quand chaque expéditeur y figure ; derrière un redirect, celui de l’enregistrement où il mène.
spf-soft = L’enregistrement SPF de { $subject } se termine par « ~all », et aucune politique DMARC ne demande de refuser ce qui échoue : le courrier falsifié est seulement marqué.
spf-soft-remedy = Menez la politique DMARC à p=reject, qui refuse le courrier falsifié et épargne celui qui est signé ; ou terminez l’enregistrement par -all quand chaque expéditeur y figure.
spf-former-type = { $subject } porte encore un enregistrement de type SPF (99), abandonné : personne ne le lit, et il différera un jour de l’enregistrement TXT.
spf-former-type-steps = Retirez de la zone chaque enregistrement de { $name } du type SPF (99, dans certains fichiers de zone TYPE99), et gardez l’enregistrement TXT.
spf-former-type-remedy = Retirez-le ; c’est l’enregistrement TXT qui compte.
spf-sender-id = { $subject } porte encore un enregistrement Sender ID, « { $observed } » : plus personne ne le lit.
spf-sender-id-remedy = Retirez cet enregistrement.
spf-exchangers = L’enregistrement SPF de { $subject } emploie mx pour { $observed }, qui a plus de dix serveurs de messagerie : les destinataires y voient une erreur et n’en appliquent rien.
spf-exchangers-remedy = Écrivez les réseaux de ces serveurs (ip4, ip6) au lieu de mx.
spf-explanation = L’enregistrement SPF de { $subject } place son explication à { $observed }, où { $count ->
    [0] il n’y a aucun texte
   *[other] il y a { $count } textes
} : les expéditeurs refusés n’apprennent rien.
spf-explanation-remedy = Publiez-y un seul enregistrement TXT, ou retirez exp.
spf-null-mx = { $subject } dit ne pas recevoir de courrier (un MX nul), mais son enregistrement SPF dit autre chose que « v=spf1 -all » : du courrier en son nom peut encore passer.
spf-null-mx-remedy = Si le domaine n’a pas de courrier, publiez v=spf1 -all ; s’il en a, c’est l’enregistrement MX qui est faux.
spf-provider = Le courrier de { $subject } va chez { $provider }, mais son enregistrement SPF ne dit pas { $expected } : le courrier envoyé par { $provider } peut être refusé.
spf-provider-remedy = Ajoutez-le si du courrier est aussi envoyé par { $provider }.
