forest-level-low = La forêt { $subject } fonctionne au niveau { $observed } : elle ne peut pas être synchronisée.
forest-level-low-remedy = Remplacez les contrôleurs antérieurs à { $expected }, puis relevez le niveau de chaque domaine et de la forêt.
schema-low = Le schéma de { $subject } est en version { $observed } : la forêt ne peut pas être synchronisée.
schema-low-remedy = Étendez le schéma à { $expected } ou plus récent avec adprep, avant l’arrivée du premier contrôleur de cette version.
dotted-name = Le nom court du domaine { $subject } est « { $observed } » : Microsoft Entra Connect n’en accepte pas avec un point.
dotted-name-remedy = Synchronisez depuis un domaine dont le nom court n’a pas de point, et prévoyez d’y déplacer les comptes.
exchange-schema-absent = La forêt { $subject } n’a pas de schéma Exchange : un déploiement hybride ne saurait où réécrire.
exchange-schema-absent-remedy = Préparez le schéma et la forêt avec l’installation de la version d’Exchange qui servira au déploiement hybride.
exchange-schema-old = Le schéma Exchange de { $subject } est en version { $observed }{ $name } : aucun déploiement hybride ne peut s’appuyer dessus.
exchange-schema-old-remedy = Préparez le schéma et la forêt avec l’installation d’une version d’Exchange qui accepte les déploiements hybrides.
skype-schema-absent = La forêt { $subject } n’a pas de schéma Skype, bien que son domaine soit partagé avec un serveur local.
skype-schema-absent-remedy = Donnez aussi au contrôle la forêt qui porte les serveurs Skype, ou retirez l’option.

support-ended = { $subject } tourne sous { $system }, dont la prise en charge a pris fin le { $date }.
support-ended-remedy = Ajoutez un contrôleur d’une version prise en charge, transférez-y ses rôles, puis rétrogradez celui-ci.
support-ends = { $subject } tourne sous { $system }, dont la prise en charge prend fin le { $date }, dans { $days ->
    [0] moins d’un jour.
    [one] un jour.
   *[other] { $days } jours.
}
support-ends-remedy = Prévoyez son remplacement avant ce jour.
not-windows = { $subject } tourne sous { $system }, et non sous Windows Server : Microsoft ne dit pas jusqu’à quand il est pris en charge.
not-windows-remedy = Demandez-le à son fournisseur, et si la synchronisation est prise en charge avec lui.
unknown-windows = { $subject } tourne sous { $system }, que la table du { $dated } ne connaît pas.
unknown-windows-remedy = Cherchez la fin de sa prise en charge, ou employez une table plus récente.
