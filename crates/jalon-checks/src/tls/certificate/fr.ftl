chain-short = { $subject } envoie son certificat sans le certificat intermédiaire de « { $issuer } » : beaucoup de clients ne trouvent aucune racine de confiance.
chain-short-remedy = Installez le certificat intermédiaire livré avec lui, derrière celui du serveur.
chain-incomplete = La chaîne de { $subject } s’arrête à « { $issuer } », qui n’est ni une racine de confiance ni envoyé avec elle.
chain-incomplete-remedy = Envoyez tous les certificats intermédiaires jusqu’à la racine, celui du serveur en premier ; si la racine est la vôtre, faites-la reconnaître aux clients ou commandez un certificat public.
chain-dated = Un certificat intermédiaire de la chaîne de { $subject } est hors de ses dates.
chain-dated-remedy = Remplacez les certificats intermédiaires par ceux que l’autorité publie aujourd’hui.
chain-refused = Les clients refusent la chaîne de { $subject } : { $why }.
chain-refused-remedy = Commandez un nouveau certificat pour ces noms et installez-le avec toute sa chaîne.
why-signature = une de ses signatures n’est pas la bonne
why-weak = une de ses signatures emploie un algorithme qui n’est plus accepté
why-authority = elle présente le certificat même d’une autorité
why-usage = elle n’est pas faite pour un serveur
why-constraints = son autorité n’a pas le droit de l’émettre
see-strength = la chaîne est refusée pour sa clé ou sa signature trop faible, voir TLS-05
see-issuer = le certificat mène à une racine qui n’est pas reconnue, voir TLS-07
no-root = la chaîne n’est pas complète et ne dit donc rien de sa racine, voir TLS-01

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

order = Commandez un certificat pour { $names }, avec une clé RSA de 2 048 bits ou une clé EC sur P-256. Ceci produit la clé et la demande :

at-once = TLS commence ici d’emblée, rien n’a à le demander
see-starttls = le serveur ne propose pas TLS et ne présente donc aucun certificat, voir TLS-15
no-starttls = { $subject } ne propose pas STARTTLS : { $protocol ->
    [smtp] le courrier circule en clair, lisible par tous en chemin.
    [ldap] les noms et les mots de passe de l’annuaire circulent en clair.
   *[other] les noms, les mots de passe et le courrier circulent en clair.
}
no-starttls-remedy = Donnez un certificat au serveur et faites-lui proposer STARTTLS.
