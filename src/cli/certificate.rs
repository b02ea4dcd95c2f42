//! How long a certificate is still good.

use anyhow::{Context, ensure};
use reqwest::StatusCode;
use url::Url;
use x509_parser::parse_x509_certificate;

use crate::domain::Timestamp;

/// Days until the certificate at that address ends.
///
/// # Errors
/// When nobody answers there, or the certificate is not believed: over, of another name, of nobody whom this machine knows. When a
/// proxy answers that the program behind it does not.
pub(super) async fn days_left(url: &Url, now: Timestamp) -> anyhow::Result<i64> {
    let client = reqwest::Client::builder().tls_info(true).build()?;
    let answer = client.head(url.clone()).send().await.context("nobody answers there")?;
    // The program itself says 503 while its database is away.
    let unreached = matches!(answer.status(), StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT);
    ensure!(!unreached, "the proxy answers {}: it does not reach the program", answer.status());
    let shown = answer.extensions().get::<reqwest::tls::TlsInfo>().and_then(|info| info.peer_certificate());
    let (_, certificate) = parse_x509_certificate(shown.context("no certificate is shown there")?)?;
    Ok((certificate.validity().not_after.timestamp() - now.0 / 1_000) / 86_400)
}
