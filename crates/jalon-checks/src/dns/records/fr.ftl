no-spf = il n’y a pas d’enregistrement SPF à juger, voir SPF-01
several-spf = il y a plus d’un enregistrement SPF, voir SPF-02
no-mail = le domaine dit qu’il ne reçoit pas de courrier : DNS-002 et SPF-23 disent ce qui s’ensuit

ownership-missing = { $subject } ne porte aucune preuve de propriété (MS=ms…) : le locataire ne peut pas vérifier le domaine.
ownership-missing-remedy = Lisez la valeur dans le centre d’administration Microsoft 365 (Paramètres, Domaines) et publiez-la dans un enregistrement TXT de { $subject }.

mx-missing = { $subject } n’a pas d’enregistrement MX : son courrier n’est pas remis à Exchange Online.
mx-missing-remedy = Publiez l’enregistrement MX ; le centre d’administration donne l’hôte exact sous Paramètres, Domaines.
mx-null = { $subject } déclare n’accepter aucun courrier (MX nul).
mx-null-remedy = Remplacez le MX nul par celui du service ; le centre d’administration donne l’hôte exact sous Paramètres, Domaines.
mx-elsewhere = Le courrier de { $subject } va à { $observed }, pas à Exchange Online.
mx-elsewhere-remedy = À la bascule, remplacez ces enregistrements MX par celui du service ; le centre d’administration donne l’hôte exact sous Paramètres, Domaines.
mx-leftover = { $host } reçoit encore du courrier pour { $subject } à côté d’Exchange Online (préférence { $preference }).
mx-leftover-remedy = Retirez cet enregistrement MX dès que l’ancien serveur n’a plus rien à recevoir.

alias-missing = { $name } n’est pas publié : { $label ->
    [autodiscover] Outlook ne peut pas se configurer.
    [enterpriseenrollment] les appareils Windows ne trouvent pas où s’inscrire.
    [enterpriseregistration] les appareils ne trouvent pas où s’enregistrer.
   *[other] les clients Skype Entreprise ne trouvent pas leur service.
}
alias-missing-remedy = Publiez cet enregistrement CNAME.
alias-elsewhere = { $name } mène à { $observed } au lieu de { $expected } : { $label ->
    [autodiscover] Outlook se configure avec un autre serveur.
    [enterpriseenrollment] les appareils Windows s’inscrivent ailleurs.
    [enterpriseregistration] les appareils s’enregistrent ailleurs.
   *[other] les clients Skype Entreprise sont envoyés ailleurs.
}
alias-elsewhere-remedy = Faites pointer cet enregistrement CNAME vers { $expected }.
alias-legacy = { $name } mène à { $observed }, une ancienne adresse du service.
alias-legacy-remedy = Faites pointer cet enregistrement CNAME vers { $expected } avant que l’ancienne adresse ne soit retirée.
autodiscover-indirect = { $name } mène à { $observed } et non à un CNAME vers { $expected } : Outlook le suit même si le service est ailleurs.
autodiscover-indirect-remedy = Publiez plutôt le CNAME.

spf-include-missing = L’enregistrement SPF de { $subject } n’autorise pas Exchange Online : son courrier peut être refusé.
spf-include-missing-remedy = Ajoutez include:{ $expected } avant la fin de l’enregistrement.

dkim-missing = { $name } n’est pas publié : Exchange Online ne peut pas signer le courrier avec la clé du domaine.
dkim-missing-remedy = Lisez les deux cibles avec la commande, publiez-les comme enregistrements CNAME, puis activez DKIM pour le domaine.
dkim-dangling = { $name } mène à { $target }, où il n’y a pas de clé.
dkim-dangling-remedy = Lisez la bonne cible avec la commande et corrigez l’enregistrement CNAME.
dkim-direct = { $name } contient lui-même une clé au lieu de mener à celle de Microsoft : il ne suit pas le renouvellement des clés.
dkim-direct-remedy = Remplacez l’enregistrement TXT par l’enregistrement CNAME que donne la commande.
dkim-malformed = La clé de { $name } est illisible.
dkim-malformed-remedy = Publiez de nouveau la clé ; si elle est derrière un CNAME, renouvelez les clés avec la commande.
dkim-revoked = La clé de { $name } est révoquée : son p= est vide.
dkim-revoked-remedy = Renouvelez les clés avec la commande.
dkim-testing = La clé de { $name } est marquée comme un essai (t=y) : le courrier qu’elle signe passe pour non signé.
dkim-testing-remedy = Publiez la clé sans t=y.
dkim-weak = La clé de { $name } a { $bits } bits : les destinataires ne l’acceptent pas.
dkim-weak-remedy = Passez à 2 048 bits avec la commande.
dkim-short = La clé de { $name } a { $bits } bits, moins que les 2 048 demandés aujourd’hui.
dkim-short-remedy = Passez à 2 048 bits avec la commande.

service-missing = { $name } n’est pas publié : { $label ->
    [federation] les partenaires ne trouvent pas l’organisation.
   *[other] les clients Skype Entreprise ne peuvent pas se connecter de l’extérieur.
}
service-missing-remedy = Publiez cet enregistrement SRV.
service-elsewhere = { $name } mène à { $observed } au lieu de { $expected }.
service-elsewhere-remedy = Remplacez l’enregistrement SRV.
federation-missing = { $name } n’est pas publié : dans Teams, on ne peut pas joindre les partenaires restés sur Skype Entreprise.
federation-missing-remedy = Publiez cet enregistrement SRV si vous avez de tels partenaires.
federation-elsewhere = { $name } mène à { $observed } au lieu de { $expected } : dans Teams, on ne peut pas joindre les partenaires restés sur Skype Entreprise.
federation-elsewhere-remedy = Remplacez l’enregistrement SRV si vous avez de tels partenaires.
