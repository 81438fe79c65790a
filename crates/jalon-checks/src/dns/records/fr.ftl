no-spf = il n’y a pas d’enregistrement SPF à juger, voir SPF-01
keeps-own = dans une configuration hybride, ces noms restent aux serveurs de l’organisation tant qu’ils servent encore
several-spf = il y a plus d’un enregistrement SPF, voir SPF-02
no-mail = le domaine dit qu’il ne reçoit pas de courrier : DNS-002 et SPF-23 disent ce qui s’ensuit

ownership-missing = { $subject } ne porte aucune preuve de propriété (MS=ms…) : le locataire ne peut pas vérifier le domaine, sauf s’il l’a déjà fait.
ownership-missing-remedy = Lisez la valeur dans le centre d’administration Microsoft 365 (Paramètres, Domaines) et publiez-la dans un enregistrement TXT de { $subject }.
ownership-other = { $subject } porte { $observed }, et le locataire demande { $expected } : il ne peut pas vérifier le domaine ainsi.
ownership-other-remedy = Publiez la valeur du locataire à côté de l’autre, qui appartient peut-être à un autre locataire.

mx-missing = { $subject } n’a pas d’enregistrement MX : son courrier n’est pas remis à Exchange Online.
mx-missing-remedy = Publiez l’enregistrement MX ; le centre d’administration donne l’hôte exact sous Paramètres, Domaines.
mx-null = { $subject } déclare n’accepter aucun courrier (MX nul).
mx-null-remedy = Remplacez le MX nul par celui du service ; le centre d’administration donne l’hôte exact sous Paramètres, Domaines.
mx-elsewhere = Le courrier de { $subject } va à { $observed }, pas directement à Exchange Online.
mx-elsewhere-remedy = À la bascule, remplacez ces enregistrements MX par celui du service ; le centre d’administration donne l’hôte exact sous Paramètres, Domaines. Un filtre qui transmet le courrier à Exchange Online peut rester : consignez la dérogation.
mx-other = Le courrier de { $subject } va à { $observed }, qui est bien d’Exchange Online, mais le locataire demande { $expected }.
mx-other-remedy = Remplacez l’enregistrement MX par l’hôte que demande le locataire.
mx-filtered = Le courrier de { $subject } va d’abord à { $observed }, un filtre de courrier. S’il le transmet à Exchange Online, cela ne se voit pas dans le DNS.
mx-filtered-remedy = Si le filtre reste, faites-lui transmettre le courrier à Exchange Online, n’y acceptez que le courrier du filtre et consignez la dérogation. Sinon, remplacez ces enregistrements MX par celui du service.
mx-own-first = le courrier de { $subject } arrive par les serveurs de l’organisation, ce qu’une configuration hybride permet ; s’ils le transmettent, cela ne se voit pas dans le DNS
mx-gone = { $observed } nomme un hôte d’Exchange Online qui n’a pas d’adresse : le courrier envoyé là est perdu ou attend.
mx-gone-remedy = Publiez l’hôte exact que donne le centre d’administration sous Paramètres, Domaines ; le domaine doit être un de ceux du locataire.
mx-indirect = { $observed } mène à Exchange Online par ses seules adresses : quand le service en changera, le courrier n’arrivera plus.
mx-indirect-remedy = Nommez l’hôte du service lui-même dans l’enregistrement MX ; le centre d’administration le donne sous Paramètres, Domaines.
mx-first = { $host } reçoit le courrier de { $subject } avant Exchange Online, ou aussi souvent (préférence { $preference }).
mx-first-remedy = Retirez cet enregistrement MX dès que l’ancien serveur n’a plus rien à recevoir.
mx-beside = { $host } reçoit du courrier pour { $subject } à côté d’Exchange Online (préférence { $preference }) ; dans une configuration hybride, l’un des deux suffit.
mx-beside-remedy = Gardez les enregistrements MX du côté par lequel le courrier doit entrer, et retirez les autres.
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
alias-gone = { $name } mène bien à { $expected }, mais ce nom n’a pas d’adresse : le service y a peut-être pris fin.
alias-gone-remedy = Demandez aussi { $expected } à un autre serveur de noms. Si personne n’y trouve d’adresse, le service y a pris fin : retirez { $name }.
alias-nowhere = { $name } mène à { $observed }, où il n’y a rien, au lieu de { $expected }.
alias-nowhere-remedy = Faites pointer cet enregistrement CNAME vers { $expected }.
alias-circle = Les alias de { $name } tournent en rond : personne n’arrive nulle part.
alias-circle-remedy = Faites pointer cet enregistrement CNAME vers { $expected }.
autodiscover-elsewhere = { $name } mène à { $observed } et non à { $expected } : Outlook se configure avec un autre serveur.
autodiscover-elsewhere-remedy = Publiez plutôt le CNAME une fois les boîtes déplacées.
autodiscover-indirect = { $name } mène à { $observed } et non à un CNAME vers { $expected } : Outlook le suit même si le service est ailleurs.
autodiscover-indirect-remedy = Publiez plutôt le CNAME.

msoid-missing = { $name } n’est pas publié : les postes ne trouvent pas le nuage de 21Vianet pour s’authentifier.
msoid-missing-remedy = Publiez cet enregistrement CNAME.
msoid-elsewhere = { $name } mène à { $observed } au lieu de { $expected } : les postes vont s’authentifier au mauvais nuage.
msoid-elsewhere-remedy = Faites pointer cet enregistrement CNAME vers { $expected }.
msoid-present = { $name } mène à { $observed } : seul le nuage de 21Vianet a besoin de ce nom ; ailleurs on ne peut pas activer Office.
msoid-present-remedy = Retirez cet enregistrement CNAME.

federation-unproved = { $name } ne porte aucun texte de la forme d’une preuve de fédération Exchange : les calendriers ne peuvent pas être partagés par une approbation de fédération.
federation-unproved-remedy = Publiez la preuve que la commande donne dans l’Exchange local comme enregistrement TXT de { $name }. Une configuration hybride qui n’utilise qu’OAuth s’en passe.
delegation-unproved = { $name } ne porte aucun texte de la forme d’une preuve de fédération Exchange ; seul Exchange 2010 délègue sous ce nom.
delegation-unproved-remedy = Si Exchange 2010 est en jeu, publiez la preuve que donne la commande comme enregistrement TXT de { $name }.
sign-in-nowhere = Aucun des noms { $names } n’a d’adresse. Si la ferme AD FS porte un nom de ce domaine, on ne peut pas se connecter de l’extérieur.
sign-in-nowhere-remedy = Si AD FS porte un nom de ce domaine, publiez l’adresse de son proxy, par exemple comme enregistrement A de { $name }. S’il en porte un autre, rien n’est à faire ici.
sign-in-dangling = { $name } mène à { $observed }, qui n’a pas d’adresse : on ne peut pas se connecter de l’extérieur.
sign-in-dangling-remedy = Corrigez l’enregistrement de { $name }, ou retirez-le si AD FS porte un autre nom.

spf-include-missing = L’enregistrement SPF de { $subject } n’autorise pas Exchange Online : son courrier peut être refusé.
spf-include-missing-remedy = Ajoutez include:{ $expected } avant la fin de l’enregistrement.

dkim-missing = { $name } n’est pas publié : Exchange Online ne peut pas signer le courrier avec la clé du domaine.
dkim-missing-remedy = Lisez les deux cibles avec la commande, publiez-les comme enregistrements CNAME, puis activez DKIM pour le domaine.
dkim-dangling = { $name } mène à { $target }, où il n’y a pas de clé.
dkim-dangling-remedy = Lisez la bonne cible avec la commande et corrigez l’enregistrement CNAME.
dkim-circle = Les alias de { $name } tournent en rond : il n’y a pas de clé.
dkim-circle-remedy = Lisez la bonne cible avec la commande et corrigez l’enregistrement CNAME.
dkim-several = { $name } a plusieurs textes là où un sélecteur en a un : lequel les destinataires prennent n’est pas défini.
dkim-several-remedy = Lisez la bonne cible avec la commande et ne publiez rien d’autre à ce nom.
dkim-direct = { $name } contient lui-même une clé au lieu de mener à celle de Microsoft : il ne suit pas le renouvellement des clés.
dkim-direct-remedy = Remplacez l’enregistrement TXT par l’enregistrement CNAME que donne la commande.
dkim-malformed = La clé de { $name } est illisible : { $problem } (caractère { $place }).
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
service-nowhere = { $name } mène à { $observed }, où il n’y a rien, au lieu de { $expected }.
service-nowhere-remedy = Remplacez l’enregistrement SRV.
service-gone = { $name } mène bien à { $expected }, mais cet hôte n’a pas d’adresse : le service y a peut-être pris fin.
service-gone-remedy = Demandez aussi l’hôte de { $expected } à un autre serveur de noms. Si personne n’y trouve d’adresse, le service y a pris fin : retirez { $name }.
federation-missing = { $name } n’est pas publié : dans Teams, on ne peut pas joindre les partenaires restés sur Skype Entreprise.
federation-missing-remedy = Publiez cet enregistrement SRV si vous avez de tels partenaires.
federation-elsewhere = { $name } mène à { $observed } au lieu de { $expected } : dans Teams, on ne peut pas joindre les partenaires restés sur Skype Entreprise.
federation-elsewhere-remedy = Remplacez l’enregistrement SRV si vous avez de tels partenaires.
