# A small organisation as LDIF, always the same: 300 people in two units, one of them below the other, 20 groups, 5 contacts,
# 5 computers, a name and values that need care (an accent, a comma, a space at the end, bytes that are no text).
# -v base=DC=contoso,DC=example
function entry(dn) { printf "dn: %s,%s\n", dn, base }
function person(number, unit,   name, key) {
  name = sprintf("User %04d", number); key = sprintf("user%04d", number)
  entry("CN=" name "," unit)
  print "objectClass: user"
  print "cn: " name
  print "sn: " number
  print "givenName: User"
  print "displayName: " name
  print "sAMAccountName: " key
  print "userPrincipalName: " key "@contoso.example"
  print "mail: " key "@contoso.example"
  print "mailNickname: " key
  print "proxyAddresses: SMTP:" key "@contoso.example"
  print "proxyAddresses: smtp:" key "@old.contoso.example"
  print "userAccountControl: 512"
  print "employeeID: " (100000 + number)
  print "uSNChanged: " (1000 + number)
  # Sixteen bytes that are no UTF-8: "\377" and the number in text.
  printf "objectGUID:: %s\n", guid(number)
  print ""
}
# Base64 of twelve bytes ff ff ff and of four that count, in groups of three.
function guid(number) { return sprintf("//////////////%s", code(number)) }
function code(number,   digits, text, turn) {
  digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  text = ""
  for (turn = 0; turn < 6; turn++) { text = substr(digits, number % 64 + 1, 1) text; number = int(number / 64) }
  # The last of the six bits groups of 16 bytes holds two bits only.
  return text "/" "w=="
}
BEGIN {
  entry("OU=Staff"); print "objectClass: organizationalUnit\nou: Staff\n"
  entry("OU=Branch,OU=Staff"); print "objectClass: organizationalUnit\nou: Branch\n"
  entry("OU=Groups"); print "objectClass: organizationalUnit\nou: Groups\n"
  for (number = 1; number <= 200; number++) person(number, "OU=Staff")
  for (number = 201; number <= 300; number++) person(number, "OU=Branch,OU=Staff")
  for (number = 1; number <= 20; number++) {
    entry("CN=Group " number ",OU=Groups")
    print "objectClass: group\ncn: Group " number "\nsAMAccountName: group" number "\ngroupType: -2147483646"
    for (member = number; member <= 200; member += 20) printf "member: CN=User %04d,OU=Staff,%s\n", member, base
    print ""
  }
  for (number = 1; number <= 5; number++) {
    entry("CN=Contact " number ",OU=Staff")
    print "objectClass: contact\ncn: Contact " number "\nmail: contact" number "@fabrikam.example\n"
    entry("CN=PC" number ",OU=Staff")
    print "objectClass: computer\ncn: PC" number "\nsAMAccountName: PC" number "$\n"
  }
  # CN=Zoé\, with care
  printf "dn:: %s\n", "Q049Wm/DqVwsIHdpdGggY2FyZSxPVT1TdGFmZixEQz1jb250b3NvLERDPWV4YW1wbGU="
  print "objectClass: user\ncn:: Wm/DqSwgd2l0aCBjYXJl\ndisplayName:: IFpvw6kg\nsAMAccountName: zoe\n"
}
