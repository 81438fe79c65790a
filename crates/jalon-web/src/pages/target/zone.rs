//! What the zone of a domain should become: on the page as a difference, as a file in each form.

use axum::{
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use jalon_domain::ids::RuleId;
use jalon_service::{Error, propagation::Form, view::target::TargetPage};
use maud::{Markup, html};

use super::{Around, M};
use crate::{
    error::PageError,
    links,
    pages::parts::{Cx, address::Address, plan},
    text::t,
    ui::{icons::Icon, lists},
};

/// The file; a form or a rule that is gone is as if it had not been asked for.
pub(super) async fn file(it: Around) -> Result<Response, PageError> {
    let form = it.asked.form.as_deref().and_then(|it| it.parse().ok());
    let rule: Option<RuleId> = it.asked.rule.as_deref().and_then(|it| it.parse().ok());
    let (caller, form) = (&it.session.caller, form.unwrap_or(Form::Zone));
    let plan = it
        .app
        .service
        .zone_plan(caller, it.at.id, it.at.target, rule.as_ref(), form)
        .await?;
    if plan.changes == 0 {
        return Err(Error::NotFound.into());
    }
    let media_type = match form {
        Form::Route53 | Form::Json => "application/json",
        Form::Diff | Form::Zone | Form::Azure | Form::Cloudflare => "text/plain; charset=utf-8",
    };
    let headers = [
        (CONTENT_TYPE, media_type.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", plan.file_name),
        ),
    ];
    Ok((headers, plan.text).into_response())
}

/// The section; nothing where nothing is to be changed.
pub(super) fn section(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let lang = cx.lang;
    let Some(of) = page.plan.as_ref().filter(|it| it.changes > 0 || !it.left.is_empty()) else {
        return Markup::default();
    };
    let list = Address::new(links::remediation(page.header.id))
        .with("view", "all")
        .with("target", page.id);
    let body = html! {
        p.j-2.mb-2 { (t!(lang, M, "zone-why")) " " a.j-link href=(list) { (t!(lang, M, "zone-follow")) } }
        (plan::block(lang, "copy-zone", of, None))
        @if of.changes > 0 {
            div.j-acts.mt-2 role="group" aria-label=(t!(lang, M, "zone-forms")) {
                @for form in plan::FORMS {
                    a.btn href=(plan::file(page.header.id, of, form, None)) download { (Icon::Download.show()) (form.name().get(lang)) }
                }
            }
        }
    };
    let title = html! { (t!(lang, M, "zone", n = of.changes)) };
    html! { div.j-sec { (lists::section("h-zone", &title, &Markup::default(), &body)) } }
}
