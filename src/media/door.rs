//! Files that officers sent: opened by the link that the citizen got, and by nothing else.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use uuid::Uuid;

use super::files::{FileError, Files};
use crate::domain::file::FileKind;
use crate::seal::token_hash;
use crate::store::{Store, enclosure};

/// The route. Links end with their files.
pub fn routes(store: Store, files: Files) -> Router {
    Router::new().route("/files/{token}", get(file)).with_state((store, files))
}

async fn file(State((store, files)): State<(Store, Files)>, Path(token): Path<String>) -> Response {
    let hash = token_hash(&token);
    let found = async { enclosure::by_token(&mut store.read().await?, &hash).await };
    let broken = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a file of an officer");
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    };
    let enclosure = match found.await {
        Ok(Some(enclosure)) => enclosure,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return broken(&error),
    };
    let bytes = match files.read(&enclosure.file.stored).await {
        Ok(bytes) => bytes,
        Err(FileError::Gone) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return broken(&error),
    };
    let secret = [(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")];
    (secret, served(enclosure.id, enclosure.file.kind, bytes)).into_response()
}

/// A file as it is handed out: shown as an image, or saved; never as a page of ours.
pub fn served(name: Uuid, kind: FileKind, bytes: Vec<u8>) -> Response {
    let show = if kind == FileKind::Jpeg { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("{show}; filename=\"{}.{}\"", name.simple(), kind.extension())),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}
