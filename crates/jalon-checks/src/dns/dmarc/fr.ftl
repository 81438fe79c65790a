dmarc-none = Ni _dmarc.{ $subject } ni un domaine au-dessus ne publie de politique DMARC : le courrier envoyé en son nom est traité comme un autre.
dmarc-none-remedy = Publiez une politique qui observe d’abord (p=none), avec une adresse pour les rapports, et durcissez-la quand ils sont sains.
dmarc-several = _dmarc.{ $subject } publie { $count } politiques DMARC ; les destinataires les écartent toutes.
dmarc-several-remedy = N’en gardez qu’une. La plus stricte est proposée ici : vérifiez que ses rapports arrivent là où vous les lisez.
