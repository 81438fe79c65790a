spf-none = { $subject } ne publie aucun enregistrement SPF : rien ne distingue son courrier de celui qu’on envoie en son nom.
spf-none-remedy = Recensez tout ce qui envoie du courrier pour le domaine, puis publiez un seul enregistrement. Celui qui est proposé ici n’autorise qu’Exchange Online.
spf-unlisted = { $subject } ne publie aucun enregistrement SPF : rien ne distingue son courrier de celui qu’on envoie en son nom.
spf-unlisted-remedy = Recensez tout ce qui envoie du courrier pour le domaine, puis publiez un seul enregistrement ; si rien n’en envoie, publiez « v=spf1 -all ».
spf-several = { $subject } publie { $count } enregistrements SPF ; les destinataires y voient une erreur et n’en appliquent aucun.
spf-several-remedy = Remplacez-les par un seul, qui garde ce que chacun autorise.
