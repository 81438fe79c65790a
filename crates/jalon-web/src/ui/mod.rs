//! The components: plain functions that return markup, one file a family. They know the domain's words and the two
//! languages; they ask no service and read no clock.
//!
//! Context comes first (`lang`, then `now` or `today`). A page is put together by [`shell::page`].

pub mod chart;
pub mod chips;
pub mod dates;
pub mod drawings;
pub mod empty;
pub mod fix;
pub mod forms;
pub mod icons;
pub mod lists;
pub mod marks;
pub mod next;
pub mod note;
pub mod people;
pub mod shell;
pub mod sprite;
pub mod table;
pub mod track;

use std::sync::LazyLock;

use jalon_domain::text::Messages;

use crate::text::messages;

/// The texts that several components and pages share.
pub(crate) static M: LazyLock<Messages> = messages!();

#[cfg(test)]
mod tests;
