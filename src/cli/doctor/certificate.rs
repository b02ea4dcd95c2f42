//! The public address, and how long its certificate is still good.

use reqwest::StatusCode;
use url::Url;
use x509_parser::parse_x509_certificate;

use super::{Found, PATIENCE, State};
use crate::app::SystemClock;
use crate::config::Config;
use crate::domain::{Clock, Timestamp};

/// Days before its end in which a certificate should have been renewed.
const RENEW: i64 = 14;

/// Why nobody knows how long it is good.
enum Trouble {
    /// Nobody answers there, or the certificate is not believed: over, of another name, of nobody whom this machine knows.
    Silent(String),
    /// A proxy answers that the program behind it does not.
    Unreached(StatusCode),
}

/// Whether citizens reach us at the public address, and for how long they will be let in.
pub(super) async fn look(config: &Config, found: &mut Found) {
    let Some(url) = config.public_url.as_ref().filter(|url| url.scheme() == "https") else { return };
    match tokio::time::timeout(PATIENCE, days_left(url, SystemClock.now())).await {
        Ok(Ok(days)) if days < RENEW => found.say(State::Warning, "doctor-certificate-soon", [("days", days.into())]),
        Ok(Ok(days)) => found.say(State::Good, "doctor-certificate-good", [("days", days.into())]),
        Ok(Err(Trouble::Unreached(status))) => {
            found.say(State::Bad, "doctor-certificate-unreached", [("status", status.as_u16().into())]);
        }
        Ok(Err(Trouble::Silent(cause))) => found.say(State::Bad, "doctor-certificate-bad", [("cause", cause.into())]),
        Err(_) => {
            let cause = found.word("doctor-no-answer");
            found.say(State::Bad, "doctor-certificate-bad", [("cause", cause.into())]);
        }
    }
}

/// Days until the certificate at that address ends.
async fn days_left(url: &Url, now: Timestamp) -> Result<i64, Trouble> {
    // The last cause says it all; those before only repeat one another.
    let silent = |error: reqwest::Error| Trouble::Silent(anyhow::Error::from(error).root_cause().to_string());
    let client = reqwest::Client::builder().tls_info(true).build().map_err(silent)?;
    let answer = client.head(url.clone()).send().await.map_err(silent)?;
    // The program itself says 503 while its database is away.
    if matches!(answer.status(), StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT) {
        return Err(Trouble::Unreached(answer.status()));
    }
    let shown = answer.extensions().get::<reqwest::tls::TlsInfo>().and_then(|info| info.peer_certificate());
    let (_, certificate) =
        parse_x509_certificate(shown.unwrap_or_default()).map_err(|error| Trouble::Silent(error.to_string()))?;
    Ok((certificate.validity().not_after.timestamp() - now.0 / 1_000) / 86_400)
}
