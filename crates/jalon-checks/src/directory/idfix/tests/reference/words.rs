//! Words of the table that need no pattern.

use super::{FlawKind, Plain, Way};

pub(super) fn length(way: &mut Way<'_>, limit: &str) {
    let by_class = if way.object.class() == "user" { 20 } else { 256 };
    let limit = limit.parse().unwrap_or(by_class);
    let units: Vec<u16> = way.now().encode_utf16().collect();
    if units.len() > limit {
        way.fail(
            &[FlawKind::Length],
            Some(String::from_utf16(&units[..limit]).expect("no character cut in two")),
        );
    }
}

pub(super) fn colon(way: &mut Way<'_>) {
    let value = way.now();
    let parts: Vec<&str> = value.split(':').collect();
    if parts.len() > 2 && !parts[0].is_empty() {
        way.fail(
            &[FlawKind::Character],
            Some(format!("{}:{}", parts[0], parts[1..].concat())),
        );
    }
}

pub(super) fn blank(way: &mut Way<'_>, word: &str) {
    let (object, class) = (way.object, way.object.class());
    let no_store = object.first("homeMDB").is_none_or(|it| it.trim().is_empty());
    let needs = match word {
        "blank" => true,
        "blank:group" => class == "group",
        "blank:contact" => class == "contact",
        _ => (class == "contact" || class == "user") && no_store,
    };
    if !needs || !way.now().is_empty() {
        return;
    }
    let cut = |text: String, limit| text.chars().take(limit).collect::<String>();
    let proposed = match word {
        "blank" => Some(object.cn()),
        "blank:group" => Some(cut(object.cn(), 255)),
        "blank:contact" => Some(nickname(object)),
        _ => object
            .first("mail")
            .filter(|_| class == "contact")
            .map(|it| cut(format!("SMTP:{it}"), 256)),
    };
    way.fail(&[FlawKind::Blank], proposed);
}

fn nickname(object: &Plain) -> String {
    let parts = ["givenName", "sn"].map(|it| object.first(it));
    let name = match parts {
        [Some(given), Some(surname)] if !given.is_empty() => format!("{given}.{surname}"),
        [given, surname] => format!("{}{}", given.unwrap_or_default(), surname.unwrap_or_default()),
    };
    match object.first("sAMAccountName") {
        _ if !name.is_empty() => name,
        Some(account) => account.to_owned(),
        None => object.cn(),
    }
}
