//! The fix of a rule about a zone: what each domain's zone becomes, in the form that whoever keeps it can take.

use jalon_domain::text::Lang;
use jalon_service::{propagation::Form, view::remediation::OpenedGroup};
use maud::{Markup, html};

use super::{M, view::List};
use crate::{
    pages::parts::{Cx, plan},
    text::t,
};

/// The choice of form, then the plan of each domain.
pub(super) fn plans(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let (lang, rule, id) = (cx.lang, &opened.group.rule, it.remediation.header.id);
    html! {
        @if opened.plans.iter().any(|it| it.changes > 0) { (forms(lang, it, opened)) }
        @for (n, of) in opened.plans.iter().enumerate() {
            // The file of the fix is at the top of the block.
            @let file = (it.remediation.filter.form.is_some() || is_partial(opened)).then(|| plan::file(id, of, of.form, Some(rule)));
            (plan::block(lang, &format!("copy-{rule}-{n}"), of, file.as_deref()))
        }
        @if it.remediation.filter.form == Some(Form::Azure) { p.j-sm.j-dim.mb-0 { (t!(lang, M, "form-azure")) } }
        @if opened.plans.len() < domains(opened) { p.j-sm.j-dim.mb-0 { (t!(lang, M, "more-zones")) } }
    }
}

/// Whether not every finding's fix is in the plans.
pub(super) fn is_partial(opened: &OpenedGroup) -> bool {
    opened.plans.iter().any(|it| !it.left.is_empty())
}

/// Domains of the findings that are shown.
fn domains(opened: &OpenedGroup) -> usize {
    opened.targets.len()
}

/// Links, so that a form has an address and is chosen without script.
fn forms(lang: Lang, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let chosen = it.remediation.filter.form;
    let href = |form: Option<Form>| format!("{}#g-{}", it.opened().with_some("form", form), opened.group.rule);
    html! {
        nav.j-views.j-forms aria-label=(t!(lang, M, "form")) {
            a href=(href(None)) aria-current=[chosen.is_none().then_some("true")] { (t!(lang, M, "form-lines")) }
            @for form in plan::FORMS {
                a href=(href(Some(form))) aria-current=[(chosen == Some(form)).then_some("true")] { (form.name().get(lang)) }
            }
        }
    }
}
