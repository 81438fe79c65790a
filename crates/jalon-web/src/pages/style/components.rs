//! The components: actions, fields, messages, lists, fix, gate signature, empty and error pages, charts.

use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    gate::GateState,
    programme::Side,
    proof::{Reason, State},
    text::Lang,
};
use jiff::civil::{Date, date};
use maud::{Markup, html};

use super::{M, halves};
use crate::{
    text::t,
    ui::{
        chart::{
            self, Tally,
            expiry::{Expiry, expiry},
            progress::{Forecast, Point, Progress, progress},
        },
        chips, dates, empty,
        fix::{self, FixBlock},
        forms::{self, Field},
        icons::{Icon, icon},
        lists, marks, next,
        note::{Tone, note, toast},
        people,
        shell::Frame,
        track::{Phase, PhaseTime, track},
    },
};

const TODAY: Date = date(2026, 11, 20);

pub(super) fn components(lang: Lang, frame: &Frame) -> Markup {
    let left = html! { (actions(lang)) (fields(lang, frame)) (messages(lang)) (signature(lang)) };
    let right = html! { (empties(lang)) (filters(lang)) (list(lang)) (a_fix(lang)) };
    html! {
        section.j-sec {
            (next::next_step(lang, &t!(lang, M, "next-title"), &t!(lang, M, "next-why"), &t!(lang, M, "next-label"), "/style"))
        }
        (halves(&left, &right))
    }
}

fn actions(lang: Lang) -> Markup {
    html! {
        h2.mb-2 { (t!(lang, M, "actions")) }
        div.j-acts.mb-3 {
            button.btn.btn-primary type="button" { (t!(lang, M, "one-a-page")) }
            button.btn type="button" { (icon(Icon::Play)) (t!(lang, M, "secondary")) }
            button.btn.btn-ghost type="button" { (t!(lang, M, "quiet")) }
            button.btn.j-danger type="button" { (t!(lang, M, "remove")) }
            (marks::locked(&t!(lang, M, "locked")))
            (chips::more(lang, &[html! { a href="/style" { (icon(Icon::Download)) (t!(lang, M, "download")) } }]))
        }
    }
}

fn fields(lang: Lang, frame: &Frame) -> Markup {
    let (domain, end) = (t!(lang, M, "domain"), t!(lang, M, "waiver-end"));
    let (hint, error) = (t!(lang, M, "domain-hint"), t!(lang, M, "waiver-error"));
    let owners = [("", t!(lang, M, "nobody")), ("1", "Marc Dubois".to_owned())];
    let owner = t!(lang, M, "owner");
    let body = html! {
        (Field::text("domain", &domain).value("nord.example.com").hint(&hint).mono())
        (Field::date("end", &end).value("2026-11-15").error(Some(&error)))
        (Field::select("owner", &owner, &owners).value("1"))
        div { button.btn type="submit" { (t!(lang, M, "save")) } }
    };
    forms::post(&frame.csrf, "/style", "j-form", &body)
}

fn messages(lang: Lang) -> Markup {
    html! {
        h2.mt-4.mb-2 { (t!(lang, M, "messages")) }
        div.d-grid.gap-2 {
            (note(Tone::Plain, &html! { (t!(lang, M, "plain-note")) }))
            (note(Tone::Ok, &html! { (t!(lang, M, "ok-note")) }))
            (note(Tone::Warn, &html! { b { (t!(lang, M, "warn-note")) } " " (t!(lang, M, "warn-why")) " " a.j-link href="/style" { (t!(lang, M, "warn-act")) } }))
            (note(Tone::Bad, &html! { b { (t!(lang, M, "bad-note")) } " " (t!(lang, M, "bad-why")) }))
        }
        div.mt-3 { (toast(lang, &t!(lang, M, "saved"), Some("/style"))) }
    }
}

fn signature(lang: Lang) -> Markup {
    let signed = html! { (t!(lang, M, "technical-lead")) br; "16 Oct 2026, 14:02 UTC" };
    html! {
        h2.mt-4.mb-2 { (t!(lang, M, "signatures")) }
        div.row.g-3 {
            div.col-sm-6 { (lists::signature(&marks::side(lang, Side::Customer), Some(("Marc Dubois", &signed)), &html! {})) }
            div.col-sm-6 { (lists::signature(&marks::side(lang, Side::Provider), None, &marks::locked(&t!(lang, M, "sign-locked")))) }
        }
    }
}

fn empties(lang: Lang) -> Markup {
    let act = html! { a.btn href="/style" { (t!(lang, M, "empty-act")) } };
    html! {
        h2.mb-2 { (t!(lang, M, "empty-page")) }
        (empty::empty(&t!(lang, M, "empty-title"), &t!(lang, M, "empty-why"), &act))
        h2.mt-4.mb-2 { (t!(lang, M, "no-match")) }
        (empty::no_match(&t!(lang, M, "no-match-title"), &t!(lang, M, "no-match-why"), &html! { a.btn href="/style" { (t!(lang, M, "no-match-act")) } }))
    }
}

fn filters(lang: Lang) -> Markup {
    let view = |label: String, count, is_current| chips::View {
        label,
        href: "/style".to_owned(),
        count: Some(count),
        is_current,
    };
    let views = [
        view(t!(lang, M, "view-all"), 70, true),
        view(t!(lang, M, "view-mine"), 6, false),
    ];
    let states = [State::Verified, State::Claimed].map(|it| chips::Choice {
        label: marks::state(lang, it, None),
        href: "/style".to_owned(),
        count: Some(4),
    });
    let hint = t!(lang, M, "search-hint");
    let search = chips::Search {
        hint: &hint,
        ..chips::Search::default()
    };
    let chips = html! {
        (chips::chip_on(lang, &t!(lang, M, "filter-severity"), "/style"))
        (chips::chip_menu(lang, &t!(lang, M, "state"), &states))
    };
    html! {
        h2.mt-4.mb-2 { (t!(lang, M, "views-filters")) }
        (chips::views(lang, &views))
        (chips::filters(lang, "/style", &search, &chips, &html! {}))
    }
}

fn list(lang: Lang) -> Markup {
    let row = lists::Row {
        mark: marks::severity_glyph(lang, Severity::Blocker),
        title: html! { a.t href="/style" { (t!(lang, M, "row-title")) } " " (marks::came_back(lang, date(2026, 11, 18))) },
        detail: html! { (t!(lang, M, "row-detail")) },
        who: people::person("Thomas Leroy", false),
        when: dates::due(lang, TODAY, date(2026, 11, 19)),
    };
    let requirement = lists::Requirement {
        id: "r1",
        mark: marks::outcome_glyph(lang, Outcome::Fail),
        title: &t!(lang, M, "requirement"),
        end: html! { span.j-bad.j-b { (t!(lang, M, "requirement-end")) } },
        body: lists::observation(
            lists::Reading::Bad,
            &[
                (
                    html! { (t!(lang, M, "expected")) },
                    html! { code { "CNAME autodiscover.outlook.com." } },
                ),
                (html! { (t!(lang, M, "observed")) }, html! { code { "A 192.0.2.31" } }),
            ],
        ),
    };
    html! {
        h2.mt-4.mb-2 { (t!(lang, M, "rows")) }
        (lists::rows(&[row]))
        (lists::requirement(&requirement))
    }
}

const ZONE: &str = "; nord.example.com.
 nord.example.com.  3600  IN  MX   10 nord-example-com.mail.protection.outlook.com.
-nord.example.com.  3600  IN  TXT  \"v=spf1 ip4:192.0.2.25 ~all\"
+nord.example.com.  3600  IN  TXT  \"v=spf1 ip4:192.0.2.25 include:spf.protection.outlook.com -all\"";

fn a_fix(lang: Lang) -> Markup {
    let (preview, publish, measure) = (
        t!(lang, M, "step-preview"),
        t!(lang, M, "step-publish"),
        t!(lang, M, "step-measure"),
    );
    let block = FixBlock {
        title: &t!(lang, M, "fix-title"),
        size: &t!(lang, M, "fix-size"),
        copy: Some(ZONE),
        download: Some(("nord.zone", "/style")),
        undo: Some(("undo.zone", "/style")),
        body: html! { p.j-2 { (t!(lang, M, "fix-why")) } (fix::diff(fix::read_diff(ZONE))) },
        footer: lists::steps(&[(&preview, None), (&publish, None), (&measure, None)], 1),
    };
    html! { h2.mt-4.mb-2 { (t!(lang, M, "fix")) } (fix::fix(lang, "fix-1", &block)) }
}

pub(super) fn charts(lang: Lang) -> Markup {
    let tally = Tally::of(sample_states());
    let left = html! {
        h2.mb-2 { (t!(lang, M, "progress")) }
        (progress(lang, "bu", &sample_progress()))
        h2.mt-4.mb-2 { (t!(lang, M, "expiry")) }
        (expiry(lang, &sample_expiry()))
    };
    let right = html! {
        div.j-sech { h2 { (t!(lang, M, "shares")) } span.j-sm.j-dim { (tally.proven()) "/" (tally.applicable()) } }
        (chart::stack(lang, &tally))
        div.mt-2 { (chart::legend(lang, &tally, |_, _| "/style".to_owned())) }
    };
    html! { section.j-sec { (phases(lang)) } section.j-sec { div.j-cols.side { div { (left) } div { (right) } } } }
}

fn phases(lang: Lang) -> Markup {
    let phase = |name: String, time, gate, counts: &[(State, Option<Reason>, usize)], line: Markup| Phase {
        name,
        href: "/style".to_owned(),
        tally: Tally::of(
            counts
                .iter()
                .flat_map(|(state, reason, n)| std::iter::repeat_n((*state, *reason), *n)),
        ),
        time,
        gate,
        line,
    };
    let blocked = html! { b.j-bad { (GateState::Blocked.name().get(lang)) } " " a.j-link href="/style" { (t!(lang, M, "blocked-by")) } };
    track(
        lang,
        &[
            phase(
                t!(lang, M, "phase-assess"),
                PhaseTime::Done,
                GateState::Open,
                &[(State::Attested, None, 9), (State::Waived, None, 1)],
                html! { b.j-ok { (GateState::Open.name().get(lang)) } },
            ),
            phase(
                t!(lang, M, "phase-remediate"),
                PhaseTime::Now,
                GateState::Blocked,
                &[
                    (State::Attested, None, 2),
                    (State::Claimed, None, 1),
                    (State::Open, Some(Reason::Failing), 1),
                    (State::Open, None, 2),
                ],
                blocked,
            ),
            phase(
                t!(lang, M, "phase-migrate"),
                PhaseTime::Off,
                GateState::NotApplicable,
                &[],
                html! { (t!(lang, M, "phase-off")) },
            ),
            phase(
                t!(lang, M, "phase-close"),
                PhaseTime::Later,
                GateState::Later,
                &[(State::Open, None, 1)],
                html! { (GateState::Later.name().get(lang)) },
            ),
        ],
    )
}

fn sample_states() -> impl Iterator<Item = (State, Option<Reason>)> {
    let counts = [
        (State::Verified, None, 11),
        (State::Attested, None, 30),
        (State::Waived, None, 2),
        (State::Claimed, None, 4),
        (State::Open, Some(Reason::Failing), 5),
        (State::Open, Some(Reason::Stale), 1),
        (State::Open, Some(Reason::Inconclusive), 1),
        (State::Open, Some(Reason::AwaitingApproval), 2),
        (State::Open, Some(Reason::InProgress), 7),
        (State::Open, Some(Reason::NotStarted), 7),
        (State::NotApplicable, None, 6),
    ];
    counts
        .into_iter()
        .flat_map(|(state, reason, n)| std::iter::repeat_n((state, reason), n))
}

pub(crate) fn sample_progress() -> Progress {
    let weeks = [
        (date(2026, 9, 7), 0, 0, 68),
        (date(2026, 9, 14), 3, 1, 68),
        (date(2026, 9, 21), 8, 1, 68),
        (date(2026, 9, 28), 13, 2, 68),
        (date(2026, 10, 5), 20, 3, 70),
        (date(2026, 10, 12), 27, 3, 70),
        (date(2026, 10, 19), 30, 3, 70),
        (date(2026, 10, 26), 33, 4, 70),
        (date(2026, 11, 2), 37, 4, 70),
        (date(2026, 11, 9), 40, 4, 70),
        (date(2026, 11, 16), 44, 4, 70),
        (TODAY, 43, 4, 70),
    ];
    Progress {
        points: weeks
            .into_iter()
            .map(|(date, proven, claimed, applicable)| Point {
                date,
                proven,
                claimed,
                applicable,
            })
            .collect(),
        forecast: Some(Forecast {
            early: date(2027, 1, 29),
            likely: date(2027, 2, 12),
            late: date(2027, 3, 12),
        }),
        target: Some(date(2027, 1, 29)),
    }
}

fn sample_expiry() -> Expiry {
    let counts = [9, 6, 5, 4, 12, 3, 2, 5];
    let monday = |n: usize| date(2026, 11, 23).saturating_add(jiff::ToSpan::days(i64::try_from(n * 7).unwrap_or(0)));
    Expiry {
        past: 4,
        weeks: counts.into_iter().enumerate().map(|(n, it)| (monday(n), it)).collect(),
    }
}
