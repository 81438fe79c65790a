//! Files that were handed in, given back as streams. What comes back is always a download, whatever its maker called it.

use axum::{
    body::Body,
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::Response,
};
use jalon_domain::ids::{AttachmentId, EngagementId};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Answer,
    call::{Call, Path},
};
use crate::App;

/// `/engagements/{engagement}/files`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(download_file))
}

/// What a file consists of.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it describes a stream")]
struct Bytes(Vec<u8>);

/// A file that was handed in.
#[utoipa::path(get, path = "/engagements/{engagement}/files/{file}", tag = "responsibilities",
    responses((status = 200, description = "The file", body = Bytes, content_type = "application/octet-stream")))]
async fn download_file(call: Call, Path((engagement, file)): Path<(EngagementId, AttachmentId)>) -> Answer<Response> {
    let (row, size, bytes) = call.service().file(call.caller(), engagement, file).await?;
    let mut response = download(&row.name, "application/octet-stream", Body::from_stream(bytes));
    response.headers_mut().insert(CONTENT_LENGTH, size.into());
    Ok(response)
}

/// `body` to be saved under `name`.
pub(super) fn download(name: &str, media_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    let disposition = HeaderValue::try_from(disposition(name)).expect("what is not plain ASCII is written as %XX");
    headers.insert(CONTENT_DISPOSITION, disposition);
    response
}

/// The name in UTF-8 (RFC 6266, section 4.3; RFC 8187, section 3.2).
fn disposition(name: &str) -> String {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~".contains(&it);
    let encoded = name.bytes().map(|it| match it {
        it if is_plain(it) => char::from(it).to_string(),
        it => format!("%{it:02X}"),
    });
    format!("attachment; filename*=UTF-8''{}", encoded.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_the_header() {
        assert_eq!(
            disposition("fix-dns-004.zone"),
            "attachment; filename*=UTF-8''fix-dns-004.zone"
        );
        assert_eq!(disposition("é\"\r\nx"), "attachment; filename*=UTF-8''%C3%A9%22%0D%0Ax");
        assert!(
            download("plan; x=\"1\"", "text/plain", Body::empty())
                .headers()
                .contains_key(CONTENT_DISPOSITION)
        );
    }
}
