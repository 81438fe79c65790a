//! Other ways out than proof: claim it, accept the gap, leave it out; and taking back what was decided.

use jalon_domain::proof::{DecisionKind, State};
use jalon_service::{
    Permission,
    view::duty::{DecisionView, DutyPage},
};
use maud::{Markup, html};

use super::{
    M,
    requirements::{buttons, way, whole},
    view::Shown,
    write::{CLAIM, EXCLUSION, REVOKE, WAIVER},
};
use crate::{
    pages::parts::{self, Cx, form::tried},
    text::t,
    ui::{
        dates,
        drawings::Mark,
        forms::{self, Field},
        icons::Icon,
        lists, note,
        note::Tone,
    },
};

/// The decision in force, with the button that takes it back.
pub(super) fn decision(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    html! {
        (whole(cx, tried(it.tried, REVOKE), &[]))
        @if let Some(decision) = &it.duty.decision { div.mb-4 { (in_force(cx, it, decision)) } }
    }
}

fn in_force(cx: &Cx<'_>, it: &Shown<'_>, decision: &DecisionView) -> Markup {
    let lang = cx.lang;
    let title = match decision.kind {
        DecisionKind::Claim => t!(lang, M, "is-claimed"),
        DecisionKind::Waiver => t!(lang, M, "is-waived"),
        DecisionKind::NotApplicable => t!(lang, M, "is-excluded"),
    };
    let by = decision
        .by
        .as_ref()
        .map_or(html! { (t!(lang, M, "somebody")) }, parts::person);
    let mut facts = vec![(
        t!(lang, M, "decided-by"),
        html! { (by) ", " (dates::moment_time(lang, decision.at)) },
    )];
    if let Some(until) = decision.until {
        facts.push((
            t!(lang, M, "decided-until"),
            dates::day_time(lang, parts::last_day(until)),
        ));
    }
    facts.extend(
        decision
            .ticket
            .iter()
            .map(|it| (t!(lang, M, "ticket"), html! { span.j-mono { (it) } })),
    );
    facts.extend(
        decision
            .approver
            .iter()
            .map(|it| (t!(lang, M, "approver"), html! { (it) })),
    );
    let facts: Vec<(&str, Markup)> = facts
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let message = html! {
        b { (title) }
        @if !decision.reason.is_empty() { p { (decision.reason) } }
        div.mt-2 { (lists::facts(&facts)) }
        @if may_revoke(cx, it.duty, decision) {
            div.mt-2 {
                @let action = it.action(&format!("decisions/{}/revoke", decision.id));
                (forms::button_form(cx.token, &action, "btn", &html! { (Icon::Undo.show()) (t!(lang, M, "take-back")) }))
            }
        }
    };
    let tone = if decision.kind == DecisionKind::Claim {
        Tone::Warn
    } else {
        Tone::Plain
    };
    note::note(tone, &message)
}

/// One's own claim, or anything for those who may make exceptions.
fn may_revoke(cx: &Cx<'_>, duty: &DutyPage, decision: &DecisionView) -> bool {
    let is_own = decision.kind == DecisionKind::Claim && decision.by.as_ref().is_some_and(|it| it.id == cx.me);
    duty.header.may(Permission::Except) || (is_own && duty.header.may(Permission::Contribute))
}

/// The ways that are open to this person; none for what is proven, waived or left out already.
pub(super) fn section(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let (lang, duty) = (cx.lang, it.duty);
    let is_open = duty.row.state == State::Open;
    let is_missing = is_open || duty.row.state == State::Claimed;
    let claims = is_open && duty.decision.is_none() && duty.header.may(Permission::Contribute);
    let excepts = is_missing && duty.header.may(Permission::Except);
    html! {
        @if claims || excepts {
            section.j-sec.mt-2 aria-labelledby="h-act" {
                h2.mb-2 #h-act { (t!(lang, M, "other-ways")) }
                p.j-sm.j-2.mb-2 { (t!(lang, M, "price")) }
                div.j-acts {
                    @if claims { (claim(cx, it)) }
                    @if excepts { (waiver(cx, it)) (exclusion(cx, it)) }
                }
            }
        }
    }
}

fn claim(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let (lang, tried) = (cx.lang, tried(it.tried, CLAIM));
    let body = html! {
        (Field::area("claim-reason", &t!(lang, M, "claim-reason"), 2).value(tried.map_or("", |it| it.fields.get("claim-reason"))).hint(&t!(lang, M, "claim-hint")).error(tried.and_then(|it| it.error("reason", lang))))
        (buttons(&html! { button.btn type="submit" { (t!(lang, M, "claim")) } }))
    };
    let form = html! { (whole(cx, tried, &["reason"])) (forms::post(cx.token, &it.action("claim"), "j-form", &body)) };
    way(
        &html! { (Mark::Claimed.glyph()) (t!(lang, M, "claim")) },
        tried.is_some(),
        &form,
    )
}

fn waiver(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let (lang, tried) = (cx.lang, tried(it.tried, WAIVER));
    let typed = |name: &str| tried.map_or("", |it| it.fields.get(name));
    let error = |name: &str| tried.and_then(|it| it.error(name, lang));
    let body = html! {
        (Field::area("waiver-reason", &t!(lang, M, "waiver-reason"), 2).value(typed("waiver-reason")).hint(&t!(lang, M, "reason-hint")).error(error("reason")).required())
        (Field::date("until", &t!(lang, M, "until")).value(typed("until")).hint(&t!(lang, M, "until-hint")).error(error("until")).required())
        (Field::text("ticket", &t!(lang, M, "ticket")).value(typed("ticket")).hint(&t!(lang, M, "ticket-hint")))
        (Field::text("approver", &t!(lang, M, "approver")).value(typed("approver")).hint(&t!(lang, M, "approver-hint")))
        (buttons(&html! { button.btn type="submit" { (t!(lang, M, "waive")) } }))
    };
    let form = html! { (whole(cx, tried, &["reason", "until"])) (forms::post(cx.token, &it.action("waiver"), "j-form", &body)) };
    way(
        &html! { (Mark::Waived.glyph()) (t!(lang, M, "waive")) },
        tried.is_some(),
        &form,
    )
}

fn exclusion(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let (lang, tried) = (cx.lang, tried(it.tried, EXCLUSION));
    let body = html! {
        (Field::area("exclusion-reason", &t!(lang, M, "exclusion-reason"), 2).value(tried.map_or("", |it| it.fields.get("exclusion-reason"))).hint(&t!(lang, M, "reason-hint")).error(tried.and_then(|it| it.error("reason", lang))).required())
        (buttons(&html! { button.btn type="submit" { (t!(lang, M, "exclude")) } }))
    };
    let form =
        html! { (whole(cx, tried, &["reason"])) (forms::post(cx.token, &it.action("exclusion"), "j-form", &body)) };
    way(
        &html! { (Mark::NotApplicable.glyph()) (t!(lang, M, "exclude")) },
        tried.is_some(),
        &form,
    )
}
