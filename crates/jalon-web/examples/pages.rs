//! Serves the pages of engagements with their sample data, to be looked at:
//! `cargo run -p jalon-web --example pages -- 127.0.0.1:8422`, then open `/` (`?theme=dark`, `?lang=fr`).

use std::net::SocketAddr;

use axum::{Router, extract::Path, routing::get};
use jalon_web::{
    Door,
    pages::{
        audit, calendar, checks, directories, environment, gates, home, notices, overview, remediation,
        responsibilities, responsibility, target, targets, wizard,
    },
    ui::shell::{Around, Frame},
};
use maud::{Markup, html};

/// A page with the number of its sample.
type Show = fn(&Frame, usize) -> Option<Markup>;

const PAGES: [(&str, Show); 15] = [
    ("overview", overview),
    ("gates", gates),
    ("home", home),
    ("wizard", wizard),
    ("targets", targets),
    ("target", |frame, n| nth(target::sample::pages(&inside(frame)), n)),
    ("directories", directories),
    ("environment", environment),
    ("calendar", calendar),
    ("notices", notices),
    ("responsibilities", |frame, n| {
        nth(responsibilities::sample::pages(&inside(frame)), n)
    }),
    ("responsibility", |frame, n| {
        nth(responsibility::sample::pages(&inside(frame)), n)
    }),
    ("remediation", |frame, n| {
        nth(remediation::sample::pages(&inside(frame)), n)
    }),
    ("checks", |frame, n| nth(checks::sample::pages(&inside(frame)), n)),
    ("audit", |frame, n| nth(audit::sample::pages(&inside(frame)), n)),
];

fn nth(pages: Vec<(&str, Markup)>, n: usize) -> Option<Markup> {
    pages.into_iter().nth(n).map(|it| it.1)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8422".to_owned());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    let door = Door::sample(&format!("http://{address}"));
    let routes = Router::<()>::new()
        .route("/", get(index))
        .route("/sample/{page}/{n}", get(show));
    println!("http://{address}/");
    let service = jalon_web::assemble(routes, &door).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await?;
    Ok(())
}

async fn index(frame: Frame) -> Markup {
    let count = |show: Show| (0..).take_while(|n| show(&frame, *n).is_some()).count();
    html! {
        @for (name, page) in PAGES { @for n in 0..count(page) { p { a href={ "/sample/" (name) "/" (n) } { (name) " " (n) } } } }
    }
}

async fn show(frame: Frame, Path((page, n)): Path<(String, usize)>) -> Markup {
    let found = PAGES
        .into_iter()
        .find(|it| it.0 == page)
        .and_then(|it| (it.1)(&frame, n));
    found.unwrap_or_else(|| html! { p { "no such sample" } })
}

/// `frame` inside the samples' engagement.
fn inside(frame: &Frame) -> Frame {
    let header = overview::sample::header();
    let around = Around {
        base: format!("/e/{}", header.id),
        name: header.organisation,
        caption: "Office 365 + EMS".to_owned(),
        responsibilities: header.counts.applicable(),
        findings: header.findings,
        gates: (header.gates_open, header.gates),
        unread: 2,
    };
    Frame {
        engagement: Some(around),
        ..signed_in(frame)
    }
}

fn signed_in(frame: &Frame) -> Frame {
    Frame {
        person: Some("Claire Morel".to_owned()),
        engagements: Some(3),
        ..frame.clone()
    }
}

fn overview(frame: &Frame, n: usize) -> Option<Markup> {
    let view = [overview::sample::sample(), overview::sample::fresh()]
        .into_iter()
        .nth(n)?;
    Some(overview::view::page(&inside(frame), &view, overview::sample::now()))
}

fn gates(frame: &Frame, n: usize) -> Option<Markup> {
    let view = std::iter::once(gates::sample::sample())
        .chain(gates::sample::settled())
        .nth(n)?;
    Some(gates::view::page(&inside(frame), &view, overview::sample::now()))
}

fn calendar(frame: &Frame, n: usize) -> Option<Markup> {
    let views = [vec![calendar::sample::sample()], calendar::sample::empty().into()].concat();
    let view = views.into_iter().nth(n)?;
    let sent = calendar::view::Sent::default();
    Some(calendar::view::page(
        &inside(frame),
        &view,
        &sent,
        overview::sample::now(),
    ))
}

fn notices(frame: &Frame, n: usize) -> Option<Markup> {
    let view = [notices::sample::sample(), notices::sample::empty()]
        .into_iter()
        .nth(n)?;
    Some(notices::view::page(
        &inside(frame),
        &view,
        None,
        overview::sample::now(),
    ))
}

fn home(frame: &Frame, n: usize) -> Option<Markup> {
    use home::sample::{many, none, sample, unmatched};
    let view = [sample(), many(), none(true), none(false), unmatched()]
        .into_iter()
        .nth(n)?;
    Some(home::view::page(&signed_in(frame), &view))
}

fn wizard(frame: &Frame, n: usize) -> Option<Markup> {
    use wizard::{
        sample::{refused, sample},
        step::Step,
    };
    let view = Step::ALL.into_iter().flat_map(|it| [sample(it), refused(it)]).nth(n)?;
    Some(wizard::view::page(frame, &view))
}

fn directories(frame: &Frame, n: usize) -> Option<Markup> {
    let sheet = directories::sample::sheets().into_iter().nth(n)?;
    Some(directories::view::page(
        &inside(frame),
        &overview::sample::header(),
        &sheet,
    ))
}

fn environment(frame: &Frame, n: usize) -> Option<Markup> {
    let [unconnected, unread] = environment::sample::empty();
    let view = [environment::sample::sample(), unconnected, unread]
        .into_iter()
        .nth(n)?;
    Some(environment::view::page(&inside(frame), &view, overview::sample::now()))
}

fn targets(frame: &Frame, n: usize) -> Option<Markup> {
    let views = [targets::sample::sample(), targets::sample::empty()];
    let sents = targets::sample::sents();
    let (view, sent) = match n {
        it if it < sents.len() => (&views[0], &sents[it]),
        it if it == sents.len() => (&views[1], &sents[0]),
        _ => return None,
    };
    Some(targets::view::page(&inside(frame), view, sent, overview::sample::now()))
}
