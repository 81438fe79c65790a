//! The catalogue that new engagements follow: responsibilities, source bullets, gates.

use axum::Json;
use jalon_domain::{
    finding::Severity,
    ids::{BulletId, GateId, RequirementId, ResponsibilityId},
    profile::Programme,
    programme::{
        GateRule, Phase, ProvedBy, Requirement, Responsibility, Role, Section, Side, SourceBullet, Workstream,
    },
    text::Text,
};
use jalon_service::App as Service;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{answer::Page, call::Call};
use crate::App;

/// `/catalogue`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(show_catalogue))
        .routes(routes!(list_catalogue_responsibilities))
        .routes(routes!(list_catalogue_bullets))
        .routes(routes!(list_catalogue_gates))
}

/// The catalogue in one line.
#[derive(Debug, Serialize, ToSchema)]
struct CatalogueView {
    /// Its version.
    version: String,
    /// Responsibilities of the source pages.
    responsibilities: usize,
    /// Source bullets.
    bullets: usize,
    /// Pages that join an engagement when their condition holds.
    overlays: Vec<OverlayView>,
}

/// Rows of a further page.
#[derive(Debug, Serialize, ToSchema)]
struct OverlayView {
    /// Its stable word.
    id: String,
    /// Its name.
    title: Text,
    /// For which profiles it joins.
    applies: Text,
    /// How many rows it adds.
    count: usize,
}

/// The catalogue in one line.
#[utoipa::path(get, path = "/catalogue", tag = "catalogue", responses((status = 200, description = "The catalogue", body = CatalogueView)))]
async fn show_catalogue(call: Call) -> Json<CatalogueView> {
    let catalogue = call.service().catalogue();
    let overlays = catalogue.overlays().iter().map(|it| OverlayView {
        id: it.id.clone(),
        title: it.title.clone(),
        applies: it.applies.describe(),
        count: it.count,
    });
    Json(CatalogueView {
        version: catalogue.version().to_owned(),
        responsibilities: catalogue.page_responsibilities().count(),
        bullets: catalogue.bullets().count(),
        overlays: overlays.collect(),
    })
}

/// A responsibility, as the catalogue states it.
#[derive(Debug, Serialize, ToSchema)]
struct CatalogueResponsibility {
    /// Its stable id.
    id: ResponsibilityId,
    /// The id shown to people: its first bullet.
    code: String,
    /// What is to be done.
    title: Text,
    /// What good looks like.
    good: Text,
    /// What proves it, in a sentence.
    proof: Text,
    /// The bullets it covers.
    bullets: Vec<BulletId>,
    /// Page, section, number and version of each.
    citations: Vec<Text>,
    /// Its phase; none for one that spans all.
    phase: Option<Phase>,
    /// Its field of work.
    workstream: Workstream,
    /// Who carries it.
    side: Side,
    /// Who answers for it.
    accountable: Role,
    /// Who does it.
    responsible: Role,
    /// Who contributes.
    contributors: Vec<Role>,
    /// The provider's counterpart.
    counterpart: Option<Role>,
    /// Whether the source leaves it to the customer's choice.
    optional: bool,
    /// Whether the vendor retired what it is about.
    legacy: bool,
    /// For which profiles it applies.
    applies: Text,
    /// The overlay it comes from; none for the source pages' own.
    overlay: Option<String>,
    /// What must be done before.
    depends_on: Vec<ResponsibilityId>,
    /// What it is derived from.
    children: Vec<ResponsibilityId>,
    /// What proves it, one by one.
    requirements: Vec<CatalogueRequirement>,
}

/// One thing that proves a responsibility.
#[derive(Debug, Serialize, ToSchema)]
struct CatalogueRequirement {
    /// Unique within the responsibility.
    id: RequirementId,
    /// The statement that is true when it is met.
    title: Text,
    /// How it is proven.
    #[serde(flatten)]
    by: ProvedBy,
    /// How many days evidence holds.
    valid_days: Option<u16>,
    /// For which profiles it is asked.
    applies: Text,
}

/// Every responsibility: those of the source pages by phase, then each overlay's.
#[utoipa::path(get, path = "/catalogue/responsibilities", tag = "catalogue",
    responses((status = 200, description = "All of them", body = Page<CatalogueResponsibility>)))]
async fn list_catalogue_responsibilities(call: Call) -> Json<Page<CatalogueResponsibility>> {
    let all = call.service().catalogue().responsibilities();
    Page::whole(all.map(|it| responsibility(call.service(), it)))
}

fn responsibility(service: &Service, it: &Responsibility) -> CatalogueResponsibility {
    let catalogue = service.catalogue();
    CatalogueResponsibility {
        id: it.id.clone(),
        code: it.code().to_owned(),
        title: it.title.clone(),
        good: it.good.clone(),
        proof: it.proof.clone(),
        bullets: it.bullets.clone(),
        citations: catalogue.citations(it).iter().map(|it| it.text()).collect(),
        phase: it.phase,
        workstream: it.workstream,
        side: it.side,
        accountable: it.accountable,
        responsible: it.responsible,
        contributors: it.contributors.clone(),
        counterpart: it.counterpart,
        optional: it.optional,
        legacy: it.legacy,
        applies: it.applies.describe(),
        overlay: catalogue.overlay_of(&it.id).map(|it| it.id.clone()),
        depends_on: it.depends_on.clone(),
        children: it.children.clone(),
        requirements: it.requirements.iter().map(requirement).collect(),
    }
}

fn requirement(it: &Requirement) -> CatalogueRequirement {
    CatalogueRequirement {
        id: it.id.clone(),
        title: it.title.clone(),
        by: it.by.clone(),
        valid_days: it.valid_days,
        applies: it.applies.describe(),
    }
}

/// One list item of a source page, in our own words.
#[derive(Debug, Serialize, ToSchema)]
struct CatalogueBullet {
    /// Its stable id.
    id: BulletId,
    /// The page it comes from.
    programme: Programme,
    /// Its section on the page.
    section: Section,
    /// Its number in the section.
    ordinal: String,
    /// The date of the page version read.
    version: String,
    /// The statement.
    title: Text,
    /// The responsibilities that cover it.
    responsibilities: Vec<ResponsibilityId>,
    /// Where the two languages of the source disagree.
    divergence: Option<Text>,
}

/// Every source bullet, in the order of the pages.
#[utoipa::path(get, path = "/catalogue/bullets", tag = "catalogue",
    responses((status = 200, description = "All of them", body = Page<CatalogueBullet>)))]
async fn list_catalogue_bullets(call: Call) -> Json<Page<CatalogueBullet>> {
    Page::whole(call.service().catalogue().bullets().map(bullet))
}

fn bullet(it: &SourceBullet) -> CatalogueBullet {
    CatalogueBullet {
        id: it.id.clone(),
        programme: it.programme,
        section: it.section,
        ordinal: it.ordinal.clone(),
        version: it.version.clone(),
        title: it.title.clone(),
        responsibilities: it.responsibilities.clone(),
        divergence: it.divergence.clone(),
    }
}

/// What must hold to leave a phase, or to begin something inside one.
#[derive(Debug, Serialize, ToSchema)]
struct CatalogueGate {
    /// Its id.
    id: GateId,
    /// Its name.
    title: Text,
    /// The statement that it makes when it is open.
    statement: Text,
    /// The phase it closes, or inside which it stands.
    phase: Phase,
    /// Whether it closes the phase.
    closes_phase: bool,
    /// Waits for every open finding from this severity on.
    findings: Option<Severity>,
    /// For which profiles it exists.
    applies: Text,
    /// Where the programme states it.
    source: Option<String>,
}

/// Every gate, in the order in which they are met.
#[utoipa::path(get, path = "/catalogue/gates", tag = "catalogue",
    responses((status = 200, description = "All of them", body = Page<CatalogueGate>)))]
async fn list_catalogue_gates(call: Call) -> Json<Page<CatalogueGate>> {
    Page::whole(call.service().catalogue().gates().iter().map(gate))
}

fn gate(it: &GateRule) -> CatalogueGate {
    CatalogueGate {
        id: it.id.clone(),
        title: it.title.clone(),
        statement: it.statement.clone(),
        phase: it.phase,
        closes_phase: it.closes_phase,
        findings: it.findings,
        applies: it.applies.describe(),
        source: it.source.clone(),
    }
}
