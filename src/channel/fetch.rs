//! Fetching a file by an address that a vendor told.
//!
//! **Invariant.** Nothing is asked but the hosts that are listed: an address in a forged or odd event leads nowhere. Redirects
//! are not followed, and no more is read than is taken.

use std::time::Duration;

use futures::StreamExt;
use reqwest::redirect::Policy;
use url::Url;

use super::FetchError;

const CONNECT: Duration = Duration::from_secs(5);
const REQUEST: Duration = Duration::from_secs(30);

/// Fetches from listed hosts.
#[derive(Clone)]
pub struct Fetcher {
    client: reqwest::Client,
    hosts: Vec<String>,
}

impl Fetcher {
    /// Fetches from `hosts` and what ends with them; `host:port` is exactly that, and may be without TLS.
    ///
    /// # Errors
    /// When no TLS can be set up.
    pub fn new(hosts: Vec<String>) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder().connect_timeout(CONNECT).timeout(REQUEST).redirect(Policy::none()).build()?;
        Ok(Self { client, hosts })
    }

    /// The file at `address`, of at most `most` bytes.
    ///
    /// # Errors
    /// When the host is not listed, the file is gone or too large, or the server cannot be reached.
    pub async fn fetch(&self, address: &str, most: usize) -> Result<Vec<u8>, FetchError> {
        let url = self.allowed(address).ok_or(FetchError::Gone)?;
        let not_now = |error: reqwest::Error| FetchError::NotNow(error.without_url().to_string());
        let answer = self.client.get(url).send().await.map_err(not_now)?;
        match answer.status().as_u16() {
            200 => {}
            status @ (429 | 500..) => return Err(FetchError::NotNow(format!("HTTP {status}"))),
            _ => return Err(FetchError::Gone),
        }
        if answer.content_length().is_some_and(|length| length > most as u64) {
            return Err(FetchError::TooLarge);
        }
        gather(answer.bytes_stream().map(|part| part.map_err(not_now)), most).await
    }

    /// The address as it may be asked: with TLS, unless it is listed with its port.
    fn allowed(&self, address: &str) -> Option<Url> {
        let mut url = Url::parse(address).ok()?;
        let host = url.host_str()?.to_owned();
        if !url.username().is_empty() || url.password().is_some() || !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        if let Some(port) = url.port() {
            return self.hosts.contains(&format!("{host}:{port}")).then_some(url);
        }
        let listed = self.hosts.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")));
        url.set_scheme("https").ok()?;
        listed.then_some(url)
    }
}

/// The parts of a body together, as long as they are no more than `most` bytes.
pub(super) async fn gather<B: AsRef<[u8]>>(
    parts: impl futures::Stream<Item = Result<B, FetchError>>,
    most: usize,
) -> Result<Vec<u8>, FetchError> {
    let mut parts = std::pin::pin!(parts);
    let mut bytes = Vec::new();
    while let Some(part) = parts.next().await {
        let part = part?;
        if bytes.len() + part.as_ref().len() > most {
            return Err(FetchError::TooLarge);
        }
        bytes.extend_from_slice(part.as_ref());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_hosts_are_asked() {
        let fetcher = Fetcher::new(vec!["zdn.vn".into(), "127.0.0.1:4567".into()]).unwrap();
        let allowed = |address: &str| fetcher.allowed(address).map(String::from);
        assert_eq!(allowed("http://f6.photo.talk.zdn.vn/a.jpg").as_deref(), Some("https://f6.photo.talk.zdn.vn/a.jpg"));
        assert_eq!(allowed("http://127.0.0.1:4567/a").as_deref(), Some("http://127.0.0.1:4567/a"));
        for address in [
            "http://127.0.0.1/a",
            "http://127.0.0.1:4568/a",
            "http://169.254.169.254/latest/meta-data",
            "https://evilzdn.vn/a",
            "https://zdn.vn.evil.example/a",
            "https://zdn.vn:8443/a",
            "https://user@zdn.vn/a",
            "https://zdn.vn@evil.example/a",
            "file:///etc/passwd",
            "gopher://zdn.vn/",
            "//zdn.vn/a",
            "zdn.vn/a",
        ] {
            assert_eq!(allowed(address), None, "{address}");
        }
    }
}
