none = aucun serveur de courrier du domaine n’a d’enregistrements TLSA
see-plain = les serveurs de courrier qui ont des enregistrements TLSA ne proposent pas STARTTLS, voir MX-07
no-address = aucun serveur de courrier avec des enregistrements TLSA n’a d’adresse connue, voir MX-05

dane-mismatch = Les enregistrements TLSA de { $subject } ne vont pas avec le certificat qu’il présente à { $addresses } : les expéditeurs qui suivent DANE ne livrent pas.
dane-mismatch-remedy = Publiez l’enregistrement du certificat en service. Avant le prochain changement de clé, publiez le nouvel enregistrement à côté de l’ancien et attendez sa durée de vie.
dane-unusable = Les enregistrements TLSA de { $subject } sont inutilisables pour le courrier : seuls comptent les usages 2 et 3 avec des empreintes entières.
dane-unusable-remedy = Publiez un enregistrement de la forme « 3 1 1 » (le SHA-256 de la clé publique du serveur) au port 25, ou retirez ceux qui y sont.
dane-unsigned = { $subject } a des enregistrements TLSA, mais la réponse à { $observed } n’est pas signée : les expéditeurs les ignorent.
dane-unsigned-remedy = Signez la zone avec DNSSEC, ou retirez les enregistrements TLSA, qui promettent ce que personne ne peut vérifier.
dane-unsigned-steps = Signez la zone de { $name } avec DNSSEC et faites publier l’enregistrement DS par la zone au-dessus, ou retirez les enregistrements TLSA.
dane-foreign-steps = Demandez à l’opérateur du serveur de courrier de publier l’enregistrement du certificat en service : { $lines }
