//! Where a name that should lead to the service leads to in truth, followed to its addresses.

use crate::{dns::Facts, doubt::Doubted};

/// Where an alias leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// To the service.
    Service,
    /// To the service's name, which has no address.
    Gone,
    /// To something else that is there.
    Elsewhere,
    /// To a name without an address.
    Nowhere,
    /// In a circle.
    Circle,
}

/// Follows the alias of `name`, which stands for `alias`, to its end.
///
/// # Errors
/// When somebody on the way said nothing.
pub(super) fn end(facts: &Facts, name: &str, alias: &str, target: &str) -> Result<End, Doubted> {
    let reach = facts.reach(name)?;
    let is_service = alias == target || reach.chain.iter().any(|it| it == target);
    Ok(match (is_service, reach.addresses.is_empty()) {
        _ if reach.is_circle => End::Circle,
        (true, false) => End::Service,
        (true, true) => End::Gone,
        (false, false) => End::Elsewhere,
        (false, true) => End::Nowhere,
    })
}
