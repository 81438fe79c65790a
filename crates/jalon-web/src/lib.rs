//! The web door: pages and JSON API, two modules of one axum router, both thin. Here is HTTP and HTML; neither SQL nor
//! decisions.
//!
//! A page is a folder of [`pages`]: routes, a view struct, one maud function, its texts. It asks the service, and puts
//! what it got into components of [`ui`]. What guards every request (headers, sessions, forgery, limits) is in
//! [`security`]; the only map from errors to statuses is in [`error`].

pub mod api;
pub mod app;
pub mod assets;
pub mod error;
pub mod extract;
pub mod health;
pub mod links;
#[cfg(test)]
mod lint;
pub mod pages;
pub mod prefs;
pub mod security;
pub mod session;
mod text;
pub mod ui;

use axum::{Router, middleware::from_fn_with_state};

pub use app::{App, Door, Site, World};

/// The whole door: assets, health, metrics, pages, API, each behind what guards it.
///
/// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`, so that limits count per client address.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .merge(pages::routes(&app.door))
        .nest("/api/v1", api::routes(&app));
    assemble(routes, &app.door).with_state(app)
}

/// `routes` behind the guards, with assets, health and metrics beside them.
pub fn assemble<S: Clone + Send + Sync + 'static>(routes: Router<S>, door: &Door) -> Router<S> {
    let routes = routes
        .fallback(error::no_such_page)
        .method_not_allowed_fallback(error::no_such_method);
    let open = Router::new().merge(assets::routes()).merge(health::routes(door));
    Router::new()
        .merge(open)
        .merge(security::guard(routes, door))
        .layer(from_fn_with_state(door.clone(), security::headers::add))
        .layer(from_fn_with_state(door.clone(), security::request::observe))
}
