//! The fix of a rule about directory objects: its files, one directory at a time; what it would change; and the form that
//! approves it.

use jalon_domain::{finding::FixKind, ids::RuleId, text::Lang};
use jalon_service::{
    Permission,
    fix::{FixPart, FixPreview},
    view::remediation::{OpenedGroup, TargetCount},
};
use maud::{Markup, html};

use super::{M, diff, fix::APPROVAL, view::List};
use crate::{
    links,
    pages::parts::{Cx, address::Address, assign, form::tried},
    text::t,
    ui::{
        dates, fix,
        forms::{self, Field},
        icons::Icon,
    },
};

/// The name of a file of a directory's fix and where it is: of the findings that the list is narrowed to.
pub(super) fn file(it: &List<'_>, rule: &RuleId, of: &TargetCount, part: FixPart) -> (String, String) {
    let filter = &it.remediation.filter;
    let href = Address::new(links::fix(it.remediation.header.id, rule))
        .with("part", part)
        .with("target", of.id)
        .with_some("attribute", filter.attribute.as_deref())
        .with_some("error", filter.error);
    (part.file_name(rule), href.to_string())
}

/// The directories that break the rule, each with the files of its fix and the link to what it would change.
pub(super) fn files(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let lang = cx.lang;
    // Those of the only directory are at the top of the block.
    let first: &[FixPart] = if opened.directories.len() == 1 {
        &[]
    } else {
        &[FixPart::Changes, FixPart::Undo]
    };
    let parts = [first, &[FixPart::Script, FixPart::Review]].concat();
    html! {
        @if !opened.directories.is_empty() {
            ul.j-rows.j-fixes aria-label=(t!(lang, M, "files")) {
                @for of in &opened.directories {
                    li {
                        div.grow {
                            span.t.j-mono { (of.name) }
                            div.j-sm.j-dim { (objects(lang, of.count)) }
                        }
                        div.j-acts {
                            @for part in &parts {
                                @let (name, href) = file(it, &opened.group.rule, of, *part);
                                a.btn href=(href) download=(name) { (Icon::Download.show()) (part.name().get(lang)) }
                            }
                            @if !is_previewed(opened, of) { a.btn href=(preview_href(it, opened, of)) { (Icon::Eye.show()) (t!(lang, M, "look")) } }
                        }
                    }
                }
            }
        }
    }
}

fn is_previewed(opened: &OpenedGroup, of: &TargetCount) -> bool {
    opened.preview.as_ref().is_some_and(|it| it.target == of.id)
}

fn preview_href(it: &List<'_>, opened: &OpenedGroup, of: &TargetCount) -> String {
    format!("{}#g-{}", it.opened().with("plan", of.id), opened.group.rule)
}

fn objects(lang: Lang, count: u64) -> String {
    let n = usize::try_from(count).unwrap_or(usize::MAX);
    t!(lang, M, "findings", n = n, shown = dates::count(lang, n))
}

/// What the fix would change, what it leaves to people, and the form that approves it.
pub(super) fn preview(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup, of: &FixPreview) -> Markup {
    let lang = cx.lang;
    let n = |n: usize| dates::count(lang, n);
    let says = t!(
        lang,
        M,
        "would-change",
        n = of.values,
        values = n(of.values),
        objects = n(of.objects),
        m = of.objects
    );
    let closes = t!(lang, M, "would-close", n = of.findings, shown = n(of.findings));
    html! {
        @if of.values > 0 {
            p { b { (says) } " " (closes) @if of.removed > 0 { " " (t!(lang, M, "only-removed", n = of.removed, shown = n(of.removed))) } }
            (fix::diff(diff::lines(FixKind::Ldif, &of.head).0))
            @if of.shown < of.objects {
                @let more = of.objects - of.shown;
                p.j-sm.j-dim { (t!(lang, M, "more-objects", n = more, shown = n(more))) }
            }
        } @else {
            p { b { (t!(lang, M, "changes-nothing")) } }
        }
        (left(lang, of))
        @if it.remediation.header.may(Permission::Approve) { (approve(cx, it, opened, of)) }
    }
}

/// What is left to people, by reason.
fn left(lang: Lang, of: &FixPreview) -> Markup {
    let all: usize = of.undecided.iter().map(|it| it.count).sum();
    html! {
        @if all > 0 {
            div {
                p { (t!(lang, M, "left-to-people", n = all, shown = dates::count(lang, all))) }
                ul.j-sm.j-2.mb-0 {
                    @for it in &of.undecided { li { b.j-num { (dates::count(lang, it.count)) } " · " (it.text.get(lang)) } }
                }
            }
        }
    }
}

fn approve(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup, of: &FixPreview) -> Markup {
    let (lang, filter) = (cx.lang, &it.remediation.filter);
    let tried = tried(it.tried, APPROVAL);
    let error = |name: &str| tried.and_then(|it| it.error(name, lang));
    let list = it.opened();
    let here = list.with("plan", of.target);
    let action = format!("{}/{}/fixes{}", list.path(), opened.group.rule, here.query());
    let hint = if of.values == 0 {
        t!(lang, M, "reviewed-needed")
    } else {
        t!(lang, M, "reviewed-hint")
    };
    let (file, note) = (t!(lang, M, "reviewed"), t!(lang, M, "note"));
    let mut table = Field::file("file", &file).hint(&hint).error(error("file"));
    if of.values == 0 {
        table = table.required();
    }
    let body = html! {
        // Text before the file: it is read while the file is still under way.
        input type="hidden" name="target" value=(of.target);
        @if let Some(name) = &filter.attribute { input type="hidden" name="attribute" value=(name); }
        @if let Some(kind) = filter.error { input type="hidden" name="error" value=(kind); }
        input type="hidden" name="sha256" value=(of.sha256);
        (Field::area("note", &note, 2).value(tried.map_or("", |it| it.fields.get("note"))).error(error("note")))
        (table)
        p.j-sm.j-dim { (t!(lang, M, "approval-keeps")) br; code { "sha256 " (of.sha256) } }
        div.j-acts {
            button.btn.btn-primary type="submit" { (t!(lang, M, "approve")) }
            a.btn.btn-ghost href={ (list) "#g-" (opened.group.rule) } { (t!(lang, M, "cancel")) }
        }
    };
    html! {
        section.j-panel #plan aria-label=(t!(lang, M, "approve")) {
            @if let Some(tried) = tried { (assign::came_back(cx, tried, &["file", "note"])) }
            (forms::post_file(cx.token, &action, "j-form", &body))
        }
    }
}
