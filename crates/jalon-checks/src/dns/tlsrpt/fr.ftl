no-record = le domaine ne demande aucun rapport sur TLS

reports-several = { $name } publie { $count } enregistrements pour les rapports TLS : les expéditeurs n’en suivent aucun.
reports-several-remedy = Publiez un seul enregistrement avec toutes les adresses.
reports-malformed = L’enregistrement pour les rapports TLS de { $name } n’est pas suivi : { $problem } (« { $piece } », caractère { $place }).
reports-malformed-remedy = Publiez l’enregistrement sous la forme v=TLSRPTv1 suivie de rua=mailto:ADRESSE.
