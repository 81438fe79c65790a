//! mail, proxyAddresses, targetAddress, userPrincipalName.

use super::{D, MT, check, limit, told, value};
use crate::directory::{
    TopLevelDomains,
    idfix::{
        Settings,
        tests::{entry, run},
    },
};

#[test]
fn mail_multi_tenant_is_only_long_or_shared() {
    limit(MT, "mail", 256);
    value(MT, "mail", "no address at all", "");
}

#[test]
fn mail_dedicated_is_an_address() {
    value(D, "mail", "ada@contoso.example", "");
    value(
        D,
        "mail",
        "a da@contoso.example\n",
        "character -> ada@contoso.example (edit)",
    );
    value(D, "mail", "ada@nord.local", "top_level_domain -> ada@nord.local (edit)");
    value(
        D,
        "mail",
        "ad é.@con_toso.local",
        "character top_level_domain domain_part local_part -> ad@contoso.local (edit)",
    );
    let long = format!("{}@contoso.example", "m".repeat(300));
    let told = format!("length domain_part local_part format -> {} (edit)", &long[..256]);
    value(D, "mail", &long, &told);
}

#[test]
fn addresses_as_idfix_reads_them() {
    for (written, told) in [
        ("ada", "domain_part local_part format -> ada (edit)"),
        ("ada@contoso", "domain_part format -> ada@contoso (edit)"),
        (
            "ada.b@contoso",
            "top_level_domain domain_part format -> ada.b@contoso (edit)",
        ),
        ("ada@contoso.", "domain_part format -> ada@contoso. (edit)"),
        ("ada@contoso..fr", "domain_part format -> ada@contoso..fr (edit)"),
        ("ada@-contoso.fr", "domain_part format -> ada@-contoso.fr (edit)"),
        (
            "ada@192.0.2.1",
            "top_level_domain domain_part format -> ada@192.0.2.1 (edit)",
        ),
        ("a@b@contoso.fr", "local_part -> ab@contoso.fr (edit)"),
        ("@contoso.fr", "local_part format -> @contoso.fr (edit)"),
        (".ada@contoso.fr", "local_part format -> .ada@contoso.fr (edit)"),
        ("ada.@contoso.fr", "local_part -> ada@contoso.fr (edit)"),
        // One full stop goes, the other does not.
        ("ada..@contoso.fr", "local_part format -> ada.@contoso.fr (edit)"),
        // Known, and refused all the same: only two to seventeen letters pass.
        (
            "ada@contoso.xn--p1ai",
            "domain_part format -> ada@contoso.xn--p1ai (edit)",
        ),
        (
            "ada@contoso.рф",
            "top_level_domain domain_part format -> ada@contoso. (edit)",
        ),
        // The Kelvin sign is a k without regard to case.
        ("\u{212a}@contoso.u\u{212a}", ""),
        ("ADA@CONTOSO.FR", ""),
    ] {
        value(D, "mail", written, told);
    }
}

#[test]
fn proxy_addresses_multi_tenant() {
    for (written, told) in [
        ("smtp:o'neil@contoso.fr", ""),
        ("smtp:a(d)a;@contoso.fr", "character -> smtp:ada@contoso.fr (edit)"),
        (" smtp:ada@contoso.fr", "character -> smtp:ada@contoso.fr (edit)"),
        ("smtp:a:da@contoso.fr", "character -> smtp:ada@contoso.fr (edit)"),
        (
            "smtp:a:d a@contoso.fr",
            "character character -> smtp:ada@contoso.fr (edit)",
        ),
        ("SMTP:ada@nord.local", "top_level_domain -> SMTP:ada@nord.local (edit)"),
        ("smtp:ada@con_toso.fr", "domain_part -> smtp:ada@contoso.fr (edit)"),
        // The second prefix loses its colon and stays.
        (
            "smtp:smtp:ada@contoso.fr",
            "character -> smtp:smtpada@contoso.fr (edit)",
        ),
        // What was taken for SMTP as written is judged as a whole when its word is gone.
        (
            "sip:smtp:ada@contoso.fr",
            "character local_part -> sipsmtpada@contoso.fr (edit)",
        ),
        ("X500:/o=Contoso (x)/cn=Ada; b", ""),
        ("x.500:/cn=O'Neil", "character -> x.500:/cn=ONeil (edit)"),
        ("x400:c=US;\ta= ;s=Ada", "character -> x400:c=US;a= ;s=Ada (edit)"),
        ("X500:/o=Contoso:x", "character -> X500:/o=Contosox (edit)"),
        ("sip:a da;b@contoso", "character -> sip:ada;b@contoso (edit)"),
        ("ada", ""),
        (":a:b", ""),
    ] {
        value(MT, "proxyAddresses", written, told);
    }
    limit(MT, "proxyAddresses", 256);
}

#[test]
fn proxy_addresses_dedicated_know_addresses_only() {
    for (written, told) in [
        ("x500:[a] \"b\"", ""),
        ("sip:a b", ""),
        ("sip:a:b", "character -> sip:ab (edit)"),
        ("smtp:a da@contoso.fr", "local_part -> smtp:ada@contoso.fr (edit)"),
        // The patterns let a last line feed pass, the list of top-level domains does not.
        (
            "smtp:ada@contoso.fr\n",
            "top_level_domain -> smtp:ada@contoso.fr\n (edit)",
        ),
        // White space before the prefix goes when something else is wrong, and only then.
        (" smtp:ada@contoso.fr", ""),
        (" smtp:ada@contoso", "domain_part format -> smtp:ada@contoso (edit)"),
    ] {
        value(D, "proxyAddresses", written, told);
    }
    limit(D, "proxyAddresses", 256);
}

#[test]
fn every_value_of_proxy_addresses_is_judged() {
    let values = ["smtp:ada", "smtp:ada@contoso.example", "sip:a b"].map(|it| ("proxyAddresses", it));
    check(
        MT,
        &values,
        &[
            "proxyAddresses: domain_part local_part format -> smtp:ada (edit)",
            "proxyAddresses: character -> sip:ab (edit)",
        ],
    );
}

#[test]
fn target_addresses_multi_tenant() {
    for (written, told) in [
        ("SMTP:o'neil@contoso.fr", ""),
        ("SMTP:a\\d(a)@contoso.fr", "character -> SMTP:ada@contoso.fr (edit)"),
        ("SMTP:ada@contoso", "domain_part format -> SMTP:ada@contoso (edit)"),
        ("ada;@contoso", ""),
        ("a\\da b", "character -> adab (edit)"),
        ("x500:/o=(a)", "character -> x500:/o=a (edit)"),
        ("sip:a:b", "character -> sip:ab (edit)"),
        ("-", ""),
    ] {
        value(MT, "targetAddress", written, told);
    }
    limit(MT, "targetAddress", 255);
}

#[test]
fn target_addresses_dedicated() {
    limit(D, "targetAddress", 256);
    value(D, "targetAddress", "a b\\:c:d", "");
    let told = "domain_part format -> smtp:ada@contoso (edit)";
    value(D, "targetAddress", "smtp:ada@contoso", told);
}

#[test]
fn who_has_no_mailbox_needs_a_target_address_in_dedicated_mode() {
    let blank = |proposed: &str| format!("targetAddress: blank -> {proposed} (edit)");
    for store in ["-", " "] {
        check(D, &[("homeMDB", store)], &[&blank("(nothing)")]);
    }
    check(D, &[("homeMDB", "-"), ("objectClass", "group")], &[]);
    let contact = [("homeMDB", "-"), ("objectClass", "contact"), ("mailNickname", "a")];
    check(D, &contact, &[&blank("SMTP:A@contoso.example")]);
    // Whether it is the same as mail was documented, and is not looked at.
    let other = [("targetAddress", "smtp:other@contoso.example")];
    check(D, &[&contact[..], &other].concat(), &[]);
    let mail = format!("{}@contoso.example", "m".repeat(300));
    let lines = told(D, &[&[&contact[..], &[("mail", &mail)]].concat()]);
    assert_eq!(lines[1..], [blank(&format!("SMTP:{}", &mail[..251]))]);
}

#[test]
fn principal_names() {
    for c in " \\%&*+/=?'{}|<>();:,[]\"äëïöüÿÄËÏÖÜŸ".chars() {
        let (written, told) = (format!("a{c}da@contoso.fr"), "character -> ada@contoso.fr (edit)");
        value(MT, "userPrincipalName", &written, told);
    }
    // 64 before the @ and 48 behind it are documented, and not looked at.
    let long = format!("{}@contoso.example", "u".repeat(97));
    for (written, told) in [
        ("a-d_a.b!#$@contoso.fr", ""),
        ("a da@nord.local", "character top_level_domain -> ada@nord.local (edit)"),
        ("ada", "domain_part local_part format -> ada (edit)"),
        (&long, ""),
        (
            &format!("u{long}"),
            &format!("length top_level_domain -> u{} (edit)", &long[..112]),
        ),
    ] {
        value(MT, "userPrincipalName", written, told);
    }
    value(D, "userPrincipalName", "a da", "");
}

#[test]
fn an_alternate_login_id_takes_the_principal_name_out() {
    let entries = [entry("CN=A", &[("displayName", "A"), ("userPrincipalName", "a")])];
    let tlds = TopLevelDomains::default();
    for (alternate_login_id, count) in [(false, 1), (true, 0)] {
        let settings = Settings {
            mode: MT,
            alternate_login_id,
            tlds: &tlds,
        };
        assert_eq!(run(&entries, &settings).len(), count);
    }
}
