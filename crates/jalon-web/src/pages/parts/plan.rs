//! What a zone should become, as pages show it: the lines in the form that was asked for, what is left out and why, the file.

use jalon_domain::{
    ids::{EngagementId, RuleId},
    text::Lang,
};
use jalon_service::propagation::{Form, ZonePlan};
use maud::{Markup, html};

use super::{M, address::Address};
use crate::{
    links,
    text::t,
    ui::{
        fix::{self, Change},
        icons::Icon,
    },
};

/// The forms that people choose from; JSON is for programs.
pub(crate) const FORMS: [Form; 5] = [Form::Diff, Form::Zone, Form::Route53, Form::Azure, Form::Cloudflare];
/// Lines shown; the file has them all.
const SHOWN: usize = 200;
/// What is copied at most, in bytes: more is a matter for the file.
const COPIED: usize = 16 * 1024;

/// The plan: its domain with the buttons, then its lines, then what is left out. `id` is unique on the page, `file` is where
/// the plan is as a file, if it is to be offered.
pub(crate) fn block(lang: Lang, id: &str, plan: &ZonePlan, file: Option<&str>) -> Markup {
    html! {
        div {
            div.j-sech.mb-1 {
                h3.j-b.j-mono.text-break { (plan.name) }
                @if plan.changes > 0 {
                    div.j-acts {
                        @if plan.text.len() <= COPIED { (fix::copy(lang, id, &plan.text)) }
                        @if let Some(file) = file { a.btn href=(file) download=(plan.file_name) { (Icon::Download.show()) (plan.file_name) } }
                    }
                }
            }
            @if plan.changes > 0 { (lines(lang, plan)) } @else { p.j-2 { (t!(lang, M, "plan-nothing")) } }
            (left(lang, plan))
        }
    }
}

fn lines(lang: Lang, plan: &ZonePlan) -> Markup {
    let all = read(plan.form, &plan.text);
    let more = all.len().saturating_sub(SHOWN);
    html! {
        (fix::diff(all.into_iter().take(SHOWN)))
        @if more > 0 { p.j-sm.j-dim { (t!(lang, M, "plan-more", n = more)) } }
    }
}

/// What is not in the plan, and why: it has to wait, or to be made by hand.
fn left(lang: Lang, plan: &ZonePlan) -> Markup {
    html! {
        @if !plan.left.is_empty() {
            p.j-sm.mt-2.mb-0 { (t!(lang, M, "plan-left", n = plan.left.len())) }
            ul.j-sm.j-2.mb-0 { @for it in &plan.left { li { code { (it.rule) } " " (it.reason.get(lang)) } } }
        }
    }
}

/// Where the plan is as a file.
pub(crate) fn file(id: EngagementId, plan: &ZonePlan, form: Form, rule: Option<&RuleId>) -> String {
    let file = Address::new(links::zone(id, plan.target)).with("form", form);
    file.with_some("rule", rule).to_string()
}

/// What each line does, which depends on the form.
pub(crate) fn read(form: Form, text: &str) -> Vec<(Change, &str)> {
    let line = |(n, line)| match form {
        Form::Diff => difference(n, line),
        Form::Cloudflare => coming(line),
        Form::Zone | Form::Azure | Form::Route53 | Form::Json => standing(line),
    };
    text.lines().enumerate().map(line).collect()
}

fn difference(n: usize, line: &str) -> (Change, &str) {
    match line.as_bytes().first() {
        // The two lines of the head, and where each set begins.
        _ if n < 2 => (Change::Comment, line),
        Some(b'@') => (Change::Comment, line),
        Some(b'+') => (Change::Add, &line[1..]),
        Some(b'-') => (Change::Remove, &line[1..]),
        _ => (Change::Same, line.strip_prefix(' ').unwrap_or(line)),
    }
}

/// Lines of which each is new: what goes is a remark.
fn coming(line: &str) -> (Change, &str) {
    match standing(line) {
        (Change::Same, line) => (Change::Add, line),
        other => other,
    }
}

/// Lines of which each is there afterwards, or a command to type.
fn standing(line: &str) -> (Change, &str) {
    match line.strip_prefix("; remove: ") {
        Some(record) => (Change::Remove, record),
        None if line.starts_with([';', '#']) => (Change::Comment, line),
        None => (Change::Same, line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: Form, text: &str, expected: &[(Change, &str)]) {
        assert_eq!(read(form, text), expected);
    }

    #[test]
    fn each_form_says_in_its_own_way_what_comes_and_goes() {
        use Change::{Add, Comment, Remove, Same};
        let head = "--- published\n+++ planned\n@@ a TXT @@\n kept\n-old\n+new\n";
        check(
            Form::Diff,
            head,
            &[
                (Comment, "--- published"),
                (Comment, "+++ planned"),
                (Comment, "@@ a TXT @@"),
                (Same, "kept"),
                (Remove, "old"),
                (Add, "new"),
            ],
        );
        check(
            Form::Cloudflare,
            "; remove: old\nnew\n",
            &[(Remove, "old"), (Add, "new")],
        );
        let zone = [(Comment, "; a: as it should stand"), (Remove, "old"), (Same, "new")];
        check(Form::Zone, "; a: as it should stand\n; remove: old\nnew\n", &zone);
        check(
            Form::Azure,
            "# add by hand\naz network\n",
            &[(Comment, "# add by hand"), (Same, "az network")],
        );
    }
}
