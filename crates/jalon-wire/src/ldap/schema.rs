//! Which attributes the schema knows, so that "the Exchange schema is absent" is not read as "all
//! values are empty".

use super::{Client, LdapError, Query, RootDse, Scope};
use crate::entry::Entry;

/// Who has one of these knows mail recipients as Exchange does.
const EXCHANGE: [&str; 2] = ["mailNickname", "targetAddress"];
/// Every global catalogue holds it; when the schema does not say so, it does not say anything.
const IN_EVERY_CATALOGUE: &str = "objectSid";

/// What the schema knows of a list of attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Asked for and not in the schema.
    pub absent: Vec<String>,
    /// In the schema and not in the global catalogue; only Active Directory has one.
    pub not_in_catalogue: Vec<String>,
    /// The schema has been extended for Exchange: it knows `mailNickname` and `targetAddress`.
    pub exchange: bool,
}

/// An attribute that the schema knows.
struct Known {
    name: String,
    in_catalogue: bool,
}

impl Client {
    /// Asks the schema about these attributes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn schema(&mut self, attributes: &[&str]) -> Result<Schema, LdapError> {
        let root = self.root_dse().await?;
        let asked: Vec<&str> = attributes.iter().map(|it| plain(it)).collect();
        let known = match &root.schema_naming_context {
            Some(base) if root.is_active_directory() => self.active_directory(base, &asked).await?,
            _ => self.subschema(&root).await?,
        };
        Ok(judge(&asked, &known))
    }

    /// Active Directory keeps one object an attribute.
    async fn active_directory(&mut self, base: &str, asked: &[&str]) -> Result<Vec<Known>, LdapError> {
        let names = asked.iter().chain(&EXCHANGE).chain([&IN_EVERY_CATALOGUE]);
        let any: String = names
            .map(|it| format!("(lDAPDisplayName={})", ldap3::ldap_escape(*it)))
            .collect();
        let attributes = ["lDAPDisplayName", "isMemberOfPartialAttributeSet"];
        let query = Query {
            scope: Scope::Children,
            ..Query::below(base, &attributes).filtered(format!("(&(objectClass=attributeSchema)(|{any}))"))
        };
        let found = self.scan(&query, &|| false).all().await?;
        Ok(found.iter().filter_map(attribute_schema).collect())
    }

    /// Everybody else keeps one object with all of them (RFC 4512, 4.2).
    async fn subschema(&mut self, root: &RootDse) -> Result<Vec<Known>, LdapError> {
        let base = root.subschema_subentry.as_deref().unwrap_or("cn=Subschema");
        let query = Query {
            scope: Scope::Base,
            ..Query::below(base, &["attributeTypes"]).filtered("(objectClass=subschema)")
        };
        let found = self.scan(&query, &|| false).all().await?;
        let definitions = found.iter().flat_map(|it| it.attributes.values("attributeTypes"));
        let names = definitions.filter_map(|it| it.text()).flat_map(names);
        let known: Vec<_> = names
            .map(|name| Known {
                name: name.to_owned(),
                in_catalogue: true,
            })
            .collect();
        if known.is_empty() {
            return Err(LdapError::Malformed {
                server: self.address().server(),
                reason: format!("`{base}` holds no schema"),
            });
        }
        Ok(known)
    }
}

fn attribute_schema(entry: &Entry) -> Option<Known> {
    let text = |name| entry.attributes.first(name).and_then(|it| it.text());
    Some(Known {
        name: text("lDAPDisplayName")?.to_owned(),
        in_catalogue: text("isMemberOfPartialAttributeSet") == Some("TRUE"),
    })
}

/// The attribute without options, which no schema lists.
fn plain(description: &str) -> &str {
    description.split(';').next().unwrap_or(description)
}

fn judge(asked: &[&str], known: &[Known]) -> Schema {
    let find = |name: &str| known.iter().find(|it| it.name.eq_ignore_ascii_case(name));
    let owned = |it: &&str| (*it).to_owned();
    let tells_the_catalogue = find(IN_EVERY_CATALOGUE).is_some_and(|it| it.in_catalogue);
    let is_outside = |name: &&&str| tells_the_catalogue && find(name).is_some_and(|it| !it.in_catalogue);
    Schema {
        absent: asked.iter().filter(|it| find(it).is_none()).map(owned).collect(),
        not_in_catalogue: asked.iter().filter(is_outside).map(owned).collect(),
        exchange: EXCHANGE.iter().all(|it| find(it).is_some()),
    }
}

/// The names in an attribute type description: `( 2.5.4.4 NAME ( 'sn' 'surname' ) SUP name )`.
fn names(definition: &str) -> impl Iterator<Item = &str> {
    let after = definition
        .split_once(" NAME ")
        .map_or("", |(_, after)| after.trim_start());
    let end = if after.starts_with('(') {
        after.find(')')
    } else {
        after.match_indices('\'').nth(1).map(|(end, _)| end + 1)
    };
    after[..end.unwrap_or(0)].split('\'').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(definition: &str, expected: &[&str]) {
        assert_eq!(names(definition).collect::<Vec<_>>(), expected, "{definition}");
    }

    #[test]
    fn the_names_of_an_attribute_type_are_found() {
        check(
            "( 2.5.4.4 NAME ( 'sn' 'surname' ) DESC 'RFC4519' SUP name )",
            &["sn", "surname"],
        );
        check("( 1.2.3 NAME 'mail' DESC 'the ''address''' SYNTAX 1.3 )", &["mail"]);
        check("( 1.2.3 DESC 'without a name' )", &[]);
        check("( 1.2.3 NAME 'cut", &[]);
        check("( 1.2.3 NAME ( 'cut'", &[]);
    }

    #[test]
    fn a_schema_that_says_nothing_of_the_catalogue_is_not_believed() {
        let known = |in_catalogue| {
            let one = |name: &str, in_catalogue| Known {
                name: name.to_owned(),
                in_catalogue,
            };
            [one("objectSid", in_catalogue), one("employeeID", false)]
        };
        assert_eq!(judge(&["employeeid"], &known(true)).not_in_catalogue, ["employeeid"]);
        assert!(judge(&["employeeid"], &known(false)).not_in_catalogue.is_empty());
        assert_eq!(judge(&["mailNickname"], &known(true)).absent, ["mailNickname"]);
    }
}
