see-starttls = le serveur ne propose pas TLS, voir TLS-15

nothing-current = { $subject } ne parle rien de plus récent que { $observed } : les clients actuels ne peuvent pas se connecter.
nothing-current-remedy = Activez TLS 1.2 (et 1.3 là où le système l’a), et désactivez tout ce qui est plus ancien.
old-versions = { $subject } accepte encore { $observed }.
old-versions-remedy = Désactivez tout ce qui est plus ancien que TLS 1.2.
restart = puis redémarrez la machine

weak-suites = { $subject } accepte { $observed } : { $kind }.
weak-suites-remedy = Ne laissez que des suites avec ECDHE et GCM ou ChaCha20.
kind-triple-des = le triple DES, dont les blocs courts fuient dans les longues sessions
kind-rc4 = RC4, qui est cassé et interdit
kind-des = DES, que n’importe qui casse
kind-export = une suite affaiblie pour l’exportation, que n’importe qui casse
kind-null = rien n’est chiffré
kind-anonymous = personne ne dit qui il est, et n’importe qui peut se mettre au milieu
cbc-only = { $subject } n’accepte que des suites en mode CBC, usées par les attaques sur le remplissage ; aucune parmi { $expected }.
cbc-only-remedy = Activez des suites avec ECDHE et GCM, et placez-les en tête.

inspected = { $subject } répond avec un certificat de « { $observed } », qui n’est pas une autorité publique : quelque chose entre ici et Microsoft ouvre le trafic.
inspected-remedy = Exemptez les points d’accès de Microsoft 365 de l’inspection TLS sur le mandataire ou le pare-feu ; Microsoft le demande, et certains clients refusent sinon de fonctionner.
insecure-renegotiation = { $subject } ne connaît pas la renégociation sûre ({ $expected }) : qui se met au milieu peut parler avant un client.
insecure-renegotiation-remedy = Mettez à jour la bibliothèque TLS du serveur, ou n’activez que TLS 1.3.
