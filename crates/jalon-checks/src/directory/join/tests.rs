//! Cases by hand: a directory on each side, and what comes of them. Properties of all cases are in `properties`.

mod properties;
mod reasons;
mod scale;

use jalon_wire::{
    entry::{Attributes, Entry},
    export::Export,
    source::Limits,
};

use super::{Conflict, Joined, Key, Map, Settings, plan};

/// The entries of an LDIF text.
fn ldif(text: &str) -> Vec<Entry> {
    read("test.ldif", text)
}

fn read(name: &str, text: &str) -> Vec<Entry> {
    let text = std::io::Cursor::new(text.to_owned());
    let export = Export::from_reader(text, name, Limits::default()).unwrap();
    export.map(Result::unwrap).collect()
}

/// A user of Active Directory with these attributes, `name: value` a line.
fn user(cn: &str, lines: &str) -> String {
    format!("dn: CN={cn},DC=contoso,DC=example\nobjectClass: user\n{lines}\n\n")
}

/// A person of the other directory.
fn person(uid: &str, lines: &str) -> String {
    format!("dn: uid={uid},dc=nord,dc=example\nobjectClass: inetOrgPerson\nuid: {uid}\n{lines}\n\n")
}

fn join_with(ad: &str, other: &str, settings: &Settings) -> Joined {
    plan(ldif(ad).into_iter(), ldif(other).into_iter(), settings).unwrap()
}

fn join(ad: &str, other: &str) -> Joined {
    join_with(ad, other, &Settings::default())
}

fn keys(raw: &str) -> Vec<Key> {
    raw.split(',').map(|it| Key::parse(it).unwrap()).collect()
}

/// `CN key confidence` of every match.
fn matches(joined: &Joined) -> Vec<String> {
    let cn = |dn: &str| dn.split([',', '=']).nth(1).unwrap_or_default().to_owned();
    joined
        .matched
        .iter()
        .map(|it| format!("{} {} {:.2}", cn(&it.dn), it.by, it.confidence))
        .collect()
}

/// `attribute value` of every proposal, with the former value where one goes.
fn values(joined: &Joined) -> Vec<String> {
    let fills = joined.matched.iter().flat_map(|it| &it.values);
    let told = fills.map(|it| match &it.value {
        Some(value) => format!("{} {value} > {}", it.attribute, it.proposed),
        None => format!("{} {}", it.attribute, it.proposed),
    });
    told.collect()
}

/// `attribute wanted reason` of every conflict.
fn conflicts(joined: &Joined) -> Vec<String> {
    let told = |it: &Conflict| format!("{} {} {}", it.attribute, it.wanted, it.reason.word());
    joined.conflicts.iter().map(told).collect()
}

/// What the directory is once every change record is applied.
fn applied(entries: &[Entry], joined: &Joined) -> Vec<Entry> {
    let apply = |entry: &Entry| {
        let fills: Vec<_> = joined
            .matched
            .iter()
            .filter(|it| it.dn == entry.dn)
            .flat_map(|it| &it.values)
            .collect();
        let goes = |name: &str, value: &[u8]| {
            let same = |it: &&super::Fill| {
                it.attribute.name().eq_ignore_ascii_case(name) && it.value.as_deref().map(str::as_bytes) == Some(value)
            };
            fills.iter().any(same)
        };
        let mut attributes = Attributes::default();
        let stays = entry.attributes.iter().filter(|(name, value)| !goes(name, value.bytes));
        stays.for_each(|(name, value)| attributes.push(name, value.bytes));
        fills
            .iter()
            .for_each(|it| attributes.push(it.attribute.name(), it.proposed.as_bytes()));
        Entry {
            attributes,
            ..entry.clone()
        }
    };
    entries.iter().map(apply).collect()
}

#[test]
fn a_number_decides_before_an_address_and_an_address_before_a_name() {
    let ad = user("By number", "employeeID: 007")
        + &user("By address", "proxyAddresses: smtp:B@contoso.example")
        + &user("By name", "givenName: Carla\nsn: Rossi");
    let other = person("a", "cn: Ann\nemployeeNumber: 007\nmail: a@contoso.example")
        + &person(
            "b",
            "cn: Bob\nmail: first@contoso.example\nmailAlternateAddress: b@Contoso.example",
        )
        + &person("c", "cn: ROSSI Carla\nmail: c@contoso.example");
    let joined = join(&ad, &other);
    assert_eq!(
        matches(&joined),
        ["By number employeeID 1.00", "By address mail 1.00", "By name name 0.95"]
    );
    assert_eq!((joined.ambiguous.len(), joined.missing.len()), (0, 0));
}

#[test]
fn the_order_of_the_keys_is_that_of_the_settings() {
    let ad = user("Number", "employeeID: 7\nsAMAccountName: x")
        + &user("Address", "mail: a@contoso.example\nsAMAccountName: a");
    let other = person("a", "employeeNumber: 7\nmail: a@contoso.example");
    let with = |raw: &str| {
        matches(&join_with(
            &ad,
            &other,
            &Settings {
                keys: keys(raw),
                ..Settings::default()
            },
        ))
    };
    assert_eq!(with("employeeID,mail"), ["Number employeeID 1.00"]);
    assert_eq!(with("mail,employeeID"), ["Address mail 1.00"]);
    assert_eq!(with("sAMAccountName=uid"), ["Address sAMAccountName=uid 1.00"]);
}

#[test]
fn everything_that_a_blank_user_lacks_is_proposed() {
    let ad = user("Helene", "givenName: Hélène\nsn: Lefèvre");
    let other = person(
        "hlefevre",
        "cn: Helene LEFEVRE\nmail: Helene@Contoso.example\nmail: hl@contoso.example\nmailForwardingAddress: h@contoso.mail.onmicrosoft.com",
    );
    let joined = join(&ad, &other);
    let expected = [
        "mail Helene@contoso.example",
        "mailNickname hlefevre",
        "proxyAddresses SMTP:Helene@contoso.example",
        "proxyAddresses smtp:hl@contoso.example",
        "targetAddress SMTP:h@contoso.mail.onmicrosoft.com",
    ];
    assert_eq!(values(&joined), expected);
    assert!(!joined.is_complete());
    let again = plan(
        applied(&ldif(&ad), &joined).into_iter(),
        ldif(&other).into_iter(),
        &Settings::default(),
    )
    .unwrap();
    assert_eq!((values(&again), again.is_complete()), (vec![], true));
}

#[test]
fn each_missing_value_is_a_defect_with_its_change_and_its_undo() {
    let ad = user(
        "Ada",
        "mail: ada@contoso.example\nmailNickname: ada\nproxyAddresses: SMTP:ada@contoso.example",
    );
    let other = person(
        "ada",
        "mail: ada@contoso.example\nmailAlternateAddress: AL@contoso.example",
    );
    let defects: Vec<_> = join(&ad, &other).defects().collect();
    let [defect] = defects.as_slice() else {
        panic!("{defects:?}")
    };
    let fix = defect.fix.as_ref().unwrap();
    assert_eq!(
        (defect.rule.as_str(), defect.observed.as_str(), defect.expected.as_str()),
        ("DIR-039", "", "smtp:AL@contoso.example")
    );
    assert!(
        fix.text
            .contains("add: proxyAddresses\nproxyAddresses: smtp:AL@contoso.example\n-\n")
    );
    assert!(
        fix.undo
            .as_ref()
            .unwrap()
            .contains("delete: proxyAddresses\nproxyAddresses: smtp:AL@contoso.example\n-\n")
    );
    assert!(
        defect.message.en.contains("AL@") && defect.remedy.fr.contains("1.00"),
        "{defect:?}"
    );
    assert_eq!(defect.object.as_ref().unwrap().object_class, "user");
}

#[test]
fn homonyms_are_listed_and_nobody_is_chosen() {
    let ad = user("Jean 1", "givenName: Jean\nsn: Martin") + &user("Jean 2", "displayName: MARTIN Jean");
    let joined = join(&ad, &person("jm", "cn: Jean Martin\nmail: jm@contoso.example"));
    assert_eq!((joined.matched.len(), joined.missing.len()), (0, 0));
    assert_eq!(joined.ambiguous[0].objects.len(), 2);
    assert!(!joined.is_complete());
}

#[test]
fn two_people_cannot_be_one_object() {
    let ad = user("Jean", "givenName: Jean\nsn: Martin\nemployeeID: 1");
    let (a, b) = (
        person("a", "cn: Jean Martin\nmail: a@contoso.example"),
        person("b", "cn: MARTIN Jean\nmail: b@contoso.example"),
    );
    let joined = join(&ad, &(a + &b));
    assert_eq!((joined.matched.len(), joined.ambiguous.len()), (0, 2));
    assert_eq!(joined.ambiguous[0].objects, ["CN=Jean,DC=contoso,DC=example"]);
    // A surer key keeps the object from a homonym.
    let (a, b) = (
        person("a", "cn: J\nemployeeNumber: 1\nmail: a@contoso.example"),
        person("b", "cn: Jean Martin\nmail: b@contoso.example"),
    );
    let joined = join(&ad, &(a + &b));
    assert_eq!(matches(&joined), ["Jean employeeID 1.00"]);
    assert_eq!(joined.ambiguous[0].person.dn, "uid=b,dc=nord,dc=example");
}

#[test]
fn a_user_comes_before_a_contact_that_holds_the_address() {
    let contact = "dn: CN=Contact,DC=contoso,DC=example\nobjectClass: contact\nmail: ada@contoso.example\n\n";
    let ada = person("ada", "cn: Ada Lovelace\nemployeeNumber: 1\nmail: ada@contoso.example");
    let joined = join(&(user("Ada", "employeeID: 1") + contact), &ada);
    assert_eq!(matches(&joined), ["Ada employeeID 1.00"]);
    assert_eq!(conflicts(&joined), ["mail ada@contoso.example held"]);
    assert!(!joined.is_complete());
    // A name alone is not believed against an address.
    let joined = join(&(user("Ada", "displayName: Ada Lovelace") + contact), &ada);
    assert_eq!(joined.ambiguous[0].objects.len(), 2);
    assert_eq!(matches(&join(contact, &ada)), ["Contact mail 1.00"]);
}

#[test]
fn only_names_that_are_sure_enough_are_matched() {
    let ad = user("Julien", "givenName: Julien\nsn: Martin");
    let julie = person("jm", "cn: Julie Martin\nmail: jm@contoso.example");
    assert_eq!(join(&ad, &julie).missing.len(), 1);
    let bold = Settings {
        confidence: 0.8,
        ..Settings::default()
    };
    assert_eq!(matches(&join_with(&ad, &julie, &bold)), ["Julien name 0.86"]);
}

#[test]
fn a_value_that_differs_is_told_and_not_changed() {
    let ad = user(
        "Ada",
        "employeeID: 1\nmail: Old@contoso.example\nproxyAddresses: SMTP:old@contoso.example\nmailNickname: old\ntargetAddress: SMTP:x@old.example",
    );
    let other = person(
        "ada",
        "employeeNumber: 1\nmail: new@contoso.example\nmailNickname: new\nmailForwardingAddress: y@new.example",
    );
    let joined = join(&ad, &other);
    assert_eq!(values(&joined), ["proxyAddresses smtp:new@contoso.example"]);
    let expected = [
        "mail new@contoso.example differs",
        "proxyAddresses SMTP:new@contoso.example differs",
        "mailNickname new differs",
        "targetAddress SMTP:y@new.example differs",
    ];
    assert_eq!(conflicts(&joined), expected);
    let bold = Settings {
        overwrite: true,
        ..Settings::default()
    };
    let joined = join_with(&ad, &other, &bold);
    let expected = [
        "mail Old@contoso.example > new@contoso.example",
        "mailNickname old > new",
        "proxyAddresses SMTP:old@contoso.example > smtp:old@contoso.example",
        "proxyAddresses SMTP:new@contoso.example",
        "targetAddress SMTP:x@old.example > SMTP:y@new.example",
    ];
    assert_eq!(values(&joined), expected);
    assert_eq!(joined.conflicts, []);
}

#[test]
fn the_primary_address_that_the_object_has_is_kept_and_agrees_with_mail() {
    let other = person("ada", "employeeNumber: 1\nmail: ada@contoso.example");
    let with_primary = join(
        &user(
            "Ada",
            "employeeID: 1\nmailNickname: a\nproxyAddresses: SMTP:boss@contoso.example",
        ),
        &other,
    );
    assert_eq!(
        values(&with_primary),
        ["mail boss@contoso.example", "proxyAddresses smtp:ada@contoso.example"]
    );
    let with_mail = join(
        &user("Ada", "employeeID: 1\nmailNickname: a\nmail: boss@contoso.example"),
        &other,
    );
    assert_eq!(
        values(&with_mail),
        [
            "proxyAddresses SMTP:boss@contoso.example",
            "proxyAddresses smtp:ada@contoso.example"
        ]
    );
    let as_alias = join(
        &user(
            "Ada",
            "employeeID: 1\nmailNickname: a\nproxyAddresses: smtp:ada@contoso.example",
        ),
        &other,
    );
    assert_eq!(values(&as_alias), ["mail ada@contoso.example"]);
    assert_eq!(
        conflicts(&as_alias),
        ["proxyAddresses SMTP:ada@contoso.example not-primary"]
    );
}

#[test]
fn an_address_never_comes_to_a_second_object() {
    let group =
        "dn: CN=Sales,DC=contoso,DC=example\nobjectClass: group\nproxyAddresses: SMTP:sales@contoso.example\n\n";
    let signs_in = user("Signs in", "userPrincipalName: al@contoso.example");
    let ad = user("Ada", "employeeID: 1") + &user("Bob", "employeeID: 2") + group + &signs_in;
    let ada = "employeeNumber: 1\nmail: ada@contoso.example\nmailAlternateAddress: SALES@contoso.example\nmailAlternateAddress: al@contoso.example\nmailAlternateAddress: both@contoso.example";
    let bob = "employeeNumber: 2\nmail: both@contoso.example\nmailForwardingAddress: ada@contoso.example";
    let joined = join(&ad, &(person("ada", ada) + &person("bob", bob)));
    let expected = [
        "mail ada@contoso.example",
        "mailNickname ada",
        "proxyAddresses SMTP:ada@contoso.example",
        "mailNickname bob",
    ];
    assert_eq!(values(&joined), expected);
    let expected = [
        "proxyAddresses smtp:SALES@contoso.example held",
        "proxyAddresses smtp:al@contoso.example held",
        "proxyAddresses smtp:both@contoso.example shared",
        "mail both@contoso.example shared",
        "targetAddress SMTP:ada@contoso.example shared",
    ];
    assert_eq!(conflicts(&joined), expected);
    assert_eq!(joined.conflicts[0].reason.others(), ["CN=Sales,DC=contoso,DC=example"]);
}

#[test]
fn aliases_wait_for_a_primary_address() {
    let ad = user("Ada", "employeeID: 1") + &user("Bob", "mail: taken@contoso.example");
    let joined = join(
        &ad,
        &person(
            "ada",
            "employeeNumber: 1\nmail: taken@contoso.example\nmailAlternateAddress: al@contoso.example",
        ),
    );
    assert_eq!(values(&joined), Vec::<String>::new());
    assert_eq!(
        conflicts(&joined),
        [
            "mail taken@contoso.example held",
            "proxyAddresses smtp:al@contoso.example no-primary"
        ]
    );
}

#[test]
fn values_that_the_directory_cannot_hold_are_told_and_not_used() {
    let joined = join(
        &user("Ada", "employeeID: 1"),
        &person(
            "ada",
            "employeeNumber: 1\nmail: ada@nord\nmail: ada@contoso.example\nmailAlternateAddress: a da@contoso.example\nproxyAddresses: x500:/o=Nord",
        ),
    );
    let told: Vec<_> = joined
        .unusable
        .iter()
        .map(|it| (it.attribute.as_str(), it.value.as_str(), it.why.word()))
        .collect();
    assert_eq!(
        told,
        [
            ("mail", "ada@nord", "domain_part"),
            ("mailAlternateAddress", "a da@contoso.example", "local_part")
        ]
    );
    assert!(values(&joined).contains(&"mail ada@contoso.example".to_owned()));
}

#[test]
fn a_target_domain_gives_everybody_a_way_into_the_cloud() {
    let settings = Settings {
        target_domain: Some("contoso.mail.onmicrosoft.com".into()),
        ..Settings::default()
    };
    let ad = user("Ada", "employeeID: 1") + &user("Bob", "employeeID: 2\nhomeMDB: CN=DB1\nmailNickname: bob");
    let other = person("ada", "employeeNumber: 1\nmail: ada@contoso.example")
        + &person("bob", "employeeNumber: 2\nmail: bob@contoso.example");
    let joined = join_with(&ad, &other, &settings);
    assert!(
        values(&joined).contains(&"targetAddress SMTP:ada@contoso.mail.onmicrosoft.com".to_owned()),
        "{:?}",
        values(&joined)
    );
    assert_eq!(
        conflicts(&joined),
        ["targetAddress SMTP:bob@contoso.mail.onmicrosoft.com local-mailbox"]
    );
}

#[test]
fn several_places_to_forward_to_are_none() {
    let other = person(
        "ada",
        "employeeNumber: 1\nmail: ada@contoso.example\nmailForwardingAddress: a@x.example\nmailForwardingAddress: b@x.example\nmailForwardingAddress: ada@contoso.example",
    );
    let joined = join(&user("Ada", "employeeID: 1"), &other);
    assert_eq!(conflicts(&joined), ["targetAddress a@x.example, b@x.example unsound"]);
}

#[test]
fn the_map_counts_more_than_any_key() {
    let ad =
        user("Ada", "employeeID: 1\nsAMAccountName: adal") + &user("Bob", "userPrincipalName: bob@contoso.example");
    let other =
        person("ada", "employeeNumber: 1\nmail: ada@contoso.example") + &person("bob", "mail: bobby@contoso.example");
    let with = |map: &str| {
        let settings = Settings {
            map: Map::parse(map).unwrap(),
            ..Settings::default()
        };
        plan(ldif(&ad).into_iter(), ldif(&other).into_iter(), &settings)
    };
    let joined =
        with("ad,other\nADAL,bobby@contoso.example\nbob@contoso.example,\"uid=ada, dc=nord,dc=example\"\n").unwrap();
    assert_eq!(matches(&joined), ["Bob map 1.00", "Ada map 1.00"]);
    let joined = with("ad,other\nadal,bob\n").unwrap();
    assert_eq!(matches(&joined), ["Ada map 1.00"]);
    assert_eq!(
        joined.ambiguous[0].person.dn, "uid=ada,dc=nord,dc=example",
        "its key finds the object that the map gives away"
    );
    let error = |map: &str| with(map).unwrap_err().to_string();
    assert_eq!(
        error("ad,other\nadal,ada\nnobody,bob\n"),
        "row 3: no object of Active Directory is called `nobody`"
    );
    assert_eq!(
        error("ad,other\nadal,nobody\n"),
        "row 2: nobody in the other directory is called `nobody`"
    );
    assert_eq!(
        error("ad,other\nadal,ada\n\nadal,bob\n"),
        "row 4: row 2 names the same object or person"
    );
}

#[test]
fn exports_of_usual_products_are_understood() {
    let ad = user("Ada", "givenName: Ada\nsn: Lovelace");
    let domino = "dn: CN=Ada Lovelace,O=Nord\nobjectClass: dominoPerson\nFullName: CN=Ada Lovelace/O=Nord\nInternetAddress: ada@contoso.example\nShortName: alovelace\nMailAddress: ada@new.example\n";
    let zimbra = "dn: uid=ada,ou=people,dc=nord,dc=example\nobjectClass: zimbraAccount\ncn: Ada Lovelace\nuid: alovelace\nmail: al@contoso.example\nmail: ada@contoso.example\nzimbraMailDeliveryAddress: ada@contoso.example\nzimbraMailAlias: al@contoso.example\nzimbraPrefMailForwardingAddress: ada@new.example\n";
    for other in [domino, zimbra] {
        let found = values(&join(&ad, other));
        for expected in [
            "mail ada@contoso.example",
            "mailNickname alovelace",
            "targetAddress SMTP:ada@new.example",
        ] {
            assert!(found.contains(&expected.to_owned()), "{expected} is missing: {found:?}");
        }
    }
    let google = "First Name [Required],Last Name [Required],Email Address [Required],Employee ID,Email Aliases\nAda,Lovelace,ada@contoso.example,7,\"al@contoso.example, countess@contoso.example\"\n";
    let joined = plan(
        ldif(&ad).into_iter(),
        read("users.csv", google).into_iter(),
        &Settings::default(),
    )
    .unwrap();
    assert_eq!(values(&joined).len(), 5, "{:?}", values(&joined));
}

#[test]
fn groups_units_and_people_without_mail_are_left_out() {
    let other = "dn: ou=people,dc=nord,dc=example\nobjectClass: organizationalUnit\nou: people\n\n".to_owned()
        + "dn: cn=all,dc=nord,dc=example\nobjectClass: groupOfNames\nmail: all@contoso.example\n\n"
        + &person("ghost", "cn: Ghost Writer");
    let joined = join(&user("Ghost", "displayName: Ghost Writer"), &other);
    assert_eq!(
        (
            joined.counts.other_entries,
            joined.counts.other_people,
            joined.counts.without_mail
        ),
        (3, 1, 1)
    );
    assert!(joined.is_complete());
    assert_eq!(joined.without_counterpart, ["CN=Ghost,DC=contoso,DC=example"]);
}

#[test]
fn only_what_people_accept_is_kept() {
    let ad = user("Ada", "employeeID: 1\nmailNickname: a") + &user("Bob", "displayName: Bob Byron\nmailNickname: b");
    let other = person("ada", "employeeNumber: 1\nmail: ada@contoso.example")
        + &person("bob", "cn: Bob Byron\nmail: bob@contoso.example");
    let mut joined = join(&ad, &other);
    let mut table = Vec::new();
    joined.write_review(&mut table).unwrap();
    let text = String::from_utf8(table.clone()).unwrap();
    assert!(
        text.contains("\r\nyes,\"CN=Ada,DC=contoso,DC=example\",mail,,ada@contoso.example,employeeID,1.00,edit\r\n"),
        "{text}"
    );
    assert!(
        text.contains("\r\nno,\"CN=Bob,DC=contoso,DC=example\",mail,,bob@contoso.example,name,0.95,edit\r\n"),
        "{text}"
    );
    let rows = crate::directory::fix::read_review(table.as_slice()).unwrap();
    joined.accept(&rows, &|_| false).unwrap();
    assert_eq!(
        values(&joined),
        ["mail ada@contoso.example", "proxyAddresses SMTP:ada@contoso.example"]
    );
    let edited = text.replace(",ada@contoso.example", ",boss@contoso.example");
    let rows = crate::directory::fix::read_review(edited.as_bytes()).unwrap();
    let errors = joined.accept(&rows, &|_| false).unwrap_err();
    assert_eq!((errors.len(), errors[0].row), (1, 2));
}
