"""checkdmarc asked as Jalon is: one name server at a port of its own (its command line takes no port), nothing but DNS.

    ask_checkdmarc.py IP PORT DOMAIN...     one line of JSON a domain: whether its SPF and its DMARC record are valid
"""

import json
import sys

import checkdmarc
from dns.nameserver import Do53Nameserver

address, port, *domains = sys.argv[1:]
# Of BIMI it would fetch the logo from the web: left out, which is to its advantage.
told = checkdmarc.check_domains(domains, nameservers=[Do53Nameserver(address, int(port))], bimi_selector=None)
for it in told if isinstance(told, list) else [told]:
    print(json.dumps({"domain": it["domain"], "spf": it["spf"]["valid"], "dmarc": it["dmarc"]["valid"]}))
