//! Who is judged at all, read a second time.

use std::sync::LazyLock;

use regex::Regex;

use super::{Mode, Plain};

/// What a common name, an account name, a mail alias begins with that belongs to a system; or how the first ends.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(admini|cas_\\{|discoverysearchmailbox|federatedemail|guest|httpconnector|krbtgt|iusr_|iwam|msol|support_|\
         systemmailbox|wwioadmini|healthmailbox|exchange online-applicationaccount)|\\$$",
    )
});
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| pattern("^(cas_|support_|msol_)"));
static NICKNAME: LazyLock<Regex> = LazyLock::new(|| pattern("^(cas_|systemmailbox)"));
static HIDDEN: LazyLock<Regex> = LazyLock::new(|| pattern("^msol"));
static TYPE: LazyLock<Regex> = LazyLock::new(|| pattern("^0x([124]000|[48]00000|1000000|20000000)$"));

fn pattern(text: &str) -> Regex {
    Regex::new(&format!("(?i){text}")).expect("a pattern")
}

pub(super) fn asked(object: &Plain, mode: Mode) -> bool {
    let classes: Vec<String> = object.all("objectClass").iter().map(|it| it.to_lowercase()).collect();
    let has = |class: &str| classes.iter().any(|it| it == class);
    let persons = ["user", "contact", "group", "inetorgperson"];
    let is_asked = match object.first("objectCategory") {
        Some(category) => ["CN=Person,", "CN=Group,"].iter().any(|it| category.starts_with(it)),
        None => !has("computer") && persons.iter().any(|it| has(it)),
    };
    is_asked && (mode == Mode::MultiTenant || object.first("mail").is_some())
}

pub(super) fn left_out(object: &Plain, mode: Mode) -> bool {
    if NAME.is_match(&object.cn()) || object.dn.to_uppercase().contains("ACNF:") {
        return true;
    }
    let is = |pattern: &Regex, name| object.first(name).is_some_and(|it| pattern.is_match(it));
    let is_true = |name| object.first(name) == Some("TRUE");
    let kind = object.first("groupType").and_then(|it| it.parse::<i64>().ok());
    let by_class = || match (object.class().as_str(), kind) {
        ("user", _) => {
            is(&ACCOUNT, "sAMAccountName")
                || is(&NICKNAME, "mailNickname")
                || (is(&HIDDEN, "displayName") && is_true("msExchHideFromAddressLists"))
                || is(&TYPE, "msExchRecipientTypeDetails")
        }
        ("group", Some(it)) if it < 0 => object.first("mail").is_none(),
        ("group", Some(_)) => object.first("proxyAddresses").is_none(),
        _ => false,
    };
    mode == Mode::MultiTenant && (is_true("isCriticalSystemObject") || by_class())
}
