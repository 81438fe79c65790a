//! What proves a responsibility, one requirement at a time: the mark, how it is proven, the evidence, and for people's
//! requirements the forms that hand in, approve, refuse or sign.

use jalon_domain::{
    programme::{ProvedBy, Role},
    proof::{MetBy, Reason, Standing, State},
    text::Lang,
};
use jalon_service::view::duty::{EvidenceView, RequirementView};
use maud::{Markup, html};

use super::{
    M, evidence,
    view::Shown,
    write::{STATE, SUBMIT},
};
use crate::{
    links,
    pages::parts::{
        self, Cx, assign, finding,
        form::{Tried, tried},
    },
    text::t,
    ui::{
        chart::fresh::{self, Freshness},
        forms::{self, Field},
        icons::Icon,
        lists::{self, Requirement},
        marks,
    },
};

/// Findings shown at once; the others fold.
const SHOWN: usize = 5;

/// The section.
pub(super) fn section(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let (lang, row) = (cx.lang, &it.duty.row);
    let first = acted_on(it);
    let title = html! { (t!(lang, M, "requirements")) " " span.j-dim.fw-normal { (row.met) "/" (row.asked) } };
    let end = html! { @if row.asked > 1 { span.j-sm.j-dim { (t!(lang, M, "all-hold")) } } };
    let body = html! { @for own in &it.duty.requirements { (one(cx, it, own, first == Some(own))) } };
    html! { @if !it.duty.requirements.is_empty() { (lists::section("h-req", &title, &end, &body)) } }
}

/// The requirement whose form holds the page's one primary button: the first that waits for an act of this person. There
/// is none while a banner says what comes next.
fn acted_on<'a>(it: &Shown<'a>) -> Option<&'a RequirementView> {
    let waits = |own: &&RequirementView| {
        matches!(own.status.standing, Standing::Unmet(_))
            && ((own.may_submit && needs_submission(own)) || own.may_approve)
    };
    it.duty
        .requirements
        .iter()
        .find(waits)
        .filter(|_| it.duty.next.is_none())
}

fn needs_submission(own: &RequirementView) -> bool {
    own.by.needs_file() && own.status.standing != Standing::Unmet(Reason::AwaitingApproval)
}

fn one(cx: &Cx<'_>, it: &Shown<'_>, own: &RequirementView, is_primary: bool) -> Markup {
    let lang = cx.lang;
    let shown = Requirement {
        id: &format!("q-{}", own.status.id),
        mark: mark(lang, own),
        title: own.title.get(lang),
        end: end(cx, own),
        body: html! {
            p.j-sm.j-dim { (how(lang, &own.by)) }
            (findings(lang, it, own))
            (evidence::list(cx, it.duty, own))
            @if !own.by.is_machine() { (acts(cx, it, own, is_primary)) }
        },
    };
    lists::requirement(&shown)
}

/// Square for what a machine saw, round for what people said; nothing said yet is the same for both.
fn mark(lang: Lang, own: &RequirementView) -> Markup {
    match own.status.standing {
        Standing::Unmet(Reason::NotStarted) => marks::state_glyph(lang, State::Open, Some(Reason::NotStarted)),
        Standing::Met(MetBy::Waiver) => marks::state_glyph(lang, State::Waived, None),
        _ if own.by.is_machine() => marks::outcome_glyph(lang, own.outcome),
        Standing::Met(_) => marks::state_glyph(lang, State::Attested, None),
        Standing::Unmet(reason) => marks::state_glyph(lang, State::Open, Some(reason)),
    }
}

/// At the end of the line: how long it still holds, or what is missing.
fn end(cx: &Cx<'_>, own: &RequirementView) -> Markup {
    let lang = cx.lang;
    match own.status.standing {
        Standing::Met(_) => fresh::fresh(lang, freshness(cx, own)),
        Standing::Unmet(Reason::Failing) if own.finding_count > 0 => {
            html! { span.j-bad.j-b { (t!(lang, M, "n-findings", n = own.finding_count)) } }
        }
        Standing::Unmet(reason) => {
            let class = match reason {
                Reason::Failing => "j-bad j-b",
                Reason::Inconclusive | Reason::Stale => "j-warn",
                _ => "j-dim",
            };
            html! { span class=(class) { (parts::lower(reason.name().get(lang))) } }
        }
    }
}

/// The one that ends first among what decides.
fn freshness(cx: &Cx<'_>, own: &RequirementView) -> Freshness {
    let deciding = own.evidence.iter().filter(|it| own.status.deciding.contains(&it.id));
    let first: Option<&EvidenceView> = deciding
        .filter(|it| it.valid_until.is_some())
        .min_by_key(|it| it.valid_until);
    first.map_or(Freshness::Always, |it| {
        Freshness::of(cx.now, it.collected_at, it.valid_until)
    })
}

fn how(lang: Lang, by: &ProvedBy) -> Markup {
    let roles = |roles: &[Role]| {
        let names: Vec<String> = roles.iter().map(|it| parts::lower(it.name().get(lang))).collect();
        names.join(", ")
    };
    html! {
        @match by {
            ProvedBy::Check { check, rules } if rules.is_empty() => { (t!(lang, M, "by-check")) " " code { (check) } }
            ProvedBy::Check { rules, .. } => {
                (t!(lang, M, "by-rules", n = rules.len())) " "
                @for (n, rule) in rules.iter().enumerate() { @if n > 0 { ", " } code { (rule) } }
            }
            ProvedBy::Deliverable { approvers, .. } => (t!(lang, M, "by-deliverable", roles = roles(approvers))),
            ProvedBy::Meeting { approvers, .. } => (t!(lang, M, "by-meeting", roles = roles(approvers))),
            ProvedBy::Register { approvers, .. } => (t!(lang, M, "by-register", roles = roles(approvers))),
            ProvedBy::SignOff { signer, file: true, .. } => (t!(lang, M, "by-sign-off-file", role = parts::lower(signer.name().get(lang)))),
            ProvedBy::SignOff { signer, .. } => (t!(lang, M, "by-sign-off", role = parts::lower(signer.name().get(lang)))),
        }
    }
}

fn findings(lang: Lang, it: &Shown<'_>, own: &RequirementView) -> Markup {
    let list = links::remediation(it.duty.header.id);
    let (shown, folded) = own.findings.split_at(own.findings.len().min(SHOWN));
    let more = own.finding_count.saturating_sub(own.findings.len());
    html! {
        @for it in shown { (finding::observation(lang, it)) }
        @if !folded.is_empty() {
            details.j-data {
                summary { (t!(lang, M, "more-findings", n = folded.len())) }
                @for it in folded { (finding::observation(lang, it)) }
            }
        }
        @if let Some(first) = own.findings.first() {
            p.j-sm {
                a.j-link href={ (list) "?view=all&open=" (first.rule) } { (t!(lang, M, "see-the-fixes")) }
                @if more > 0 { " " span.j-dim { (t!(lang, M, "not-shown", n = more)) } }
            }
        }
    }
}

/// The forms. The one that comes next is open; the others are one click away.
fn acts(cx: &Cx<'_>, it: &Shown<'_>, own: &RequirementView, is_primary: bool) -> Markup {
    let requirement = own.status.id.as_str();
    let came_back = |form: &str| tried(it.tried, form).filter(|it| it.fields.get("requirement") == requirement);
    let submits = is_primary && own.may_submit && needs_submission(own);
    html! {
        @if own.may_submit || own.may_approve {
            div.j-acts.mt-2 {
                @if own.may_submit { (submit(cx, it, requirement, came_back(SUBMIT), submits)) }
                @if own.may_approve { (state(cx, it, own, came_back(STATE), is_primary && !submits)) }
            }
        }
    }
}

fn submit(cx: &Cx<'_>, it: &Shown<'_>, requirement: &str, tried: Option<&Tried>, is_primary: bool) -> Markup {
    let lang = cx.lang;
    let (file, note) = (format!("file-{requirement}"), format!("note-{requirement}"));
    let note_id = format!("handed-{note}");
    let body = html! {
        input type="hidden" name="requirement" value=(requirement);
        // Text before the file: it is read while the file is still under way.
        div {
            label.form-label for=(note_id) { (t!(lang, M, "what-it-is")) }
            input.form-control type="text" id=(note_id) name=(note) value=(tried.map_or("", |it| it.fields.get(&note)));
        }
        (Field::file(&file, &t!(lang, M, "file")).hint(&t!(lang, M, "file-hint", size = size(lang, it.upload_limit))).error(tried.and_then(|it| it.error("file", lang))).required())
        (buttons(&html! { button.btn.btn-primary[is_primary] type="submit" { (t!(lang, M, "hand-in")) } }))
    };
    let form =
        html! { (whole(cx, tried, &["file"])) (forms::post_file(cx.token, &it.action("files"), "j-form", &body)) };
    way(
        &html! { (Icon::Upload.show()) (t!(lang, M, "attach")) },
        is_primary || tried.is_some(),
        &form,
    )
}

/// Approving says yes or no to what lies there; where nothing is asked for it is a signature.
fn state(cx: &Cx<'_>, it: &Shown<'_>, own: &RequirementView, tried: Option<&Tried>, is_primary: bool) -> Markup {
    let lang = cx.lang;
    let requirement = own.status.id.as_str();
    let is_sign_off = matches!(own.by, ProvedBy::SignOff { .. });
    let has_file = own.evidence.iter().any(|it| it.file.is_some());
    if own.by.needs_file() && !has_file {
        return marks::locked(&t!(lang, M, "file-first"));
    }
    let name = format!("note-{requirement}");
    let label = if is_sign_off {
        t!(lang, M, "sign-off")
    } else {
        t!(lang, M, "approve")
    };
    let title = if is_sign_off {
        t!(lang, M, "sign-or-refuse")
    } else {
        t!(lang, M, "approve-or-refuse")
    };
    let body = html! {
        input type="hidden" name="requirement" value=(requirement);
        (Field::area(&name, &t!(lang, M, "note"), 2).value(tried.map_or("", |it| it.fields.get(&name))).hint(&t!(lang, M, "note-hint")).error(tried.and_then(|it| it.error("note", lang))).required())
        (buttons(&html! {
            button.btn.btn-primary[is_primary] type="submit" name="approved" value="true" { (label) }
            button.btn.j-danger type="submit" name="approved" value="false" { (t!(lang, M, "refuse")) }
        }))
    };
    let form =
        html! { (whole(cx, tried, &["note"])) (forms::post(cx.token, &it.action("statements"), "j-form", &body)) };
    way(
        &html! { (marks::of_state(State::Attested, None).glyph()) (title) },
        is_primary || tried.is_some(),
        &form,
    )
}

/// What is wrong with the form as a whole.
pub(super) fn whole(cx: &Cx<'_>, tried: Option<&Tried>, fields: &[&str]) -> Markup {
    html! { @if let Some(it) = tried { (assign::came_back(cx, it, fields)) } }
}

/// The buttons of a form.
pub(super) fn buttons(buttons: &Markup) -> Markup {
    html! { div.j-acts { (buttons) } }
}

/// A form behind its button.
pub(super) fn way(button: &Markup, is_open: bool, form: &Markup) -> Markup {
    html! { details.j-way open[is_open] { summary.btn { (button) } (form) } }
}

/// Bytes in the unit that people read.
pub(super) fn size(lang: Lang, bytes: u64) -> String {
    match bytes {
        it if it >= 1 << 20 => t!(lang, M, "size-mib", n = it >> 20),
        it if it >= 1 << 10 => t!(lang, M, "size-kib", n = it >> 10),
        it => t!(lang, M, "size-bytes", n = it),
    }
}
