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
