//! Style sheets and scripts: embedded, served under an address that carries their hash, so that browsers keep them for
//! good. Compressed once, at the first request.

use std::{io::Write, sync::LazyLock};

use axum::{
    Router,
    body::Bytes,
    extract::Path,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use flate2::{Compression, write::GzEncoder};

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
struct Embedded;

/// One file, ready to be sent.
struct Asset {
    url: String,
    etag: HeaderValue,
    mime: &'static str,
    plain: Bytes,
    gzip: Bytes,
}

/// The files that pages ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// Tabler's style sheet, beneath ours.
    Tabler,
    /// Our style sheet.
    Style,
    /// htmx.
    Htmx,
    /// Our script.
    Script,
}

const FILES: [(File, &str, &str); 4] = [
    (File::Tabler, "dist/tabler.min.css", "text/css; charset=utf-8"),
    (File::Style, "jalon.css", "text/css; charset=utf-8"),
    (File::Htmx, "dist/htmx.min.js", "text/javascript; charset=utf-8"),
    (File::Script, "jalon.js", "text/javascript; charset=utf-8"),
];

static ASSETS: LazyLock<[Asset; 4]> = LazyLock::new(|| FILES.map(|(_, path, mime)| load(path, mime)));

impl File {
    /// Where it is served: `/assets/jalon.3f2a91bc44d0.css`.
    pub fn url(self) -> &'static str {
        let index = FILES
            .iter()
            .position(|it| it.0 == self)
            .expect("every file is in the list");
        &ASSETS[index].url
    }
}

/// The route of the assets.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{name}", get(serve))
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|it| it.url.ends_with(&format!("/{name}"))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let common = [
        (
            CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ),
        (ETAG, asset.etag.clone()),
        (VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let asked = |name, word: &str| {
        headers
            .get(name)
            .and_then(|it| it.to_str().ok())
            .is_some_and(|it| it.contains(word))
    };
    if asked(IF_NONE_MATCH, asset.etag.to_str().unwrap_or("*")) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = [(CONTENT_TYPE, asset.mime)];
    if asked(ACCEPT_ENCODING, "gzip") {
        (common, kind, [(CONTENT_ENCODING, "gzip")], asset.gzip.clone()).into_response()
    } else {
        (common, kind, asset.plain.clone()).into_response()
    }
}

fn load(path: &str, mime: &'static str) -> Asset {
    let file = Embedded::get(path).expect("the build checks that it is there");
    let hash = hex::encode(&file.metadata.sha256_hash()[..6]);
    let (stem, extension) = path.rsplit_once('.').expect("assets have an extension");
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let etag = HeaderValue::try_from(format!("\"{hash}\"")).expect("hexadecimal is visible ASCII");
    let url = format!("/assets/{name}.{hash}.{extension}");
    Asset {
        url,
        etag,
        mime,
        gzip: gzip(&file.data),
        plain: file.data.into_owned().into(),
    }
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::default());
    encoder.write_all(plain).expect("memory takes what is written");
    encoder.finish().expect("memory takes what is written").into()
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    use super::*;
    use crate::Door;

    async fn ask(url: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::get(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let door = Door::sample("http://127.0.0.1:1");
        crate::assemble(Router::<()>::new(), &door)
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn an_asset_is_kept_for_good_and_compressed_when_asked() {
        let plain = ask(File::Style.url(), &[]).await;
        assert_eq!(plain.status(), StatusCode::OK);
        assert_eq!(plain.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(plain.headers()[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        assert!(plain.headers().get(CONTENT_ENCODING).is_none());
        let gzip = ask(File::Style.url(), &[("accept-encoding", "br, gzip")]).await;
        assert_eq!(gzip.headers()[CONTENT_ENCODING], "gzip");
        let etag = gzip.headers()[ETAG].to_str().unwrap().to_owned();
        let again = ask(File::Style.url(), &[("if-none-match", &etag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[tokio::test]
    async fn only_listed_files_are_served() {
        for url in ["/assets/jalon.css", "/assets/nothing.css", "/assets/..%2FCargo.toml"] {
            assert_eq!(ask(url, &[]).await.status(), StatusCode::NOT_FOUND, "{url}");
        }
    }

    #[test]
    fn addresses_carry_the_hash() {
        let url = File::Htmx.url();
        assert!(
            url.starts_with("/assets/htmx.min.") && url.ends_with(".js") && url.len() > 28,
            "{url}"
        );
    }
}
