install = Installez, et faites envoyer par le serveur dans cet ordre :
from-url = à prendre à { $url }
from-authority = à demander à l’autorité
see-strength = la chaîne est refusée pour sa clé ou sa signature trop faible, voir TLS-05
see-issuer = le certificat mène à une racine qui n’est pas reconnue, voir TLS-07
see-sent = un certificat manque sur le chemin d’une racine, voir TLS-08
see-usage = le certificat n’est pas fait pour un serveur, voir TLS-06
see-inspection = quelqu’un entre ici et Microsoft répond à sa place, voir TLS-16
see-address = ce qui diffère est dit avec l’adresse par la règle enfreinte
no-root = la chaîne ne mène à aucune racine et ne dit donc rien d’une racine
not-public = aucune autorité publique n’a émis ce certificat
no-staple = le serveur n’agrafe rien ; seul un agent de site joint les répondeurs et les listes de révocation
one-address = une seule adresse a été regardée
no-ipv6 = les adresses vues concordent, mais sans IPv6 ici celles en IPv6 n’ont pas été regardées
own-name-only = aucun autre nom que celui de l’hôte n’est demandé ici

chain-dated = Un certificat intermédiaire de la chaîne de { $subject } est hors de ses dates.
chain-dated-remedy = Remplacez les certificats intermédiaires par ceux que l’autorité publie aujourd’hui.
chain-refused = Les clients refusent la chaîne de { $subject } : { $why }.
chain-refused-remedy = Commandez un nouveau certificat pour ces noms et installez-le avec toute sa chaîne.
why-signature = une de ses signatures n’est pas la bonne
why-weak = une de ses signatures emploie un algorithme qui n’est plus accepté
why-authority = elle présente le certificat même d’une autorité
why-usage = un de ses certificats intermédiaires n’est pas fait pour un serveur
why-constraints = son autorité n’a pas le droit de l’émettre

intermediate-missing = { $subject } envoie son certificat sans celui de « { $expected } », qui a émis « { $observed } » et n’est pas une racine reconnue : beaucoup de clients ne trouvent aucune racine de confiance.
intermediate-missing-remedy = Installez le certificat intermédiaire de « { $expected } » derrière celui du serveur ; si c’est une racine à vous, commandez un certificat public ou donnez votre racine au contrôle.
own-not-first = { $subject } envoie sa chaîne à l’envers : « { $observed } » précède le certificat du serveur « { $expected } », et les clients prennent le premier pour celui du serveur.
own-not-first-remedy = Retournez le fichier : le certificat du serveur d’abord, puis chaque fois celui qui a émis le précédent.
out-of-order = { $subject } envoie « { $observed } » avant le certificat qu’il a émis : des clients stricts s’arrêtent là.
out-of-order-remedy = Mettez les certificats en ordre, chacun suivi de celui qui l’a émis.
superfluous = { $subject } envoie des certificats étrangers à sa chaîne : { $observed }.
superfluous-remedy = Retirez-les du fichier ; chaque prise de contact les transporte en vain.
root-sent = { $subject } envoie aussi la racine : { $observed }. Les clients l’ont déjà ou ne la reconnaissent pas.
root-sent-remedy = Retirez la racine du fichier.

name-needed = Le certificat de { $subject } ne porte pas { $expected } : { $why }.
name-needed-remedy = Commandez un certificat qui porte { $expected } à côté des noms en service.
why-registration = les appareils qui s’inscrivent auprès d’AD FS appellent ce nom
why-autodiscover = Outlook et la configuration hybride appellent ce nom sur les mêmes serveurs
why-smtp-domain = Microsoft suggère le domaine SMTP principal sur le certificat d’une organisation hybride

not-for-servers = Le certificat de { $subject } n’est pas fait pour un serveur : son usage étendu omet { $expected }, et les clients le refusent.
not-for-servers-remedy = Commandez un certificat pour serveur TLS.

staple-missing = Le certificat de { $subject } exige une réponse OCSP agrafée et le serveur n’en envoie aucune : les clients qui obéissent le refusent.
staple-missing-remedy = Activez l’agrafage OCSP (IIS le fait seul s’il joint le répondeur ; nginx : ssl_stapling on ; Apache : SSLUseStapling on), ou commandez un certificat sans cette exigence.
staple-old = { $subject } agrafe une réponse OCSP périmée ou prématurée : { $observed }.
staple-old-remedy = Vérifiez que le serveur joint le répondeur de son autorité et que son horloge est juste, puis redémarrez-le.
staple-unusable = { $subject } agrafe une réponse OCSP que les clients ne peuvent pas employer : { $observed }.
staple-unusable-remedy = Vérifiez que le serveur joint le répondeur de son autorité et détient le certificat de l’émetteur, puis redémarrez-le.
revoked = Le certificat de { $subject } a été révoqué le { $date }.
revoked-remedy = Commandez-en un nouveau avec une nouvelle clé et installez-le aujourd’hui ; demandez à l’autorité la raison.

not-logged = Le certificat de { $subject } ne porte aucune preuve d’inscription dans les journaux publics : Chrome, Edge et Safari le refusent.
not-logged-remedy = Commandez un certificat que son autorité inscrit dans les journaux publics (transparence des certificats).
lives-too-long = Le certificat de { $subject } vit { $days } jours ; émis le { $day }, il ne devrait pas dépasser { $longest } jours, et les navigateurs le refusent.
lives-too-long-remedy = Commandez-en un qui ne vit pas plus de { $longest } jours, et renouvelez-le automatiquement (ACME).

addresses-differ = Les adresses de { $subject } présentent des certificats différents : { $observed }.
addresses-differ-remedy = Installez le même certificat, avec sa clé et sa chaîne, sur chaque serveur derrière ce nom.
addresses-alike = Les adresses de { $subject } présentent des certificats différents pour les mêmes noms : { $observed }.
addresses-alike-remedy = Rien, si chaque serveur a le sien ou si un renouvellement est en cours ; sinon installez partout le plus récent.

expired = Le certificat de { $subject } a pris fin le { $date } : les clients le refusent.
expired-remedy = Commandez-en un nouveau et installez-le aujourd’hui.
not-yet-valid = Le certificat de { $subject } ne commence que le { $date } : d’ici là les clients le refusent.
not-yet-valid-remedy = Vérifiez l’horloge du serveur ; si elle est juste, remettez l’ancien certificat jusqu’à ce jour.
expires-now = Le certificat de { $subject } prend fin le { $date }, dans { $days ->
    [0] moins d’un jour.
    [one] un jour.
   *[other] { $days } jours.
}
expires-now-remedy = Commandez-en un nouveau et installez-le maintenant.
expires-soon = Le certificat de { $subject } prend fin le { $date }, dans { $days ->
    [one] un jour.
   *[other] { $days } jours.
}
expires-soon-remedy = Commandez-en un nouveau et prévoyez son installation.

wrong-name = Le certificat de { $subject } est fait pour { $observed }, pas pour { $expected }.
wrong-name-remedy = Commandez un certificat qui porte { $expected } à côté des noms en service.
no-name = Le certificat de { $subject } ne porte aucun nom d’hôte : le nom commun ne compte pas.
no-name-remedy = Commandez un certificat qui porte { $expected } comme autre nom de l’objet.

weak-key = { $holder } a une clé trop faible : { $observed }.
weak-key-remedy = Commandez un nouveau certificat avec une clé RSA de 2 048 bits ou une clé EC sur P-256.
weak-signature = { $holder } est signé avec { $observed }, qui peut être contrefait.
weak-signature-remedy = Commandez un nouveau certificat ; les autorités signent aujourd’hui avec SHA-256.
holder-own = Le certificat de { $subject }
holder-issuer = Le certificat intermédiaire « { $name } » de { $subject }

self-signed = { $subject } présente un certificat qu’il a signé lui-même : aucun client ne le reconnaît.
self-signed-remedy = Commandez un certificat à une autorité publique et installez-le avec sa chaîne.
untrusted-root = Le certificat de { $subject } mène à « { $observed } », une racine que les clients extérieurs ne reconnaissent pas.
untrusted-root-remedy = Commandez un certificat à une autorité publique ; si seuls vos propres clients appellent cet hôte, donnez votre racine au contrôle.
distrusted = Le certificat de { $subject } mène à « { $observed } », une racine que les navigateurs refusent ({ $source }).
distrusted-remedy = Commandez un certificat à une autre autorité et installez-le avec sa chaîne.

order = Commandez un certificat pour { $names }, avec une clé RSA de 2 048 bits ou une clé EC sur P-256. Chacune de ces lignes produit la clé et la demande :

at-once = TLS commence ici d’emblée, rien n’a à le demander
see-starttls = le serveur ne propose pas TLS et ne présente donc aucun certificat, voir TLS-15
no-starttls = { $subject } ne propose pas STARTTLS : { $protocol ->
    [smtp] le courrier circule en clair, lisible par tous en chemin.
    [ldap] les noms et les mots de passe de l’annuaire circulent en clair.
   *[other] les noms, les mots de passe et le courrier circulent en clair.
}
no-starttls-remedy = Donnez un certificat au serveur et faites-lui proposer STARTTLS.
