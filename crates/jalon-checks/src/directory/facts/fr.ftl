# Les faits d’une forêt, en tableaux.
sheet-forest = Niveaux et schéma
sheet-domains = { $n ->
    [0] Aucun domaine
    [one] Un domaine
   *[other] { $n } domaines
}
sheet-controllers = { $n ->
    [0] Aucun contrôleur de domaine
    [one] Un contrôleur de domaine
   *[other] { $n } contrôleurs de domaine
}
sheet-trusts = { $n ->
    [0] Aucune relation d’approbation
    [one] Une relation d’approbation
   *[other] { $n } relations d’approbation
}
sheet-policies = { $n ->
    [0] Aucune stratégie de groupe
    [one] Une stratégie de groupe
   *[other] { $n } stratégies de groupe
}
sheet-authorities = { $n ->
    [0] Aucune autorité de certification
    [one] Un certificat d’autorité
   *[other] { $n } certificats d’autorités
}
sheet-autodiscover = { $n ->
    [0] Aucun point de connexion de découverte automatique
    [one] Un point de connexion de découverte automatique
   *[other] { $n } points de connexion de découverte automatique
}
sheet-sync = { $n ->
    [0] Aucune trace de synchronisation
    [one] Une trace de synchronisation
   *[other] { $n } traces de synchronisation
}
sheet-prerequisites = Les prérequis du programme
column-above = sous
column-applies = s’applique
column-asks = ce qu’il demande
column-changed = modifiée
column-detail = détail
column-direction = direction
column-does = rôle
column-domain = domaine
column-for-whom = pour qui
column-id = id
column-kind = nature
column-leads-to = mène à
column-level = niveau
column-links = liens
column-name = nom
column-outcome = résultat
column-partner = partenaire
column-reaches = portée
column-server = serveur
column-short-name = nom court
column-signed-in = dernière connexion
column-since = depuis
column-site = site
column-subject = sujet
column-system = système
column-tenant = locataire
column-until = jusqu’au
column-version = version
column-what = quoi
column-why = pourquoi
asks-P-DIR-01 = la forêt fonctionne au niveau de Windows Server 2003 ou plus
asks-P-DIR-02 = les forêts sont disposées d’une manière prise en charge
asks-P-DIR-03 = Skype est dans la même forêt qu’Exchange
asks-P-DIR-04 = aucun suffixe de noms de connexion n’est partagé par plusieurs forêts
asks-P-DIR-05 = aucun domaine d’adresses principales n’est partagé par plusieurs forêts
