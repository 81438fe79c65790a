# The people of lab/samba as LDIF for ldbadd: 30 users, 1,600 contacts and a group that holds these, more than the 1,500
# that Active Directory gives at once.
# -v base=DC=contoso,DC=example
function entry(dn, class) { printf "dn: %s,%s\nobjectClass: %s\n", dn, base, class }
BEGIN {
  entry("OU=Staff", "organizationalUnit"); print ""
  entry("OU=Contacts", "organizationalUnit"); print ""
  for (number = 1; number <= 30; number++) {
    name = sprintf("User %04d", number); key = sprintf("user%04d", number)
    entry("CN=" name ",OU=Staff", "user")
    print "displayName: " name "\nsAMAccountName: " key "\nuserPrincipalName: " key "@contoso.example"
    print "mail: " key "@contoso.example\nmailNickname: " key "\nproxyAddresses: SMTP:" key "@contoso.example"
    print "employeeID: " (100000 + number) "\nuserAccountControl: 514\n"
  }
  for (number = 1; number <= 1600; number++) {
    entry(sprintf("CN=Contact %04d,OU=Contacts", number), "contact"); print ""
  }
  # For whoever wants to delete somebody.
  entry("CN=Leaver,OU=Staff", "contact"); print ""
  entry("CN=Everybody,OU=Staff", "group"); print "sAMAccountName: everybody\ngroupType: 8"
  for (number = 1; number <= 1600; number++) printf "member: CN=Contact %04d,OU=Contacts,%s\n", number, base
  print ""
}
