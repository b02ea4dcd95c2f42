//! One's own account: where one is signed in, and what happened to how one signs in.

use super::{IDLE, LONGEST, Officers, Result};
use crate::domain::Timestamp;
use crate::domain::officer::Officer;
use crate::store::{audit, officer, session};

/// What an officer is told of at once (OWASP ASVS 2.2.3, 2.5.5, 2.8.5), as the audit says it.
pub(super) const RESET: &str = "officer reset";
pub(super) const PASSWORD_CHANGED: &str = "password changed";
pub(super) const RECOVERED: &str = "signed in with a recovery code";
pub(super) const CODE_AGAIN: &str = "sign-in refused: code used before";
pub(super) const LOCKED: &str = "sign-in refused: too many tries";
/// Entries that are shown.
const EVENTS: u32 = 20;

/// Something about how an officer signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// They signed in.
    SignedIn,
    /// They signed out.
    SignedOut,
    /// With a recovery code.
    Recovered,
    /// Somebody was refused.
    Refused,
    /// Somebody knew the password and typed a code that had been used.
    CodeAgain,
    /// So often that they have to wait.
    Locked,
    /// The password was changed.
    PasswordChanged,
    /// An administrator had them begin anew.
    Reset,
    /// They took an invitation.
    Joined,
    /// Who they are on Telegram was said, or taken back.
    Telegram,
    /// Their other sessions were ended.
    OthersEnded,
}

impl Event {
    /// What an entry of the audit says; `None` when it is about something else.
    fn of(action: &str) -> Option<Self> {
        Some(match action {
            "signed in" => Self::SignedIn,
            "signed out" => Self::SignedOut,
            RECOVERED => Self::Recovered,
            "sign-in refused" => Self::Refused,
            CODE_AGAIN => Self::CodeAgain,
            LOCKED => Self::Locked,
            PASSWORD_CHANGED => Self::PasswordChanged,
            RESET => Self::Reset,
            "invitation taken" => Self::Joined,
            "telegram linked" | "telegram unlinked" => Self::Telegram,
            OTHERS_ENDED => Self::OthersEnded,
            _ => return None,
        })
    }
}

const OTHERS_ENDED: &str = "other sessions ended";

/// What an officer sees of their account.
#[derive(Clone, Debug)]
pub struct Account {
    /// When the sessions that go on began and were last in use, and whether it is the one that asks.
    pub sessions: Vec<(Timestamp, Timestamp, bool)>,
    /// What happened, the newest first.
    pub events: Vec<(Timestamp, Event)>,
    /// Recovery codes that are still good.
    pub codes: usize,
}

impl Officers {
    /// What an officer sees of their account; `key` is that of the session that asks ([`Session::key`](super::Session::key)).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&self, of: &Officer, key: &str) -> Result<Account> {
        let (now, Officer { id, login, .. }) = (self.clock.now(), of);
        let mut tx = self.store.read().await?;
        let sessions = session::of(&mut tx, *id, now.minus(LONGEST), now.minus(IDLE)).await?;
        let entries = audit::newest(&mut tx, login, i64::MAX, EVENTS).await?;
        let codes = officer::by_login(&mut tx, login).await?.map_or(0, |stored| stored.recovery.len());
        Ok(Account {
            sessions: sessions.into_iter().map(|(hash, begun, seen)| (begun, seen, hash == key)).collect(),
            events: entries.iter().filter_map(|entry| Some((Timestamp(entry.at), Event::of(&entry.action)?))).collect(),
            codes,
        })
    }

    /// Ends all sessions of an officer but this one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_others(&self, of: &Officer, key: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        session::end_all(&mut tx, of.id, Some(key)).await?;
        self.noted(&mut tx, &of.login, OTHERS_ENDED, false).await?;
        Ok(tx.commit().await?)
    }

    /// They have looked at so much of what they were told; what came since stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn looked(&self, of: &Officer, alerts: i64) -> Result<()> {
        let mut tx = self.store.write().await?;
        officer::alerts_seen(&mut tx, &of.login, alerts).await?;
        Ok(tx.commit().await?)
    }
}
