sign-in = Se connecter
email = Adresse
password = Mot de passe
continue = Continuer
invited = Invité par un lien ? Ouvrez-le depuis le message reçu, aucun mot de passe n’est demandé.
wrong = Adresse ou mot de passe inexact.
tries-left = { $n ->
    [one] Encore un essai avant une pause de { $minutes } minutes.
   *[other] Encore { $n } essais avant une pause de { $minutes } minutes.
}
paused = Trop d’essais.
paused-until = Vous pourrez réessayer dans { $span }.
ended = Votre session est terminée. Connectez-vous pour continuer.
signed-out = Vous êtes déconnecté.
set-up = Première mise en route
set-up-link = { $n ->
    [one] Vous avez ouvert le lien affiché au démarrage. Il ne sert qu’une fois et expire dans une minute.
   *[other] Vous avez ouvert le lien affiché au démarrage. Il ne sert qu’une fois et expire dans { $n } minutes.
}
step-account = Votre compte
step-engagement = Première mission
name = Nom
language = Langue
password-hint = 14 caractères au moins. Une phrase convient très bien.
create-account = Créer le compte
this-server = Ce serveur : { $store }, version { $version }.
backup = La sauvegarde tient en une commande :
link-over = Ce lien n’est plus valable
link-over-why = Il ne sert qu’une fois, pendant une heure. Redémarrez le serveur : il en affiche un nouveau tant qu’il n’y a pas de compte.
reference = Référence à donner à votre administrateur :
try-again = Réessayer
start-page = Page d’accueil
join = Bienvenue, { $name } : choisissez un mot de passe
