no-record = le domaine ne publie pas de logo

logo-several = { $name } publie { $count } enregistrements BIMI : les destinataires n’en utilisent aucun.
logo-several-remedy = Gardez-en un et retirez les autres.
logo-malformed = L’enregistrement BIMI de { $name } n’est pas utilisé : { $problem } (« { $piece } », caractère { $place }).
logo-malformed-remedy = Publiez l’enregistrement avec v=BIMI1 en tête, puis l= et a= suivis d’adresses https, ou un l= vide pour ne montrer aucun logo.
