//! What a fix says, in both languages (`en.ftl`, `fr.ftl`).

use std::sync::LazyLock;

use jalon_domain::text::{Messages, Text, Value};

static MESSAGES: LazyLock<Messages> = LazyLock::new(|| Messages::new(include_str!("en.ftl"), include_str!("fr.ftl")));

/// The message `key` in both languages.
pub(super) fn both(key: &str, args: &[(&str, Value<'_>)]) -> Text {
    MESSAGES.text(key, args)
}
