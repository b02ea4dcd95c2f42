//! Serving connections: with time and room for everybody, whatever one client does.
//!
//! `axum::serve` sets no timers: a client that sends its headers a letter a minute would keep a connection for ever. This is the
//! same loop with hyper's own limits.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// How long a client may take for the head of a request; a proxy in front has its own limit.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// Largest head of a request, in bytes.
const LARGEST_HEAD: usize = 32 * 1024;
/// Connections that may be open at once: each is a file of the process, and there must be some left for the rest.
const MOST_OPEN: usize = 4_096;
/// Files of the process that are not connections of clients.
const OTHER_FILES: u64 = 256;
/// Pause after accepting failed, as when there are no files left.
const AFTER_FAILURE: Duration = Duration::from_millis(100);

/// Serves `router` until `stop`; requests that are under way are finished.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let room = Arc::new(Semaphore::new(room()));
    let ending = GracefulShutdown::new();
    // Asked for one version only, hyper counts from the first moment; told to find out which, it would wait for ever.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_buf_size(LARGEST_HEAD);
    loop {
        let accept = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            accepted = accept => accepted,
            () = stop.cancelled() => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(AFTER_FAILURE).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = ending.watch(builder.serve_connection(TokioIo::new(stream), service).into_owned());
        tokio::spawn(async move {
            // A client that goes away in the middle is no news.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    ending.shutdown().await;
}

/// How many connections there is room for: the limit of open files is raised as far as it goes.
fn room() -> usize {
    let wanted = MOST_OPEN as u64 + OTHER_FILES;
    let files = rlimit::increase_nofile_limit(wanted).unwrap_or(1_024);
    usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(MOST_OPEN).clamp(64, MOST_OPEN)
}
