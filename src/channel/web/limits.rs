//! How much browsers may ask of us: each of them, all of them together, and open lines.
//!
//! A cookie costs nothing, so that what one browser may do says little; what all may do together is what protects those who write by
//! other channels. A proxy in front limits by address.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum_extra::extract::CookieJar;
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::routes::address;

/// What one browser may say in a minute, and all of them together: a quarter of what a small machine answers.
const A_MINUTE: NonZeroU32 = NonZeroU32::new(40).unwrap();
const A_MINUTE_OF_ALL: NonZeroU32 = NonZeroU32::new(12_000).unwrap();
/// Lines of news that may be open at once, and of one conversation.
const LINES: usize = 2_000;
const LINES_EACH: usize = 4;
/// Requests that may wait for their answer at once, of browsers without JavaScript.
const WAITING: usize = 256;
/// Browsers that were quiet are forgotten every so many checks.
const TIDY: u32 = 1_024;

/// The limits of the web page.
pub struct Limits {
    each: DefaultKeyedRateLimiter<String>,
    all: DefaultDirectRateLimiter,
    lines: Arc<Semaphore>,
    waiting: Semaphore,
    checks: AtomicU32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            each: RateLimiter::keyed(Quota::per_minute(A_MINUTE)),
            all: RateLimiter::direct(Quota::per_minute(A_MINUTE_OF_ALL)),
            lines: Arc::new(Semaphore::new(LINES)),
            waiting: Semaphore::new(WAITING),
            checks: AtomicU32::new(0),
        }
    }
}

impl Limits {
    /// Whether whoever has these cookies may say something now.
    pub(super) fn may_say(&self, jar: &CookieJar) -> bool {
        let Some(address) = address(jar) else { return self.all.check().is_ok() };
        if self.checks.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY) {
            self.each.retain_recent();
        }
        self.each.check_key(&address.peer).is_ok() && self.all.check().is_ok()
    }

    /// Room for one more line of news of a conversation that has `open` already; it is held for as long as the line is.
    pub(super) fn line(&self, open: usize) -> Option<OwnedSemaphorePermit> {
        (open < LINES_EACH).then(|| Arc::clone(&self.lines).try_acquire_owned().ok())?
    }

    /// Room to wait for an answer.
    pub(super) fn wait(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.waiting.try_acquire().ok()
    }
}

#[cfg(test)]
mod tests {
    use axum_extra::extract::cookie::Cookie;

    use super::*;

    #[test]
    fn many_browsers_together_have_one_allowance_and_one_of_them_its_own() {
        let limits = Limits::default();
        let browser = |n: u32| CookieJar::new().add(Cookie::new("motcua", format!("{n:032x}")));
        let one = browser(0);
        let said = (0..A_MINUTE.get() + 5).filter(|_| limits.may_say(&one)).count();
        assert_eq!(said, A_MINUTE.get() as usize, "one browser");
        // New cookies for every word: what is left of the allowance of all, and a little that comes back meanwhile.
        let said = (1..=A_MINUTE_OF_ALL.get() * 2).filter(|n| limits.may_say(&browser(*n))).count() as u32;
        let left = A_MINUTE_OF_ALL.get() - A_MINUTE.get();
        assert!((left..left + A_MINUTE_OF_ALL.get() / 2).contains(&said), "{said} of all");
        assert!(!limits.may_say(&CookieJar::new()), "without a cookie too");
    }

    #[test]
    fn lines_and_waiting_are_bounded() {
        let limits = Limits::default();
        let lines: Vec<_> = (0..=LINES).filter_map(|_| limits.line(0)).collect();
        assert_eq!((lines.len(), limits.line(LINES_EACH).is_none()), (LINES, true));
        drop(lines);
        assert!(limits.line(0).is_some() && limits.line(LINES_EACH).is_none());
        assert_eq!((0..=WAITING).filter_map(|_| limits.wait()).collect::<Vec<_>>().len(), WAITING);
    }
}
