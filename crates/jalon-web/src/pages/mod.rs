//! The pages: one folder each, with its routes, its view and its texts.

pub mod audit;
pub mod calendar;
pub mod checks;
pub mod directories;
pub mod door;
pub mod environment;
pub mod gates;
pub mod home;
pub mod notices;
pub mod overview;
mod parts;
pub mod remediation;
pub mod responsibilities;
pub mod responsibility;
pub mod style;
pub mod target;
pub mod targets;
pub mod wizard;

use axum::Router;

use crate::{App, Door};

/// Every page.
pub fn routes(door: &Door) -> Router<App> {
    Router::new()
        .merge(audit::routes())
        .merge(calendar::routes())
        .merge(checks::routes())
        .merge(directories::routes())
        .merge(door::routes(door))
        .merge(environment::routes())
        .merge(gates::routes())
        .merge(home::routes())
        .merge(notices::routes())
        .merge(overview::routes())
        .merge(remediation::routes())
        .merge(responsibilities::routes())
        .merge(responsibility::routes())
        .merge(style::routes())
        .merge(target::routes())
        .merge(targets::routes())
        .merge(wizard::routes())
}
