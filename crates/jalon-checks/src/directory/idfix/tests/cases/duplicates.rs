//! Values that several objects hold.

use super::{D, MT, check, check_all};

/// Of one of Exchange's.
const NICKNAME: (&str, &str) = ("mailNickname", "unlike");
const NO_STORE: (&str, &str) = ("homeMDB", "-");

#[test]
fn a_later_holder_is_told_and_the_first_where_the_later_one_is_to_be_edited() {
    let a = ("mail", "ada@contoso.example");
    check_all(
        MT,
        &[&[a], &[("mail", "ADA@contoso.example")], &[a]],
        &[
            "A mail: duplicate -> ada@contoso.example (edit, first)",
            "B mail: duplicate -> ADA@contoso.example (edit, later)",
            "C mail: duplicate -> ada@contoso.example (edit, later)",
        ],
    );
    // Kept by one of Exchange's: the first holder is not told.
    check_all(
        MT,
        &[&[a], &[a, NICKNAME]],
        &["B mail: duplicate -> ada@contoso.example (complete, later)"],
    );
    // What the first holder is does not matter.
    check_all(
        MT,
        &[&[a, NICKNAME], &[a]],
        &[
            "A mail: duplicate -> ada@contoso.example (edit, first)",
            "B mail: duplicate -> ada@contoso.example (edit, later)",
        ],
    );
}

/// Two objects hold the value; the second has `extra` besides. Its action, and whether the first one is told.
#[track_caller]
fn pair(attribute: &str, value: &str, extra: (&str, &str), action: &str) {
    let line = |whose, action, holder| format!("{whose} {attribute}: duplicate -> {value} ({action}, {holder})");
    let mut expected = vec![line("B", action, "later")];
    if action == "edit" {
        expected.insert(0, line("A", action, "first"));
    }
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    let second = [(attribute, value), extra];
    check_all(MT, &[&[(attribute, value), NO_STORE], &second], &expected);
}

#[test]
fn what_becomes_of_a_later_value_depends_on_what_else_the_object_has() {
    pair("mail", "a@contoso.fr", NO_STORE, "edit");
    pair("mail", "a@contoso.fr", NICKNAME, "complete");
    pair("mailNickname", "ada", NO_STORE, "edit");
    pair("mailNickname", "ada", ("homeMDB", "CN=Store"), "complete");
    pair("sAMAccountName", "ada", NO_STORE, "edit");
    pair("sAMAccountName", "ada", NICKNAME, "complete");
    pair("userPrincipalName", "a@contoso.fr", NO_STORE, "edit");
    pair("userPrincipalName", "a@contoso.fr", NICKNAME, "complete");
    pair("targetAddress", "sip:a", NICKNAME, "edit");
    pair("proxyAddresses", "sip:a", NO_STORE, "edit");
    pair("proxyAddresses", "sip:a", NICKNAME, "edit");
    pair("proxyAddresses", "SMTP:a@contoso.fr", NICKNAME, "complete");
    pair("proxyAddresses", "smtp:a@contoso.fr", NO_STORE, "remove");
}

#[test]
fn names_and_the_target_addresses_of_dedicated_mode_are_not_compared() {
    let names = [("displayName", "Ada"), ("givenName", "Ada")];
    check_all(MT, &[&names, &names], &[]);
    let target = [("targetAddress", "sip:a")];
    check_all(D, &[&target, &target], &[]);
}

#[test]
fn values_of_different_attributes_are_not_compared() {
    let mail = [("mail", "a@contoso.fr")];
    check_all(MT, &[&mail, &[("userPrincipalName", "a@contoso.fr")]], &[]);
}

#[test]
fn account_names_are_compared_where_there_is_no_principal_name() {
    let account = ("sAMAccountName", "ada");
    let principal = ("userPrincipalName", "a@contoso.example");
    check_all(MT, &[&[account, principal], &[account]], &[]);
    check_all(MT, &[&[account], &[account, principal]], &[]);
}

#[test]
fn what_is_compared_is_the_value_as_mended_so_far() {
    // Mended before the comparison: the same, to be edited, and its first holder is not found.
    check_all(
        MT,
        &[&[("mailNickname", "ada")], &[("mailNickname", ".ada")]],
        &["B mailNickname: character duplicate -> ada (edit, later)"],
    );
    check_all(
        MT,
        &[
            &[("userPrincipalName", "a da@contoso.fr")],
            &[("userPrincipalName", "ada@contoso.fr")],
        ],
        &[
            "A userPrincipalName: character duplicate -> ada@contoso.fr (edit, first)",
            "B userPrincipalName: duplicate -> ada@contoso.fr (edit, later)",
        ],
    );
}

#[test]
fn addresses_are_compared_before_their_characters_are_mended() {
    // What is mended behind the comparison is to be edited, even one that would be kept.
    check_all(
        MT,
        &[
            &[("proxyAddresses", "smtp:a da@contoso.fr")],
            &[("proxyAddresses", "smtp:ada@contoso.fr")],
            &[("proxyAddresses", "smtp:A DA@contoso.fr"), NICKNAME],
        ],
        &[
            "A proxyAddresses: duplicate character -> smtp:ada@contoso.fr (edit, first)",
            "C proxyAddresses: duplicate character -> smtp:ADA@contoso.fr (edit, later)",
        ],
    );
    // The prefix is part of what is compared.
    let sip = ("proxyAddresses", "sip:a");
    check_all(MT, &[&[sip], &[("proxyAddresses", "eum:a")]], &[]);
}

#[test]
fn whether_an_address_stays_is_asked_of_the_first_value_only() {
    let (a, b) = (
        ("proxyAddresses", "smtp:a@contoso.fr"),
        ("proxyAddresses", "smtp:b@contoso.fr"),
    );
    check_all(
        MT,
        &[&[a, b], &[a, b, NICKNAME]],
        &[
            "A proxyAddresses: duplicate -> smtp:b@contoso.fr (edit, first)",
            "B proxyAddresses: duplicate -> smtp:a@contoso.fr (complete, later)",
            "B proxyAddresses: duplicate -> smtp:b@contoso.fr (edit, later)",
        ],
    );
}

#[test]
fn an_object_may_be_its_own_later_holder() {
    let (primary, second) = ("SMTP:a@contoso.fr", "smtp:a@contoso.fr");
    check(
        MT,
        &[("proxyAddresses", primary), ("proxyAddresses", second)],
        &[
            "proxyAddresses: duplicate -> SMTP:a@contoso.fr (edit, first)",
            "proxyAddresses: duplicate -> smtp:a@contoso.fr (edit, later)",
        ],
    );
    check(
        MT,
        &[("proxyAddresses", "sip:ab"), ("proxyAddresses", "sip:a:b")],
        &["proxyAddresses: character duplicate -> sip:ab (edit, later)"],
    );
}

#[test]
fn dedicated_mode_compares_mail_nickname_and_addresses() {
    check_all(
        D,
        &[
            &[
                ("mail", "a@contoso.fr"),
                ("mailNickname", "ada"),
                ("proxyAddresses", "sip:a"),
            ],
            &[
                ("mail", "A@contoso.fr"),
                ("mailNickname", "Ada"),
                ("proxyAddresses", "SIP:a"),
            ],
        ],
        &[
            "A proxyAddresses: duplicate -> sip:a (edit, first)",
            "B mail: duplicate -> A@contoso.fr (complete, later)",
            "B mailNickname: duplicate -> Ada (complete, later)",
            "B proxyAddresses: duplicate -> SIP:a (edit, later)",
        ],
    );
}
