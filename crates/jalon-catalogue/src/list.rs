//! The catalogue as JSON documents, for the command line and the API.

use jalon_domain::{
    programme::{Phase, Responsibility, Section, SourceBullet},
    text::Text,
};
use serde_json::{Value, json};

use crate::{Catalogue, Citation};

impl Catalogue {
    /// The pages' responsibilities as an array of objects: [`Catalogue::responsibility_json`] of each.
    pub fn responsibilities_json(&self) -> Value {
        self.page_responsibilities()
            .map(|it| self.responsibility_json(it))
            .collect()
    }

    /// The overlays as an array of objects: `id`, `title`, `page`, `version`, `applies`, `responsibilities`.
    pub fn overlays_json(&self) -> Value {
        let object = |it: &crate::Overlay| {
            let rows: Vec<Value> = self
                .overlay_responsibilities(it)
                .iter()
                .map(|it| self.responsibility_json(it))
                .collect();
            json!({
                "id": it.id, "title": it.title, "page": it.page, "version": it.version, "applies": it.applies,
                "responsibilities": rows,
            })
        };
        self.overlays.iter().map(object).collect()
    }

    /// The source bullets as an array of objects: [`Catalogue::bullet_json`] of each.
    pub fn bullets_json(&self) -> Value {
        self.bullets.iter().map(bullet).collect()
    }

    /// One responsibility: the domain's fields (`id`, `title`, `phase`, null when it spans all phases, `bullets`, …), with
    /// the `code` shown to people and the `citations` as texts.
    pub fn responsibility_json(&self, responsibility: &Responsibility) -> Value {
        let citations: Vec<Text> = self.citations(responsibility).iter().map(Citation::text).collect();
        with(
            json!(responsibility),
            [("code", json!(responsibility.code())), ("citations", json!(citations))],
        )
    }

    /// One source bullet: the domain's fields (`id`, `title`, `section`, `responsibilities`, …), with the `phase` of its
    /// section, null in the general one.
    pub fn bullet_json(&self, source: &SourceBullet) -> Value {
        bullet(source)
    }
}

fn bullet(it: &SourceBullet) -> Value {
    with(json!(it), [("phase", json!(phase(it.section)))])
}

/// The phase that a section describes; none for the general one.
pub(crate) const fn phase(section: Section) -> Option<Phase> {
    match section {
        Section::General => None,
        Section::Initiate => Some(Phase::Initiate),
        Section::Assess => Some(Phase::Assess),
        Section::Remediate => Some(Phase::Remediate),
        Section::Enable => Some(Phase::Enable),
    }
}

fn with<const N: usize>(mut object: Value, further: [(&str, Value); N]) -> Value {
    if let Value::Object(fields) = &mut object {
        fields.extend(further.map(|(key, value)| (key.to_owned(), value)));
    }
    object
}
