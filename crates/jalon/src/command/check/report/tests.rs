//! The report: nothing from a directory gets out of its place, nothing is fetched, and many findings stay one small page.

use std::time::{Duration, Instant};

use jalon_checks::directory::{
    Streamed,
    suppress::{Sieve, Suppressed, Suppressions},
    tally::{Seen, Tally},
};
use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, Severity},
};
use proptest::prelude::*;

use super::*;
use crate::command::check::sample;

/// The report on a run that found those.
fn report(lang: Lang, defects: &[Defect]) -> String {
    page(lang, defects, &sample::ended(defects), &nothing_accepted())
}

fn nothing_accepted() -> Suppressed {
    Sieve::new(Suppressions::at(jiff::Timestamp::UNIX_EPOCH)).finish()
}

fn page(lang: Lang, defects: &[Defect], run: &Streamed, suppressed: &Suppressed) -> String {
    let mut tally = Tally::keeping(MOST_OF_RULE);
    for it in defects {
        if tally.count(&Seen::of(it)) {
            tally.keep(it.clone());
        }
    }
    let view = View {
        report: &run.report,
        outcome: run.outcome(Severity::Minor),
        tally: &tally,
        suppressed,
    };
    render(lang, &view)
}

/// The tags with the names of their attributes, in their order: what a browser would make of the page.
fn skeleton(html: &str) -> Vec<String> {
    let tags = html
        .split('<')
        .skip(1)
        .map(|it| it.split_once('>').expect("every tag ends").0);
    tags.map(|tag| tag.split('"').step_by(2).collect::<Vec<_>>().join("\""))
        .collect()
}

#[test]
fn the_page_is_whole_and_asks_nobody_for_anything() {
    for lang in Lang::ALL {
        let html = report(lang, &sample::few());
        assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{lang}\">")) && html.ends_with("</html>"));
        for word in [
            "<script", "http:", "https:", "url(", "@import", " src=", " style=", "<link", "<iframe",
        ] {
            assert!(!html.contains(word), "{word}");
        }
        let after = |mark: &'static str| html.split(mark).skip(1).filter_map(|it| it.split('"').next());
        let ids: Vec<&str> = after(" id=\"").collect();
        for (n, id) in ids.iter().enumerate() {
            assert!(!ids[..n].contains(id), "{id} is there twice");
        }
        for used in after("href=\"#").chain(after("aria-labelledby=\"")) {
            assert!(ids.contains(&used), "{used} is named and not there");
        }
    }
}

#[test]
fn the_policy_lets_the_one_style_sheet_through() {
    let html = report(Lang::En, &[]);
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = BASE64_STANDARD.encode(Sha256::digest(style));
    assert!(
        html.contains(&format!("style-src &#39;sha256-{hash}&#39;"))
            || html.contains(&format!("style-src 'sha256-{hash}'"))
    );
    assert!(!STYLE.contains('<'));
}

#[test]
fn the_verdict_is_a_sentence() {
    let title = |html: String| {
        html.split_once("<h1>")
            .unwrap()
            .1
            .split_once("</h1>")
            .unwrap()
            .0
            .to_owned()
    };
    assert_eq!(
        title(report(Lang::En, &sample::few())),
        "3 of 2,000 objects are not ready to be synchronised"
    );
    assert_eq!(
        title(report(Lang::Fr, &sample::few())),
        "3 objets sur 2\u{202f}000 ne sont pas prêts à être synchronisés"
    );
    assert_eq!(
        title(report(Lang::En, &sample::few()[..1])),
        "One of 2,000 objects is not ready to be synchronised"
    );
    assert_eq!(
        title(report(Lang::En, &[])),
        "One rule could not be judged: this says less than it should"
    );
    let mut run = sample::ended(&[]);
    run.report.checks[0].rules.retain(|it| it.outcome == Outcome::Pass);
    let sound = page(Lang::En, &[], &run, &nothing_accepted());
    assert_eq!(title(sound), "All 2,000 objects are ready to be synchronised");
    let light = [Defect {
        severity: Severity::Info,
        ..sample::few()[0].clone()
    }];
    run.found = [(Severity::Info, 1)].into();
    let light = page(Lang::Fr, &light, &run, &nothing_accepted());
    assert_eq!(
        title(light),
        "2\u{202f}000 objets peuvent être synchronisés\u{202f}; l’un d’eux a un constat qui ne compte pas ici"
    );
}

#[test]
fn a_finding_is_told_with_its_proposal_and_the_other_holders() {
    let html = report(Lang::En, &sample::few());
    for piece in [
        "<code>zoé petit@contoso.example</code><small>Character</small></td><td><code>zoepetit@contoso.example</code><small>Edit</small>",
        "<code>␣ada@contoso,example␣</code><small>Character, Top-level domain</small></td><td><small>No proposal</small>",
        "<td><code>CN=Grace,OU=People,OU=Lille,DC=contoso,DC=example</code><code>CN=Edsger,",
        "<code>contoso.example/Lille/People</code>",
        "Microsoft 365: Prepare directory attributes (userPrincipalName)",
        "not exported",
        "another sign-in",
        "<dd>strict</dd>",
    ] {
        assert!(html.contains(piece), "{piece}\n{html}");
    }
}

#[test]
fn no_hostile_value_breaks_out() {
    let tame: Vec<Defect> = (0..sample::HOSTILE.len())
        .map(|n| sample::filled(&format!("x{n}")))
        .collect();
    for lang in Lang::ALL {
        let html = report(lang, &sample::hostile());
        assert_eq!(skeleton(&html), skeleton(&report(lang, &tame)));
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        let acting = html.chars().find(|it| crate::text::acts(*it) && *it != '\n');
        assert_eq!(acting, None);
    }
}

#[test]
fn many_findings_are_one_small_page() {
    let started = Instant::now();
    let mut tally = Tally::keeping(MOST_OF_RULE);
    let mut run = sample::ended(&[]);
    for it in sample::many(100_000) {
        *run.found.entry(it.severity).or_default() += 1;
        if tally.count(&Seen::of(&it)) {
            tally.keep(it);
        }
    }
    run.report.checks[0]
        .rules
        .iter_mut()
        .for_each(|it| it.outcome = Outcome::Fail);
    let kept = tally.kept().count();
    assert!(
        kept <= MOST_OF_RULE * Severity::ALL.len() * tally.rules().len(),
        "{kept}"
    );
    let view = View {
        report: &run.report,
        outcome: run.outcome(Severity::Minor),
        tally: &tally,
        suppressed: &nothing_accepted(),
    };
    for lang in Lang::ALL {
        let html = render(lang, &view);
        assert!(html.len() < 1_000_000, "{} bytes", html.len());
        let listed = html.matches("<tr><td><code>CN=Person").count();
        assert!(listed > 500, "{listed} findings are listed");
        assert_eq!(html.matches("<p class=\"more\">").count(), tally.rules().len());
    }
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

/// Every message that the sources ask for.
fn asked() -> Vec<&'static str> {
    let sources = [
        include_str!("mod.rs"),
        include_str!("charts.rs"),
        include_str!("ends.rs"),
        include_str!("head.rs"),
        include_str!("rules.rs"),
    ];
    sources
        .into_iter()
        .flat_map(|it| it.split('"').skip(1).step_by(2))
        .collect()
}

#[test]
fn every_message_exists_and_is_asked_for() {
    let keys = |text: &'static str| -> Vec<&'static str> {
        let lines = text
            .lines()
            .filter(|it| it.starts_with(|c: char| c.is_ascii_lowercase()));
        lines.filter_map(|it| Some(it.split_once(" =")?.0)).collect()
    };
    let (english, asked) = (keys(include_str!("en.ftl")), asked());
    assert_eq!(english, keys(include_str!("fr.ftl")));
    for key in english {
        assert!(M.has(key) && asked.contains(&key), "nobody asks for {key}");
    }
    for lang in Lang::ALL {
        let html = report(lang, &sample::many(300).collect::<Vec<_>>());
        for key in asked.iter().filter(|it| it.contains('-')) {
            assert!(
                !html.contains(&format!(">{key}<")),
                "{key} is shown instead of its message"
            );
        }
    }
}

#[test]
fn french_marks_are_set_apart_with_the_right_spaces() {
    for (number, line) in include_str!("fr.ftl").lines().enumerate() {
        let sentence = line.split_once(" = ").map_or(line, |it| it.1);
        for mark in [" ;", " !", " ?", " :", "« ", " »", "'"] {
            assert!(!sentence.contains(mark), "line {}: `{mark}` in {sentence}", number + 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_a_directory_holds_the_page_has_the_same_bones(value in ".+") {
        // A backslash would make one component of a name out of two, which are shown in another place.
        let wild = sample::filled(&value.replace('\\', "/"));
        let (wild, tame) = (report(Lang::En, &[wild]), report(Lang::En, &[sample::filled("x")]));
        prop_assert_eq!(skeleton(&wild), skeleton(&tame));
    }
}
