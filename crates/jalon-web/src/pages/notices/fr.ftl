title = Ce qui a changé
what-for = ce qui allait bien et ne va plus, dit une seule fois
unread = { $n ->
    [one] { $n } non lu
   *[other] { $n } non lus
}
new = Nouveau
until = Il prend fin le { $date }.
ended = { $how } depuis le { $when }.
mark-read = Marquer comme lu
mark-unread = Marquer comme non lu
read-all = Tout marquer comme lu
see-calendar = Ouvrir le calendrier
empty = Rien n’a dérivé
empty-why = Ce qui était prouvé et ne l’est plus, les constats qui reviennent et les certificats sur le point d’expirer sont dits ici, une fois chacun.
