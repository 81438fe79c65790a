//! The navigation: the places, the side bar (a bar at the bottom on phones), what ends a page on small windows, the
//! command palette.

use jalon_domain::text::Lang;
use maud::{Markup, html};

use super::{
    brand,
    frame::{Around, Frame, Head},
};
use crate::{
    prefs::Theme,
    text::t,
    ui::{
        M, dates,
        drawings::Mark,
        forms,
        icons::{Icon, icon},
        people,
    },
};

/// A place of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Overview of an engagement.
    Overview,
    /// Its responsibilities.
    Responsibilities,
    /// Its findings.
    Remediation,
    /// Its measurements.
    Checks,
    /// What is there on site.
    Environment,
    /// Its gates.
    Gates,
    /// What runs out or falls due.
    Calendar,
    /// Its audit trail.
    Audit,
    /// All engagements.
    Engagements,
}

/// Everything the navigation knows of a place: icon, whether it is in a phone's bar, the letter after `g`.
struct Entry {
    place: Place,
    icon: Markup,
    is_main: bool,
    key: char,
}

impl Place {
    /// The places inside an engagement, in the order of the side bar.
    const INSIDE: [Self; 8] = [
        Self::Overview,
        Self::Responsibilities,
        Self::Remediation,
        Self::Checks,
        Self::Environment,
        Self::Gates,
        Self::Calendar,
        Self::Audit,
    ];

    /// The address, for an engagement at `base`.
    pub fn href(self, base: &str) -> String {
        match self {
            Self::Overview => base.to_owned(),
            Self::Responsibilities => format!("{base}/responsibilities"),
            Self::Remediation => format!("{base}/remediation"),
            Self::Checks => format!("{base}/checks"),
            Self::Environment => format!("{base}/environment"),
            Self::Gates => format!("{base}/gates"),
            Self::Calendar => format!("{base}/calendar"),
            Self::Audit => format!("{base}/audit"),
            Self::Engagements => "/".to_owned(),
        }
    }

    /// What it is called.
    pub fn name(self, lang: Lang) -> String {
        match self {
            Self::Overview => t!(lang, M, "nav-overview"),
            Self::Responsibilities => t!(lang, M, "nav-responsibilities"),
            Self::Remediation => t!(lang, M, "nav-remediation"),
            Self::Checks => t!(lang, M, "nav-checks"),
            Self::Environment => t!(lang, M, "nav-environment"),
            Self::Gates => t!(lang, M, "nav-gates"),
            Self::Calendar => t!(lang, M, "nav-calendar"),
            Self::Audit => t!(lang, M, "nav-audit"),
            Self::Engagements => t!(lang, M, "nav-engagements"),
        }
    }

    fn entry(self) -> Entry {
        let (icon, is_main, key) = match self {
            Self::Overview => (icon(Icon::Overview), true, 'o'),
            Self::Responsibilities => (icon(Icon::List), true, 'r'),
            Self::Remediation => (icon(Icon::Tool), true, 'm'),
            Self::Checks => (icon(Icon::Pulse), false, 'c'),
            Self::Environment => (icon(Icon::Server), false, 'v'),
            Self::Gates => (Mark::Stake.glyph(), true, 'g'),
            Self::Calendar => (icon(Icon::Calendar), false, 'd'),
            Self::Audit => (icon(Icon::History), false, 'a'),
            Self::Engagements => (icon(Icon::Grid), false, 'e'),
        };
        Entry {
            place: self,
            icon,
            is_main,
            key,
        }
    }

    fn count(self, lang: Lang, around: &Around) -> Option<String> {
        match self {
            Self::Overview if around.unread > 0 => Some(t!(
                lang,
                M,
                "nav-unread",
                n = around.unread,
                shown = dates::count(lang, around.unread)
            )),
            Self::Responsibilities => Some(dates::count(lang, around.responsibilities)),
            Self::Remediation => Some(dates::count(lang, around.findings)),
            Self::Gates => Some(format!("{}/{}", around.gates.0, around.gates.1)),
            _ => None,
        }
    }
}

pub(super) fn side_bar(frame: &Frame, head: &Head) -> Markup {
    let lang = frame.lang();
    let around = frame.engagement.as_ref();
    let search = around.map_or_else(
        || Place::Engagements.href(""),
        |it| Place::Responsibilities.href(&it.base),
    );
    let aria = if around.is_some() {
        t!(lang, M, "nav-engagement")
    } else {
        t!(lang, M, "nav-all")
    };
    html! {
        header.j-side {
            a.j-brand href="/" aria-label="Jalon" { (brand()) }
            @if let Some(it) = around {
                div.j-org {
                    span.j-tile aria-hidden="true" { (people::initials(&it.name)) }
                    span { b { (it.name) } span.j-sm.j-dim { (it.caption) } }
                }
            }
            a.j-find href=(search) data-palette { (icon(Icon::Search)) span { (t!(lang, M, "search-or-act")) } kbd.j-kbd aria-hidden="true" { "Ctrl K" } }
            nav.j-nav aria-label=(aria) {
                @if let Some(it) = around {
                    @for place in Place::INSIDE {
                        (nav_link(lang, &place.entry(), &place.href(&it.base), place.count(lang, it), head.place))
                    }
                    h2 { (t!(lang, M, "nav-all")) }
                }
                @let count = frame.engagements.map(|n| dates::count(lang, n));
                (nav_link(lang, &Place::Engagements.entry(), &Place::Engagements.href(""), count, head.place))
            }
            div.j-foot {
                @if let Some(name) = &frame.person {
                    div { (people::avatar(name, false)) (name) (sign_out(frame, &html! { (Icon::Leave.named(&t!(lang, M, "sign-out"))) })) }
                }
                div { (language_link(frame, lang, "")) span aria-hidden="true" { "·" } (theme_link(frame)) }
            }
        }
    }
}

fn nav_link(lang: Lang, entry: &Entry, href: &str, count: Option<String>, here: Option<Place>) -> Markup {
    let is_here = here == Some(entry.place);
    html! {
        a.m[entry.is_main] href=(href) aria-current=[is_here.then_some("page")] data-go=(entry.key) {
            (entry.icon) span { (entry.place.name(lang)) } @if let Some(n) = count { span.j-n { (n) } }
        }
    }
}

/// The other language, named in itself.
pub(super) fn language_link(frame: &Frame, lang: Lang, class: &str) -> Markup {
    let other = lang.other();
    let name = match other {
        Lang::En => "English",
        Lang::Fr => "Français",
    };
    let class = (!class.is_empty()).then_some(class);
    html! { a class=[class] href=(frame.with("lang", other.code())) lang=(other.code()) hreflang=(other.code()) { (name) } }
}

/// The next theme; the script switches without reload, and tells the server. The label says what is on now.
fn theme_link(frame: &Frame) -> Markup {
    let lang = frame.lang();
    let label = |it: Theme| t!(lang, M, "theme", theme = it.word());
    html! {
        a href=(frame.with("theme", frame.prefs.theme.next().word())) data-theme
            data-auto=(label(Theme::Auto)) data-light=(label(Theme::Light)) data-dark=(label(Theme::Dark)) {
            (label(frame.prefs.theme))
        }
    }
}

fn sign_out(frame: &Frame, label: &Markup) -> Markup {
    forms::button_form(&frame.csrf, "/sign-out", "j-quiet", label)
}

/// Where the side bar is narrow or at the bottom, what it has no room for ends the page.
pub(super) fn last(frame: &Frame) -> Markup {
    let lang = frame.lang();
    html! {
        nav.j-last aria-label=(t!(lang, M, "more-places")) {
            @if let Some(it) = &frame.engagement {
                @for place in Place::INSIDE.into_iter().filter(|it| !it.entry().is_main) {
                    a href=(place.href(&it.base)) { (place.name(lang)) }
                }
            }
            a href=(Place::Engagements.href("")) { (Place::Engagements.name(lang)) }
            (language_link(frame, lang, ""))
            (theme_link(frame))
            @if frame.person.is_some() { (sign_out(frame, &html! { (t!(lang, M, "sign-out")) })) }
        }
    }
}

/// The command palette: empty until the script fills it with the page's own links.
pub(super) fn palette(frame: &Frame) -> Markup {
    let lang = frame.lang();
    let search = frame
        .engagement
        .as_ref()
        .map(|it| Place::Responsibilities.href(&it.base));
    let (keys, word) = if frame.prefs.keys {
        (t!(lang, M, "keys-off"), "off")
    } else {
        (t!(lang, M, "keys-on"), "on")
    };
    html! {
        dialog.j-pal #j-palette aria-label=(t!(lang, M, "palette")) data-search=[search] data-search-label=(t!(lang, M, "palette-search")) {
            div.q {
                (icon(Icon::Search))
                input type="text" aria-label=(t!(lang, M, "palette")) placeholder=(t!(lang, M, "palette")) autocomplete="off";
                kbd.j-kbd aria-hidden="true" { "Esc" }
            }
            ul.j-plain #j-palette-list data-label=(t!(lang, M, "palette-go")) {}
            div.foot {
                span { kbd.j-kbd { "↑" } " " kbd.j-kbd { "↓" } " " (t!(lang, M, "palette-move")) }
                span { kbd.j-kbd { "↵" } " " (t!(lang, M, "palette-open")) }
                a.j-link href=(frame.with("keys", word)) { (keys) }
            }
        }
    }
}
