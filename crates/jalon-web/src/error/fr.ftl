forged = Ce formulaire est trop ancien, ou vient d’ailleurs
forged-detail = Rien n’a été enregistré. Rouvrez la page et envoyez-le de nouveau.
unreadable = Cette requête n’a pas pu être lue
not-found = Il n’y a rien ici
not-found-detail = La page a été déplacée ou retirée, ou vous n’y avez pas accès.
no-such-method = Cette adresse ne prend pas cela
no-such-method-detail = Elle existe, mais répond à une autre méthode.
out-of-time = Cela a pris trop de temps
out-of-time-detail = L’opération a été abandonnée à la limite de temps. Réessayez ; si cela se répète, prévenez votre administrateur.
forbidden = Vous ne pouvez pas faire cela
forbidden-detail = Il y faut le droit « { $permission } ». Un administrateur peut l’accorder.
signed-out = Connectez-vous d’abord
signed-out-detail = Votre session est terminée, ou vous n’étiez pas connecté.
invalid = Quelque chose n’y est pas juste
stale = Modifié entre-temps
stale-detail = Rien n’a été enregistré. Regardez ce qui a changé, puis décidez de nouveau.
too-large = Trop volumineux
too-large-detail = La limite est de { $limit }. Rien n’a été enregistré.
size-mib = { $n } Mio
size-kib = { $n } Kio
size-bytes = { $n } octets
throttled = Trop de tentatives
throttled-detail = { $n ->
    [one] Réessayez dans { $n } seconde.
   *[other] Réessayez dans { $n } secondes.
}
conflict = Cela contredit ce qui est en place
conflict-detail = Rien n’a été enregistré. Cela existe déjà, ou a changé entre-temps.
full = Il n’y a plus de place
full-detail = Rien n’a été enregistré. Le disque ou la base du serveur est plein : son administrateur doit faire de la place.
unavailable = La base de données est hors d’atteinte
unavailable-detail = Rien n’a été enregistré. Réessayez dans un instant.
interrupted = Tout n’est pas arrivé
interrupted-detail = Rien n’a été enregistré. Envoyez-le de nouveau.
internal = Cela n’a pas pu être fait
internal-detail = Rien n’est perdu. Le défaut est au journal sous cette référence.
