gates = Jalons
gate-n = Jalon { $n } : { $title }
gate-inside = Jalon : { $title }
from-to = De { $phase } à { $next }
ends-with = Termine { $phase }
inside = Dans { $phase }
planned = prévu le { $date }
late = prévu le { $date }, pas encore ouvert
as-of = au { $moment }
waits-for = attend { $total ->
    [one] { $total } responsabilité
   *[other] { $total } responsabilités
}, dont { $proven } prouvées
says = Ce qu’il affirme une fois ouvert
source = Source : { $source }.
verdict-open = Ouvert
verdict-open-detail = Rien ne manque. Il se referme de lui-même si une preuve échoue, se périme ou est retirée.
verdict-later = Il attend le jalon précédent
verdict-later-detail = Rien ne manque ici : il s’ouvre avec « { $gate } ».
verdict-off = Sans objet
verdict-off-detail = Cette mission ne reprend pas ce que vise le jalon. Il ne bloque rien.
missing = Manque
holds = Tient
waived = Dérogé, et cité comme écart accepté
nothing-holds = Rien n’est encore prouvé.
until = jusqu’au { $date }
no-end = sans date de fin
every-gate = Tous les jalons
n-asked = { $proven }/{ $total }
n-waived = { $n ->
    [one] { $n } écart accepté
   *[other] { $n } écarts acceptés
}
