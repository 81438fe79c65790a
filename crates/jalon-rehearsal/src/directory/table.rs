//! Writes entries as rows of a table: one column an attribute, several values in one cell. Reading is not done here.

use super::entry::Entry;

/// How a tool writes a table.
pub(super) struct Table {
    /// The column of the distinguished name.
    dn: &'static str,
    columns: &'static [Column],
    /// The classes of an object, or the last one only.
    all_classes: bool,
    /// Quotes around every cell, or where a cell needs them.
    always_quoted: bool,
}

/// The name that the tool gives to an attribute.
type Column = (&'static str, &'static str);

/// `csvde`: LDAP names.
pub(super) const CSVDE: Table = Table {
    dn: "DN",
    columns: &[
        ("objectClass", "objectClass"),
        ("cn", "cn"),
        ("sn", "sn"),
        ("givenName", "givenName"),
        ("displayName", "displayName"),
        ("department", "department"),
        ("sAMAccountName", "sAMAccountName"),
        ("userPrincipalName", "userPrincipalName"),
        ("userAccountControl", "userAccountControl"),
        ("groupType", "groupType"),
        ("mail", "mail"),
        ("mailNickname", "mailNickname"),
        ("proxyAddresses", "proxyAddresses"),
        ("targetAddress", "targetAddress"),
        ("homeMDB", "homeMDB"),
        ("lastLogonTimestamp", "lastLogonTimestamp"),
        ("adminCount", "adminCount"),
        ("member", "member"),
    ],
    all_classes: true,
    always_quoted: false,
};

/// The Active Directory module of PowerShell: names of its own for some attributes.
pub(super) const POWERSHELL: Table = Table {
    dn: "DistinguishedName",
    columns: &[
        ("ObjectClass", "objectClass"),
        ("CN", "cn"),
        ("Surname", "sn"),
        ("GivenName", "givenName"),
        ("DisplayName", "displayName"),
        ("Department", "department"),
        ("SamAccountName", "sAMAccountName"),
        ("UserPrincipalName", "userPrincipalName"),
        ("userAccountControl", "userAccountControl"),
        ("groupType", "groupType"),
        ("EmailAddress", "mail"),
        ("mailNickname", "mailNickname"),
        ("proxyAddresses", "proxyAddresses"),
        ("targetAddress", "targetAddress"),
        ("homeMDB", "homeMDB"),
        ("lastLogonTimestamp", "lastLogonTimestamp"),
        ("adminCount", "adminCount"),
        ("member", "member"),
    ],
    all_classes: false,
    always_quoted: true,
};

impl Table {
    /// The row of names.
    pub(super) fn head(&self) -> String {
        let mut out = String::new();
        self.cell(self.dn, &mut out);
        for (name, _) in self.columns {
            out.push(',');
            self.cell(name, &mut out);
        }
        out.push_str("\r\n");
        out
    }

    /// Appends the entry.
    pub(super) fn row(&self, entry: &Entry, out: &mut String) {
        self.cell(&entry.dn(), out);
        for (_, attribute) in self.columns {
            out.push(',');
            if *attribute == "objectClass" && !self.all_classes {
                self.cell(entry.class(), out);
            } else {
                self.cell(&entry.values(attribute).collect::<Vec<_>>().join(";"), out);
            }
        }
        out.push_str("\r\n");
    }

    /// Quotes are doubled (RFC 4180). An empty cell has none: there is no value.
    fn cell(&self, text: &str, out: &mut String) {
        let is_plain = !text.contains([',', '"', '\r', '\n']) && text.trim() == text;
        if text.is_empty() || (is_plain && !self.always_quoted) {
            out.push_str(text);
        } else {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::entry::Unit;

    fn sample() -> Entry {
        let mut entry = Entry::new("a".to_owned(), Unit::Top("Services"), &["top", "user"]).below("DC=example");
        entry.push("displayName", "Petit, \"Zoé\"");
        entry.push("mail", "a@nord.example.com");
        entry.push("proxyAddresses", "SMTP:a@nord.example.com");
        entry.push("proxyAddresses", "smtp:b@nord.example.com");
        entry
    }

    #[track_caller]
    fn check(table: &Table, expected: &str) {
        let mut row = String::new();
        table.row(&sample(), &mut row);
        assert_eq!(row, expected);
        assert_eq!(table.head().split(',').count(), table.columns.len() + 1);
    }

    #[test]
    fn csvde_quotes_what_needs_it_and_joins_lists() {
        check(
            &CSVDE,
            "\"CN=a,OU=Services,DC=example\",top;user,a,,,\"Petit, \"\"Zoé\"\"\",,,,,,a@nord.example.com,,\
             SMTP:a@nord.example.com;smtp:b@nord.example.com,,,,,\r\n",
        );
    }

    #[test]
    fn powershell_quotes_every_value_and_names_one_class() {
        check(
            &POWERSHELL,
            "\"CN=a,OU=Services,DC=example\",\"user\",\"a\",,,\"Petit, \"\"Zoé\"\"\",,,,,,\
             \"a@nord.example.com\",,\"SMTP:a@nord.example.com;smtp:b@nord.example.com\",,,,,\r\n",
        );
    }
}
