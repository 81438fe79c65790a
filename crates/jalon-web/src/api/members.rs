//! Who takes part in an engagement.

use axum::{Extension, Json};
use jalon_domain::{
    ids::{EngagementId, PersonId},
    programme::Role,
};
use jalon_service::{
    Level, Permission,
    engagement::{AddedMember, Membership, NewMember, Picture},
};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Made, Page},
    call::{Call, Path},
    document::Refusal,
    once::Keep,
};
use crate::{App, extract};

/// `/engagements/{engagement}/members`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list_members, add_member))
}

/// Somebody's part in an engagement; who holds two roles has two.
#[derive(Debug, Serialize, ToSchema)]
struct MemberView {
    /// Who.
    id: PersonId,
    /// Their name.
    name: String,
    /// Their address.
    email: String,
    /// How much of the engagement is theirs.
    level: Level,
    /// The role they hold.
    role: Option<Role>,
    /// Whether they speak for the provider.
    provider: bool,
    /// Whether they were invited and have not joined yet.
    invited: bool,
}

/// Who takes part.
#[utoipa::path(get, path = "/engagements/{engagement}/members", tag = "members",
    responses((status = 200, description = "Everybody", body = Page<MemberView>)))]
async fn list_members(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<Page<MemberView>>> {
    let service = call.service();
    service
        .require(service.store(), call.caller(), engagement, Permission::See)
        .await?;
    let picture = Picture::load(service, service.store(), engagement).await?;
    Ok(Page::whole(picture.members.into_iter().map(view)))
}

fn view(Membership { member, person }: Membership) -> MemberView {
    MemberView {
        id: person.id,
        invited: person.password_hash.is_none(),
        name: person.name,
        email: person.email,
        level: Level::from_word(&member.access),
        role: member.role,
        provider: member.party == "provider",
    }
}

/// Adds somebody, inviting them when the instance does not know them.
#[utoipa::path(post, path = "/engagements/{engagement}/members", tag = "members", responses(
    (status = 201, description = "Who was added; the invitation is said this once", body = AddedMember),
    (status = 409, response = Refusal),
    (status = 422, response = Refusal),
))]
async fn add_member(
    call: Call,
    Path(engagement): Path<EngagementId>,
    extract::Json(new): extract::Json<NewMember>,
) -> Answer<(Extension<Keep>, Made<AddedMember>)> {
    let added = call.service().add_member(call.caller(), engagement, &new).await?;
    let kept = Keep(json!({ "id": added.id, "invitation": null }).to_string());
    Ok((Extension(kept), Made::of(added)))
}
