//! Owner and due date in place: the row under the one that `?edit=` names.

use jalon_domain::ids::ResponsibilityId;
use jalon_service::{
    Permission,
    view::duties::{Duties, DutyRow},
};
use maud::{Markup, html};

use super::{M, view::List};
use crate::{
    pages::parts::{
        Cx,
        assign::{self, Assign},
        form::tried,
    },
    text::t,
};

/// The row being edited, if the person may.
pub(super) fn edited(duties: &Duties) -> Option<&ResponsibilityId> {
    duties
        .filter
        .edit
        .as_ref()
        .filter(|_| assign::may_assign(&duties.header))
}

/// The row with the form.
pub(super) fn row(cx: &Cx<'_>, it: &List<'_>, row: &DutyRow) -> Markup {
    let list = it.address();
    let role = row.role.name();
    let form = Assign {
        id: None,
        action: &list.to_string(),
        hidden: &[
            ("responsibility", row.id.to_string()),
            ("version", row.version.to_string()),
        ],
        people: &it.duties.people,
        owner: row.owner.as_ref().map(|it| it.id),
        due: row.due,
        may_name: it.duties.header.may(Permission::Assign),
        cancel: Some(&format!("{}#{}", list.without("edit"), row.id)),
        hint: Some(t!(
            cx.lang,
            M,
            "role",
            role = crate::pages::parts::lower(role.get(cx.lang))
        )),
        tried: tried(it.tried, assign::FORM),
        has_focus: true,
    };
    html! {
        tr.edit hx-boost="true" {
            td colspan="5" { (assign::form(cx, &form)) }
            // These two hide with their columns, so that the form never sticks out.
            td.c-pr {}
            td.c-va {}
        }
    }
}
