//! An opened group: what to do, the fix line by line, its findings, who sees to it, and the button that measures again.

use jalon_domain::{
    finding::{Fix, FixKind},
    measure::Family,
    text::Lang,
};
use jalon_service::{
    Permission,
    fix::FixPart,
    propagation::Reached,
    view::remediation::{FindingsView, OpenedGroup},
};
use maud::{Markup, html};

use super::{M, approved, diff, directory, findings, seen, view::List, zone};
use crate::{
    links,
    pages::parts::{
        self, Cx,
        assign::{self, Assign},
        form::tried,
        measure::{self, Scope},
    },
    text::t,
    ui::{
        dates,
        fix::{self, Change, FixBlock},
        icons::Icon,
        lists, people,
    },
};

/// The form of owner and due date: the boxes of the findings belong to it.
pub(super) const OWNER_FORM: &str = "who";

/// Whether owner and due date of the opened group are being changed.
pub(super) fn is_edited(it: &List<'_>, opened: &OpenedGroup) -> bool {
    let edited = it.remediation.filter.edit.as_deref() == Some(opened.group.rule.as_str());
    edited && it.view() != FindingsView::Fixed && assign::may_assign(&it.remediation.header)
}

/// What is copied at most, in bytes: more is a matter for the file.
const COPIED: usize = 16 * 1024;

/// The block.
pub(super) fn block(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let (lang, rule) = (cx.lang, &opened.group.rule);
    let is_fixed = it.view() == FindingsView::Fixed;
    let fix = opened.fix.as_ref().filter(|_| !is_fixed);
    let (download, undo) = files(it, opened, fix);
    let is_short = |it: &&Fix| it.kind != FixKind::Manual && it.text.len() <= COPIED;
    let shown = FixBlock {
        title: &fix.map_or(t!(lang, M, "what-to-do"), |it| {
            t!(lang, M, "fix", kind = parts::lower(it.kind.name().get(lang)))
        }),
        size: &size(lang, opened, fix),
        // What changes in a directory is more than what findings say one by one: it is in the file.
        copy: fix
            .filter(|it| opened.directories.is_empty() && !is_planned(opened) && is_short(it))
            .map(|it| it.text.as_str()),
        download: download.as_ref().map(|(name, href)| (name.as_str(), href.as_str())),
        undo: undo.as_ref().map(|(name, href)| (name.as_str(), href.as_str())),
        body: body(cx, it, opened, fix),
        footer: if is_fixed {
            Markup::default()
        } else {
            footer(cx, it, opened)
        },
    };
    fix::fix(lang, &format!("copy-{rule}"), &shown)
}

/// Whether the lines of a plan stand for those of the findings: they do not contradict each other.
fn is_planned(opened: &OpenedGroup) -> bool {
    opened.plans.iter().any(|it| it.changes > 0 || !it.left.is_empty())
}

/// A file: its name and where it is.
type File = (String, String);

/// The file of the fix, and the one that undoes it: of the only directory, or of what the findings bring with them.
fn files(it: &List<'_>, opened: &OpenedGroup, fix: Option<&Fix>) -> (Option<File>, Option<File>) {
    let (id, rule) = (it.remediation.header.id, &opened.group.rule);
    let own = |fix: &Fix, word: &str| fix.kind.file_name(word, rule);
    match (opened.directories.as_slice(), fix) {
        _ if zone::is_partial(opened) => (None, None),
        ([only], _) => {
            let file = |part| Some(directory::file(it, rule, only, part));
            (file(FixPart::Changes), file(FixPart::Undo))
        }
        ([], Some(fix)) => {
            let undo = fix.undo.is_some().then(|| (own(fix, "undo"), links::undo(id, rule)));
            (Some((own(fix, "fix"), links::fix(id, rule))), undo)
        }
        _ => (None, None),
    }
}

fn size(lang: Lang, opened: &OpenedGroup, fix: Option<&Fix>) -> String {
    let (all, here) = (opened.group.count, opened.findings.len());
    match fix {
        _ if here < all => {
            t!(
                lang,
                M,
                "shown-of",
                n = all,
                all = dates::count(lang, all),
                shown = dates::count(lang, here)
            )
        }
        Some(it) if it.kind == FixKind::Zone => {
            let (removed, added) = diff::size(it.kind, &it.text);
            t!(lang, M, "lines", removed = removed, added = added)
        }
        _ => t!(lang, M, "objects", n = all, shown = dates::count(lang, all)),
    }
}

fn body(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup, fix: Option<&Fix>) -> Markup {
    let lang = cx.lang;
    html! {
        p.j-2 {
            @match &opened.remedy {
                Some(remedy) => (remedy.get(lang)),
                None => (t!(lang, M, "each-its-own")),
            }
        }
        (directory::files(cx, it, opened))
        @match (&opened.preview, fix) {
            (Some(preview), _) => { (directory::preview(cx, it, opened, preview)) }
            (None, Some(_)) if is_planned(opened) => { (zone::plans(cx, it, opened)) }
            (None, Some(fix)) => { (fix_lines(lang, opened, fix)) }
            (None, None) => {}
        }
        (seen::section(cx, it, opened))
        (approved::list(cx, it, opened))
        (lists::facts(&facts(cx, it, opened).iter().map(|(name, value)| (name.as_str(), value.clone())).collect::<Vec<_>>()))
        @if is_edited(it, opened) { (edit(cx, it, opened)) }
        (findings::list(cx, it, opened))
    }
}

fn fix_lines(lang: Lang, opened: &OpenedGroup, it: &Fix) -> Markup {
    if it.kind == FixKind::Manual {
        return steps(lang, it);
    }
    let (lines, more) = diff::lines(it.kind, &it.text);
    html! {
        (fix::diff(lines))
        @if more > 0 { p.j-sm.j-dim { (t!(lang, M, "more-lines", n = more)) } }
        @if opened.findings.len() < opened.group.count { p.j-sm.j-dim { (t!(lang, M, "file-has-all")) } }
    }
}

/// Sentences as sentences; what is no sentence is to be typed.
fn steps(lang: Lang, it: &Fix) -> Markup {
    let text = it.steps.as_ref().map_or(it.text.as_str(), |it| it.get(lang));
    let is_sentence = |line: &str| line.trim_end().ends_with(['.', ':', '!', '?', ';']);
    html! {
        @for line in text.lines().filter(|it| !it.trim().is_empty()) {
            @if is_sentence(line) { p { (line) } } @else { (fix::diff([(Change::Same, line)])) }
        }
    }
}

fn facts(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Vec<(String, Markup)> {
    let (lang, header) = (cx.lang, &it.remediation.header);
    let mut facts = Vec::new();
    if let [only] = opened.findings.as_slice() {
        facts.push((t!(lang, M, "observed"), parts::finding::observed(lang, only)));
        facts.push((t!(lang, M, "expected"), parts::finding::measured(&only.expected)));
    }
    let rule = html! {
        code { (opened.group.rule) } " " (opened.rule_title.get(lang)) br;
        span.j-dim { (opened.source) }
    };
    facts.push((t!(lang, M, "rule"), rule));
    if !opened.responsibilities.is_empty() {
        let waiting = html! {
            @for (n, (id, code)) in opened.responsibilities.iter().enumerate() {
                @if n > 0 { ", " } a.j-link href=(links::responsibility(header.id, id)) { (code) }
            }
        };
        facts.push((t!(lang, M, "waited-for-by"), waiting));
    }
    if it.view() != FindingsView::Fixed {
        facts.push((t!(lang, M, "owner-and-due"), who(cx, it, opened)));
    }
    facts
}

fn who(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let (lang, group) = (cx.lang, &opened.group);
    let href = format!("{}#g-{}", it.opened().with("edit", &group.rule), group.rule);
    html! {
        @match &group.owner { Some(it) => { (parts::person(it)) } None => { (people::nobody_at_all(lang)) } }
        @if let Some(date) = group.due { ", " (dates::due(lang, cx.today(), date)) }
        @if assign::may_assign(&it.remediation.header) { " " a.j-link.j-sm href=(href) { (t!(lang, M, "change")) } }
    }
}

/// Owner and due date of the whole group.
fn edit(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let (lang, group) = (cx.lang, &opened.group);
    let list = it.opened();
    let action = format!("{}/{}/owner{}", list.path(), group.rule, list.query());
    let form = Assign {
        id: Some(OWNER_FORM),
        action: &action,
        hidden: &[],
        people: &it.remediation.people,
        owner: group.owner.as_ref().map(|it| it.id),
        due: group.due,
        may_name: it.remediation.header.may(Permission::Assign),
        cancel: Some(&format!("{list}#g-{}", group.rule)),
        hint: Some(if opened.findings.len() > 1 {
            t!(lang, M, "whole-group-or-ticked", n = group.count)
        } else {
            t!(lang, M, "whole-group", n = group.count)
        }),
        tried: tried(it.tried, assign::FORM),
        has_focus: true,
    };
    assign::form(cx, &form)
}

/// The steps, and the one button: it measures, unless a fix is looked at, which is to be approved then. A directory is
/// measured from its export, so that a fresh one comes first.
fn footer(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let (lang, header) = (cx.lang, &it.remediation.header);
    let Ok(family) = opened.group.check.family().parse::<Family>() else {
        return Markup::default();
    };
    let (apply, label) = match family {
        Family::Dns => (t!(lang, M, "step-publish"), t!(lang, M, "published")),
        Family::Tls => (t!(lang, M, "step-install"), t!(lang, M, "installed")),
        Family::Directory => (t!(lang, M, "step-apply"), t!(lang, M, "applied")),
    };
    let (read, approve, export, measure) = (
        t!(lang, M, "step-read"),
        t!(lang, M, "step-approve"),
        t!(lang, M, "step-export"),
        t!(lang, M, "step-measure"),
    );
    let labels: Vec<(&str, Option<&str>)> = match family {
        Family::Directory if !opened.directories.is_empty() => vec![&read, &approve, &apply, &export, &measure],
        Family::Directory => vec![&read, &apply, &export, &measure],
        _ => vec![&read, &apply, &measure],
    }
    .into_iter()
    .filter(|it| opened.is_export || *it != &export)
    .map(|it| (it.as_str(), None))
    .collect();
    let is_approved = opened.approved.iter().any(|it| it.revoked_at.is_none() && it.open > 0);
    let is_seen = opened.group.seen.is_some_and(|it| it.state == Reached::Everywhere);
    let current = if is_approved || is_seen { 2 } else { 1 };
    let class = if opened.preview.is_some() {
        "btn"
    } else {
        "btn btn-primary"
    };
    html! {
        (lists::steps(&labels, current))
        @if header.may(Permission::Measure) {
            div.j-acts.ms-auto {
                @if opened.is_export {
                    a.btn href=(links::targets(header.id)) { (Icon::Upload.show()) (t!(lang, M, "upload-export")) }
                }
                (measure::button(cx, header.id, Scope { family: Some(family), target: None }, class, &html! { (label) }))
            }
        }
    }
}
