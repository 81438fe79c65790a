//! The button that asks for a measurement, wherever one would help.

use jalon_domain::{
    ids::{EngagementId, TargetId},
    measure::Family,
};
use maud::{Markup, html};

use super::Cx;
use crate::{links, ui::forms};

/// What the button measures.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scope {
    /// Only this family.
    pub(crate) family: Option<Family>,
    /// Only this target.
    pub(crate) target: Option<TargetId>,
}

/// Where runs are asked for.
pub(crate) fn action(id: EngagementId) -> String {
    format!("{}/run", links::checks(id))
}

/// A form that is one button.
pub(crate) fn button(cx: &Cx<'_>, id: EngagementId, scope: Scope, classes: &str, label: &Markup) -> Markup {
    html! {
        form method="post" action=(action(id)) {
            (forms::csrf_field(cx.token))
            @if let Some(family) = scope.family { input type="hidden" name="family" value=(family); }
            @if let Some(target) = scope.target { input type="hidden" name="target" value=(target); }
            button class=(classes) type="submit" { (label) }
        }
    }
}
