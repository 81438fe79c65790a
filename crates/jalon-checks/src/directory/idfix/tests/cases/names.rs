//! displayName, givenName, mailNickname, sAMAccountName.

use super::{D, MT, check, limit, told, value};

#[test]
fn display_name_multi_tenant() {
    limit(MT, "displayName", 255);
    for class in ["user", "contact", "group", "inetOrgPerson"] {
        let values = [("objectClass", class), ("displayName", "-")];
        check(MT, &values, &["displayName: blank -> A (edit)"]);
    }
    value(MT, "displayName", "", "blank -> A (edit)");
    value(MT, "displayName", " ", "");
    value(MT, "displayName", " Ada ", "");
}

#[test]
fn display_name_dedicated() {
    limit(D, "displayName", 256);
    value(D, "displayName", "\u{a0} Ada L\t\n", "character -> Ada L (edit)");
    value(D, "displayName", " \u{3000}", "character -> A (edit)");
    value(D, "displayName", "-", "");
    value(D, "displayName", "", "");
    for blank in ["-", ""] {
        let group = [("objectClass", "group"), ("displayName", blank)];
        check(D, &group, &["displayName: blank -> A (edit)"]);
    }
    let cn = "n".repeat(300);
    let group = [("objectClass", "group"), ("displayName", "-"), ("cn", &cn)];
    check(D, &group, &[&format!("displayName: blank -> {} (edit)", &cn[..255])]);
    check(MT, &group[1..], &[&format!("displayName: blank -> {cn} (edit)")]);
}

#[test]
fn without_cn_the_distinguished_name_names_the_object() {
    let values = [("displayName", "-"), ("cn", "-")];
    check(MT, &values, &["displayName: blank -> A (edit)"]);
}

#[test]
fn given_name() {
    limit(MT, "givenName", 63);
    value(D, "givenName", &"y".repeat(64), "");
}

#[test]
fn lengths_are_counted_as_dotnet_counts_them() {
    let wide = "😀".repeat(31);
    // 31 characters of two units each, and two of one: 64 units.
    value(
        MT,
        "givenName",
        &format!("{wide}ab"),
        &format!("length -> {wide}a (edit)"),
    );
    // The cut falls into a character: IdFix keeps half of it, here it goes.
    value(
        MT,
        "givenName",
        &format!("a{wide}😀"),
        &format!("length -> a{wide} (edit)"),
    );
    value(MT, "givenName", &"é".repeat(63), "");
}

#[test]
fn mail_nickname_multi_tenant() {
    limit(MT, "mailNickname", 64);
    value(MT, "mailNickname", "a b!@", "");
    value(MT, "mailNickname", "..ada.", "character -> ada. (edit)");
    value(MT, "mailNickname", "...", "character -> A (edit)");
    let long = "n".repeat(64);
    let told = format!("length character -> {} (edit)", &long[..63]);
    value(MT, "mailNickname", &format!(".{long}"), &told);
}

#[test]
fn mail_nickname_dedicated() {
    limit(D, "mailNickname", 64);
    for c in " \t\\!#$%&*+/=?^`{}|~<>()';:,[]\"@".chars() {
        value(D, "mailNickname", &format!("a{c}da"), "character -> ada (edit)");
    }
    value(D, "mailNickname", "@@", "character -> A (edit)");
    // The rule about full stops is dead.
    value(D, "mailNickname", ".ada.", "");
    // A user's blank one is documented, and not told.
    value(D, "mailNickname", "-", "");
    value(D, "mailNickname", "", "");
}

#[test]
fn a_blank_mail_nickname_of_a_contact_takes_the_best_name() {
    for (names, expected) in [
        (
            &[("givenName", "Ada"), ("sn", "Lovelace"), ("sAMAccountName", "a")][..],
            "Ada.Lovelace",
        ),
        (&[("givenName", "Ada")], "Ada"),
        (&[("sn", "Lovelace")], "Lovelace"),
        (&[("givenName", ""), ("sn", "")], "A"),
        (&[("sAMAccountName", "ada")], "ada"),
        (&[], "A"),
    ] {
        for blank in ["-", ""] {
            let values = [&[("objectClass", "contact"), ("mailNickname", blank)], names].concat();
            check(D, &values, &[&format!("mailNickname: blank -> {expected} (edit)")]);
        }
    }
}

#[test]
fn account_names() {
    limit(MT, "sAMAccountName", 20);
    let long = "s".repeat(257);
    for class in ["group", "contact", "inetOrgPerson"] {
        let line = format!("sAMAccountName: length -> {} (edit)", &long[..256]);
        check(MT, &[("objectClass", class), ("sAMAccountName", &long)], &[&line]);
    }
    for c in "\\\"|,/[]:<>+=;?*".chars() {
        value(MT, "sAMAccountName", &format!("a{c}da"), "character -> ada (edit)");
    }
    value(MT, "sAMAccountName", "a da@é.", "");
    value(D, "sAMAccountName", &long, "");
}

#[test]
fn of_an_attribute_with_several_values_the_first_is_judged() {
    let long = "g".repeat(64);
    assert_eq!(told(MT, &[&[("givenName", "Ada"), ("givenName", &long)]]).len(), 0);
    assert_eq!(told(MT, &[&[("givenName", &long), ("givenName", "Ada")]]).len(), 1);
}
