no-selector = aucun sélecteur n’a été nommé en plus de ceux d’Exchange Online : --dkim-selector dit lesquels doivent exister
no-key = aucune clé n’a été trouvée aux sélecteurs essayés
no-other-sender = les clés d’Exchange Online existent et SPF ne laisse personne d’autre envoyer, aucun autre sélecteur n’a donc été essayé : --dkim-selector nomme ceux d’autres expéditeurs

key-missing = Il n’y a pas de clé à { $name } : le courrier signé avec le sélecteur « { $selector } » ne peut pas être vérifié.
key-missing-remedy = Publiez l’enregistrement que votre expéditeur indique pour ce sélecteur.
key-nowhere = { $name } mène à { $target }, où il n’y a pas de clé : le courrier signé avec elle ne peut pas être vérifié.
key-nowhere-remedy = Lisez la bonne cible là d’où part le courrier et corrigez l’enregistrement CNAME, ou retirez-le.
key-nowhere-tried = { $name } mène à { $target }, où il n’y a pas de clé : si du courrier est encore signé avec elle, il ne peut pas être vérifié.
key-nowhere-tried-remedy = Retirez l’enregistrement CNAME, ou corrigez-le si du courrier est encore signé avec ce sélecteur.
key-circle = Les alias de { $name } tournent en rond : personne ne trouve de clé.
key-circle-remedy = Faites pointer l’enregistrement CNAME vers le nom que votre expéditeur indique.
key-circle-tried = Les alias de { $name } tournent en rond : personne ne trouve de clé, s’il en faut encore une.
key-circle-tried-remedy = Retirez l’enregistrement CNAME, ou faites-le pointer vers le nom que votre expéditeur indique.
key-revoked = La clé de { $name } est révoquée (son p= est vide) : le courrier qu’elle signe passe pour non signé.
key-revoked-remedy = Publiez la clé que votre expéditeur utilise aujourd’hui, ou cessez de signer avec ce sélecteur.
key-revoked-tried = La clé de { $name } est révoquée (son p= est vide), ce qui est juste si plus rien n’est signé avec elle.
key-revoked-tried-remedy = Retirez l’enregistrement dès qu’aucun courrier signé avec ce sélecteur n’est plus en route.
key-testing = La clé de { $name } est marquée comme un essai (t=y) : le courrier qu’elle signe passe pour non signé.
key-testing-remedy = Publiez la clé sans t=y.
key-malformed = La clé de { $name } ne sert pas aux destinataires : { $problem } (« { $piece } », caractère { $place }).
key-malformed-remedy = Publiez de nouveau l’enregistrement, exactement comme votre expéditeur l’indique.
key-several = { $name } a { $count } textes là où un sélecteur en a un : lequel les destinataires prennent n’est pas défini.
key-several-remedy = Gardez la clé en service et retirez les autres.
key-weak = La clé de { $name } a { $bits } bits : les destinataires ne l’acceptent pas.
key-weak-remedy = Faites faire à votre expéditeur une clé de 2 048 bits, publiez-la sous un nouveau sélecteur, puis retirez celui-ci.
key-short = La clé de { $name } a { $bits } bits, moins que les 2 048 demandés aujourd’hui.
key-short-remedy = Faites faire à votre expéditeur une clé de 2 048 bits, publiez-la sous un nouveau sélecteur, puis retirez celui-ci.
