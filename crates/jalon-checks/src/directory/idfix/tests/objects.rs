//! Which entries IdFix asks for, which it leaves out, what class it sees.

use super::{Mode, Object, borrowed, entry, selected, skipped};

const MT: Mode = Mode::MultiTenant;
const D: Mode = Mode::Dedicated;

#[track_caller]
fn asked(values: &[(&str, &str)], expected: [bool; 2]) {
    let entry = entry("CN=Ada,DC=contoso,DC=example", values);
    let found = [MT, D].map(|it| selected(&borrowed(&entry), it));
    assert_eq!(found, expected, "{values:?}");
}

#[test]
fn persons_and_groups_are_asked_for_and_in_dedicated_mode_those_with_mail() {
    let category = |name| ("objectCategory", name);
    let mail = ("mail", "a@contoso.example");
    let person = category("CN=Person,CN=Schema,CN=Configuration,DC=contoso,DC=example");
    asked(&[person], [true, false]);
    asked(&[person, mail], [true, true]);
    asked(&[category("CN=Group,CN=Schema"), mail], [true, true]);
    asked(&[category("person")], [true, false]);
    asked(
        &[category("CN=Computer,CN=Schema"), mail, ("objectClass", "user")],
        [false, false],
    );
    asked(&[category("CN=Organizational-Unit,CN=Schema"), mail], [false, false]);
}

#[test]
fn without_categories_the_class_decides() {
    let mail = ("mail", "a@contoso.example");
    for class in [
        "user",
        "contact",
        "Group",
        "inetOrgPerson",
        "person",
        "organizationalPerson",
    ] {
        asked(&[("objectClass", "top"), ("objectClass", class), mail], [true, true]);
    }
    asked(
        &[("objectClass", "user"), ("objectClass", "computer"), mail],
        [false, false],
    );
    asked(&[("objectClass", "organizationalUnit"), mail], [false, false]);
    // A table of people.
    asked(&[mail], [true, true]);
    asked(&[("givenName", "Ada")], [true, false]);
}

#[test]
fn the_class_is_the_last_one() {
    let class = |values: &[(&str, &str)]| {
        let entry = entry("CN=Ada", values);
        Object::of(&borrowed(&entry)).class.into_owned()
    };
    assert_eq!(
        class(&[
            ("objectClass", "top"),
            ("objectClass", "user"),
            ("objectClass", "inetOrgPerson")
        ]),
        "inetOrgPerson"
    );
    assert_eq!(class(&[("groupType", "2")]), "group");
    assert_eq!(class(&[]), "user");
}

#[track_caller]
fn left_out(values: &[(&str, &str)], expected: [bool; 2]) {
    let dn = values
        .iter()
        .find(|it| it.0 == "dn")
        .map_or("CN=Ada,DC=contoso", |it| it.1);
    let entry = entry(dn, values);
    let object = Object::of(&borrowed(&entry));
    assert_eq!([MT, D].map(|it| skipped(&object, it)), expected, "{values:?}");
}

#[test]
fn system_names_and_conflict_copies_are_left_out_in_both_modes() {
    for cn in [
        "Administrator",
        "CAS_{0}",
        "DiscoverySearchMailbox {D9}",
        "FederatedEmail.4c",
        "guest",
        "HTTPConnector",
        "KRBTGT",
        "IUSR_web",
        "IWAM_web",
        "MSOL_42",
        "Support_388945a0",
        "SystemMailbox{1f}",
        "WWIOadmini",
        "HealthMailbox7",
        "Exchange Online-ApplicationAccount",
        "PC$",
    ] {
        left_out(&[("cn", cn)], [true, true]);
        left_out(&[("dn", &format!("CN={cn},DC=contoso"))], [true, true]);
    }
    left_out(&[("cn", "Ada Admini")], [false, false]);
    left_out(&[("dn", "CN=Ada\\0ACNF:1f2e,DC=contoso")], [true, true]);
    left_out(&[("dn", "CN=Ada\nCNF:1f2e,DC=contoso")], [false, false]);
    // The NUL of what is looked for is ignored.
    left_out(&[("dn", "CN=Macnf: sales,DC=contoso")], [true, true]);
}

#[test]
fn critical_objects_are_left_out_where_the_attribute_is_asked_for() {
    left_out(&[("isCriticalSystemObject", "TRUE")], [true, false]);
    left_out(&[("isCriticalSystemObject", " true ")], [true, false]);
    left_out(&[("isCriticalSystemObject", "FALSE")], [false, false]);
}

#[test]
fn multi_tenant_leaves_out_system_users() {
    for (name, value) in [
        ("sAMAccountName", "cas_1"),
        ("sAMAccountName", "SUPPORT_1"),
        ("sAMAccountName", "msol_1"),
        ("mailNickname", "CAS_1"),
        ("mailNickname", "SystemMailbox{1}"),
        ("msExchRecipientTypeDetails", "0x1000"),
        ("msExchRecipientTypeDetails", "0x20000000"),
    ] {
        left_out(&[("objectClass", "user"), (name, value)], [true, false]);
        left_out(&[("objectClass", "contact"), (name, value)], [false, false]);
    }
    // What a directory really answers for 0x1000.
    left_out(&[("msExchRecipientTypeDetails", "4096")], [false, false]);
    let hidden = [("displayName", "MSOL x"), ("msExchHideFromAddressLists", "TRUE")];
    left_out(&hidden, [true, false]);
    left_out(&hidden[..1], [false, false]);
    left_out(&[hidden[0], ("msExchHideFromAddressLists", "FALSE")], [false, false]);
}

#[test]
fn a_value_that_cannot_be_read_ends_the_filter() {
    let account = ("sAMAccountName", "msol_1");
    left_out(&[("isCriticalSystemObject", "1"), account], [false, false]);
    left_out(
        &[
            ("msExchHideFromAddressLists", "yes"),
            ("displayName", "Ada"),
            ("msExchRecipientTypeDetails", "0x1000"),
        ],
        [false, false],
    );
    // Not looked at without displayName.
    left_out(
        &[
            ("msExchHideFromAddressLists", "yes"),
            ("msExchRecipientTypeDetails", "0x1000"),
        ],
        [true, false],
    );
    left_out(&[("objectClass", "group")], [false, false]);
    left_out(&[("objectClass", "group"), ("groupType", "x")], [false, false]);
}

#[test]
fn multi_tenant_leaves_out_groups_without_mail() {
    let group = |kind| [("objectClass", "group"), ("groupType", kind)];
    let mail = ("mail", "g@contoso.example");
    let proxy = ("proxyAddresses", "smtp:g@contoso.example");
    left_out(&group("-2147483646"), [true, false]);
    left_out(&[&group("-2147483646")[..], &[mail]].concat(), [false, false]);
    left_out(&[&group("-2147483646")[..], &[proxy]].concat(), [true, false]);
    left_out(&group(" 2"), [true, false]);
    left_out(&[&group("2")[..], &[mail]].concat(), [true, false]);
    left_out(&[&group("2")[..], &[proxy]].concat(), [false, false]);
}
