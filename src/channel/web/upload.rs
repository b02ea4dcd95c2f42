//! Photos and files from the web page: put into the spool, and said to the conversation.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum_extra::extract::CookieJar;
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::Web;
use super::routes::{address, broken, only_from_our_pages, page_lang};
use crate::domain::file::MOST_BYTES;
use crate::domain::{Attachment, Media, Said};

/// Room for the other fields of the form, in bytes.
const FORM: usize = 16 * 1024;
/// Files a minute of one browser, and of all together: each is held in memory while it arrives.
const A_MINUTE: NonZeroU32 = NonZeroU32::new(12).unwrap();
const A_MINUTE_OF_ALL: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// Files that may be on their way at once, and how long one may take.
const AT_ONCE: usize = 8;
const PATIENCE: Duration = Duration::from_secs(120);
/// Longest name of a file that is read, in letters.
const LONGEST_NAME: usize = 120;

struct Uploads {
    web: Arc<Web>,
    each: DefaultKeyedRateLimiter<String>,
    all: DefaultDirectRateLimiter,
    room: Semaphore,
}

/// The route for files. Its bodies are larger than those of all others.
pub fn uploads(web: Arc<Web>) -> Router {
    let each = RateLimiter::keyed(Quota::per_minute(A_MINUTE));
    let all = RateLimiter::direct(Quota::per_minute(A_MINUTE_OF_ALL));
    Router::new()
        .route("/send", post(send))
        .layer(DefaultBodyLimit::max(MOST_BYTES + FORM))
        .layer(middleware::from_fn(only_from_our_pages))
        .with_state(Arc::new(Uploads { web, each, all, room: Semaphore::new(AT_ONCE) }))
}

#[derive(Default)]
struct SendForm {
    key: String,
    live: bool,
    asked: String,
    name: Option<String>,
    file: Vec<u8>,
}

/// A file is taken only while the conversation asks for one: nobody fills the disk of a stranger.
async fn send(State(uploads): State<Arc<Uploads>>, jar: CookieJar, headers: HeaderMap, form: Multipart) -> Response {
    let web = &uploads.web;
    let lang = page_lang(&jar, &headers);
    let refuse = |status: StatusCode, key: &str| (status, web.desk.wording(lang, key)).into_response();
    let (Some(spool), Some(from)) = (&web.spool, address(&jar)) else { return refuse(StatusCode::CONFLICT, "page-file-not-now") };
    let asked = match web.desk.asks_file(&from).await {
        Ok(Some(asked)) => asked,
        Ok(None) => return refuse(StatusCode::CONFLICT, "page-file-not-now"),
        Err(error) => return broken(web, lang, &error),
    };
    uploads.each.retain_recent();
    if uploads.each.check_key(&from.peer).is_err() || uploads.all.check().is_err() {
        return refuse(StatusCode::TOO_MANY_REQUESTS, "page-file-later");
    }
    let Ok(_room) = uploads.room.try_acquire() else { return refuse(StatusCode::TOO_MANY_REQUESTS, "page-file-later") };
    let Ok(form) = tokio::time::timeout(PATIENCE, read(form)).await else {
        return refuse(StatusCode::REQUEST_TIMEOUT, "page-file-later");
    };
    let form = match form {
        // The field of an older question: it would be taken for another paper.
        Ok(form) if form.asked != asked => return refuse(StatusCode::CONFLICT, "page-file-not-now"),
        Ok(form) if form.file.is_empty() => return (jar, Redirect::to("/")).into_response(),
        Ok(form) if form.file.len() <= MOST_BYTES => form,
        Ok(_) => return refuse(StatusCode::PAYLOAD_TOO_LARGE, "file-too-large"),
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, "file-too-large");
        }
        Err(_) => return refuse(StatusCode::BAD_REQUEST, "page-broken"),
    };
    let media = if form.file.starts_with(b"%PDF") { Media::File } else { Media::Photo };
    let what = Sha256::digest(&form.file);
    let mut news = web.hub.listen(&from.peer);
    let key = if form.key.is_empty() { web.desk.secret() } else { form.key };
    // A repeat has the same name: it takes no more of the disk.
    let name = hex::encode(Sha256::new_with_prefix(&from.peer).chain_update(&key).chain_update(what).finalize());
    let source = match spool.put(&name, form.file).await {
        Ok(source) => source,
        Err(error) => return broken(web, lang, &error),
    };
    let said = Said::Attached(Attachment { media, source, name: form.name, caption: None });
    if let Err(error) = web.accept_once(&from, &key, &what, said, lang).await {
        return broken(web, lang, &error);
    }
    if form.live {
        return (jar, StatusCode::NO_CONTENT).into_response();
    }
    web.answered(&from, &mut news).await;
    (jar, Redirect::to("/#q")).into_response()
}

async fn read(mut form: Multipart) -> Result<SendForm, MultipartError> {
    let mut read = SendForm::default();
    while let Some(field) = form.next_field().await? {
        match field.name().unwrap_or_default() {
            "key" => read.key = field.text().await?.chars().take(64).collect(),
            "for" => read.asked = field.text().await?,
            "live" => read.live = true,
            "file" => {
                let name = field.file_name().map(|name| name.chars().filter(|letter| !letter.is_control()));
                read.name = name.map(|name| name.take(LONGEST_NAME).collect()).filter(|name: &String| !name.is_empty());
                read.file = field.bytes().await?.into();
            }
            _ => {}
        }
    }
    Ok(read)
}
