//! Where a responsibility comes from, said so that a reader can find the place.

use jalon_domain::{
    programme::{Responsibility, Section},
    text::{Lang, Text},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::Catalogue;

/// One place of a source page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// What the page is called.
    pub page: Text,
    /// The section; none for an overlay's page, which is cited as a whole.
    pub section: Option<Section>,
    /// The number of the bullet in its section: `6`, or `3.1` for a nested one.
    pub ordinal: Option<String>,
    /// The date of the version read, `YYYY-MM-DD`.
    pub version: String,
}

impl Citation {
    /// "Office 365, “your responsibilities”, section Enable, bullet 6, version of 2 April 2019."
    pub fn text(&self) -> Text {
        let mut text = self.page.clone();
        if let Some(section) = self.section {
            let name = section.name();
            text.en.push_str(&format!(", section {}", name.en));
            text.fr.push_str(&format!(", section {}", name.fr));
        }
        if let Some(ordinal) = &self.ordinal {
            text.en.push_str(&format!(", bullet {ordinal}"));
            text.fr.push_str(&format!(", alinéa {ordinal}"));
        }
        text.en
            .push_str(&format!(", version of {}.", long_date(&self.version, Lang::En)));
        text.fr
            .push_str(&format!(", version du {}.", long_date(&self.version, Lang::Fr)));
        text
    }
}

impl Catalogue {
    /// Where `responsibility` comes from: each of its bullets, or its overlay's page.
    pub fn citations(&self, responsibility: &Responsibility) -> Vec<Citation> {
        let bullets = responsibility
            .bullets
            .iter()
            .filter_map(|it| self.bullet(it))
            .filter_map(|bullet| {
                let source = self.sources.iter().find(|it| it.programme == bullet.programme)?;
                Some(Citation {
                    page: source.page.clone(),
                    section: Some(bullet.section),
                    ordinal: Some(bullet.ordinal.clone()),
                    version: bullet.version.clone(),
                })
            });
        let overlay = self.overlay_of(&responsibility.id).map(|it| Citation {
            page: it.page.clone(),
            section: None,
            ordinal: None,
            version: it.version.clone(),
        });
        bullets.chain(overlay).collect()
    }
}

const MONTHS: [[&str; 2]; 12] = [
    ["January", "janvier"],
    ["February", "février"],
    ["March", "mars"],
    ["April", "avril"],
    ["May", "mai"],
    ["June", "juin"],
    ["July", "juillet"],
    ["August", "août"],
    ["September", "septembre"],
    ["October", "octobre"],
    ["November", "novembre"],
    ["December", "décembre"],
];

/// `2 April 2019`, `2 avril 2019`, `1er avril 2019`; what is not a date is left as it is.
fn long_date(raw: &str, lang: Lang) -> String {
    let Ok(date) = raw.parse::<Date>() else {
        return raw.to_owned();
    };
    let month = usize::try_from(date.month())
        .ok()
        .and_then(|it| MONTHS.get(it.checked_sub(1)?));
    let Some([en, fr]) = month else {
        return raw.to_owned();
    };
    match (lang, date.day()) {
        (Lang::En, day) => format!("{day} {en} {}", date.year()),
        (Lang::Fr, 1) => format!("1er {fr} {}", date.year()),
        (Lang::Fr, day) => format!("{day} {fr} {}", date.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, en: &str, fr: &str) {
        assert_eq!([long_date(raw, Lang::En), long_date(raw, Lang::Fr)], [en, fr]);
    }

    #[test]
    fn dates_are_written_out_in_both_languages() {
        check("2019-04-02", "2 April 2019", "2 avril 2019");
        check("2020-08-01", "1 August 2020", "1er août 2020");
        check("soon", "soon", "soon");
    }

    #[test]
    fn an_overlay_is_cited_by_its_page() {
        let catalogue = Catalogue::builtin();
        let duty = catalogue.responsibility(&"steering.risks".parse().unwrap()).unwrap();
        let citations = catalogue.citations(duty);
        assert_eq!(citations.len(), 1);
        assert_eq!(
            citations[0].text().fr,
            "Office 365, «\u{a0}avantages supplémentaires\u{a0}» à partir de 20\u{202f}000\u{a0}licences, version du 5 septembre 2019."
        );
    }

    #[test]
    fn a_merged_responsibility_is_cited_from_both_pages() {
        let catalogue = Catalogue::builtin();
        let duty = catalogue.responsibility(&"directory.sync".parse().unwrap()).unwrap();
        let said: Vec<Text> = catalogue.citations(duty).iter().map(Citation::text).collect();
        assert_eq!(
            said[0].fr,
            "Office 365, «\u{a0}vos responsabilités\u{a0}», section Activer, alinéa 7, version du 2 avril 2019."
        );
        assert_eq!(
            said[1].en,
            "Enterprise Mobility + Security, “your responsibilities”, section Enable, bullet 3, version of 4 September 2019."
        );
    }
}
