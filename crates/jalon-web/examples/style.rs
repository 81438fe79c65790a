//! Serves the style sheet by itself: `cargo run -p jalon-web --example style -- 127.0.0.1:8421`, then open `/style`
//! (`?theme=dark`, `?lang=fr`). The pages of the door are at `/door/sign-in/N`, `/door/set-up/N`, `/door/problem/N`.

use std::net::SocketAddr;

use axum::{extract::Path, routing::get};
use jalon_web::{
    Door,
    pages::{
        door::{
            problem::ProblemPage,
            set_up::{self, SetUpPage},
            sign_in::SignInPage,
        },
        style,
    },
    ui::shell::Frame,
};
use maud::Markup;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8421".to_owned());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    let door = Door::sample(&format!("http://{address}"));
    let routes = style::routes::<()>().route("/door/{page}/{n}", get(show));
    println!("http://{address}/style");
    let service = jalon_web::assemble(routes, &door).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await?;
    Ok(())
}

async fn show(frame: Frame, Path((page, n)): Path<(String, usize)>) -> Markup {
    match page.as_str() {
        "sign-in" => SignInPage::samples().into_iter().nth(n).map(|it| it.render(&frame)),
        "set-up" => SetUpPage::samples().into_iter().nth(n).map(|it| it.render(&frame)),
        "problem" => ProblemPage::samples().into_iter().nth(n).map(|it| it.render(&frame)),
        _ => None,
    }
    .unwrap_or_else(|| set_up::expired(&frame))
}
