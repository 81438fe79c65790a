# The facts of a forest, as tables.
sheet-forest = Levels and schema
sheet-domains = { $n ->
    [0] No domain
    [one] One domain
   *[other] { $n } domains
}
sheet-controllers = { $n ->
    [0] No domain controller
    [one] One domain controller
   *[other] { $n } domain controllers
}
sheet-trusts = { $n ->
    [0] No trust
    [one] One trust
   *[other] { $n } trusts
}
sheet-policies = { $n ->
    [0] No group policy
    [one] One group policy
   *[other] { $n } group policies
}
sheet-authorities = { $n ->
    [0] No certificate authority
    [one] One certificate of an authority
   *[other] { $n } certificates of authorities
}
sheet-autodiscover = { $n ->
    [0] No connection point of Autodiscover
    [one] One connection point of Autodiscover
   *[other] { $n } connection points of Autodiscover
}
sheet-sync = { $n ->
    [0] No trace of synchronisation
    [one] One trace of synchronisation
   *[other] { $n } traces of synchronisation
}
sheet-prerequisites = The programme’s prerequisites
column-above = below
column-applies = applies
column-asks = what it asks
column-changed = changed
column-detail = detail
column-direction = direction
column-does = does
column-domain = domain
column-for-whom = for whom
column-id = id
column-kind = what it is
column-leads-to = leads to
column-level = level
column-links = links
column-name = name
column-outcome = outcome
column-partner = partner
column-reaches = reaches
column-server = server
column-short-name = short name
column-signed-in = last signed in
column-since = since
column-site = site
column-subject = subject
column-system = system
column-tenant = tenant
column-until = until
column-version = version
column-what = what
column-why = why
asks-P-DIR-01 = the forest works at the level of Windows Server 2003 or later
asks-P-DIR-02 = the forests are laid out in a way that is supported
asks-P-DIR-03 = Skype is in the same forest as Exchange
asks-P-DIR-04 = no suffix of sign-in names is shared by several forests
asks-P-DIR-05 = no domain of primary addresses is shared by several forests
