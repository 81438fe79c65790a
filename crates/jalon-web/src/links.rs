//! Where things are: the only place that knows the pages' addresses.

use jalon_domain::ids::{AttachmentId, EngagementId, GateId, ResponsibilityId, RuleId, RunId, TargetId};
use jalon_service::view::Link;

/// The list of engagements.
pub const HOME: &str = "/";
/// The wizard.
pub const NEW_ENGAGEMENT: &str = "/engagements/new";
/// Sign-in.
pub const SIGN_IN: &str = "/sign-in";
/// Sign-out.
pub const SIGN_OUT: &str = "/sign-out";
/// Language and theme.
pub const PREFERENCES: &str = "/preferences";

/// The overview of an engagement.
pub fn overview(id: EngagementId) -> String {
    format!("/e/{id}")
}

/// Its responsibilities.
pub fn responsibilities(id: EngagementId) -> String {
    format!("/e/{id}/responsibilities")
}

/// One responsibility.
pub fn responsibility(id: EngagementId, responsibility: &ResponsibilityId) -> String {
    format!("/e/{id}/responsibilities/{responsibility}")
}

/// Its remediation list.
pub fn remediation(id: EngagementId) -> String {
    format!("/e/{id}/remediation")
}

/// The fix of every open finding of a rule, as a file.
pub fn fix(id: EngagementId, rule: &RuleId) -> String {
    format!("/e/{id}/remediation/{rule}/fix")
}

/// What undoes it.
pub fn undo(id: EngagementId, rule: &RuleId) -> String {
    format!("/e/{id}/remediation/{rule}/undo")
}

/// Looks where the records of a rule's fix are seen.
pub fn look(id: EngagementId, rule: &RuleId) -> String {
    format!("/e/{id}/remediation/{rule}/look")
}

/// Its checks.
pub fn checks(id: EngagementId) -> String {
    format!("/e/{id}/checks")
}

/// One run.
pub fn run(id: EngagementId, run: RunId) -> String {
    format!("/e/{id}/runs/{run}")
}

/// What its forests tell of themselves.
pub fn environment(id: EngagementId) -> String {
    format!("/e/{id}/environment")
}

/// What it told.
pub fn notices(id: EngagementId) -> String {
    format!("/e/{id}/notices")
}

/// Its calendar.
pub fn calendar(id: EngagementId) -> String {
    format!("/e/{id}/calendar")
}

/// The calendar as a file.
pub fn calendar_file(id: EngagementId) -> String {
    format!("/e/{id}/calendar.ics")
}

/// Somebody's own address of a calendar, below the site.
pub fn feed(secret: &str) -> String {
    format!("/calendar/{secret}.ics")
}

/// Its gates.
pub fn gates(id: EngagementId) -> String {
    format!("/e/{id}/gates")
}

/// One gate.
pub fn gate(id: EngagementId, gate: &GateId) -> String {
    format!("/e/{id}/gates/{gate}")
}

/// Its audit trail.
pub fn audit(id: EngagementId) -> String {
    format!("/e/{id}/audit")
}

/// Its targets and members.
pub fn targets(id: EngagementId) -> String {
    format!("/e/{id}/targets")
}

/// One target.
pub fn target(id: EngagementId, target: TargetId) -> String {
    format!("/e/{id}/targets/{target}")
}

/// What the zone of a domain should become, as a file.
pub fn zone(id: EngagementId, target: TargetId) -> String {
    format!("/e/{id}/targets/{target}/zone")
}

/// The form that connects a directory.
pub fn new_directory(id: EngagementId) -> String {
    format!("/e/{id}/directories/new")
}

/// A live directory: how it is reached.
pub fn directory(id: EngagementId, directory: TargetId) -> String {
    format!("/e/{id}/directories/{directory}")
}

/// A file.
pub fn file(id: EngagementId, file: AttachmentId) -> String {
    format!("/e/{id}/files/{file}")
}

/// The address of what a view points at.
pub fn to(link: &Link, id: EngagementId) -> String {
    match link {
        Link::Responsibilities { view } => format!("{}?view={view}", responsibilities(id)),
        Link::Responsibility { id: it } => responsibility(id, it),
        Link::Remediation {
            family: None,
            rule: None,
        } => remediation(id),
        Link::Remediation {
            family: Some(family),
            rule: None,
        } => format!("{}?family={family}", remediation(id)),
        Link::Remediation { rule: Some(rule), .. } => format!("{}?open={rule}", remediation(id)),
        Link::Checks => checks(id),
        Link::Run { id: it } => run(id, *it),
        Link::Gate { id: it } => gate(id, it),
        Link::Targets => targets(id),
        Link::Target { id: it } => target(id, *it),
        Link::Overview => overview(id),
    }
}
