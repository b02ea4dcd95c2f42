//! Who works on a broadcast, and why it may not be done.

use super::Problem;
use crate::domain::broadcast::Standing;
use crate::domain::officer::{Officer, Right};
use crate::store::StoreError;

/// Why a broadcast is not changed.
#[derive(Debug, thiserror::Error)]
pub enum BroadcastError {
    /// It is not there, or not theirs to see.
    #[error("there is no such broadcast")]
    Unknown,
    /// They may not do that.
    #[error("this officer may not do that")]
    Denied,
    /// It cannot be sent like this.
    #[error("it has {} fault(s)", .0.len())]
    Faulty(Vec<Problem>),
    /// Somebody changed it meanwhile: what was looked at is not what it is.
    #[error("somebody changed it meanwhile: look at it again")]
    Meanwhile,
    /// Whoever wrote it does not approve it.
    #[error("whoever wrote it does not approve it")]
    Own,
    /// It is too far for that, or not far enough.
    #[error("that cannot be done with a broadcast that is {}", .0.name())]
    Stands(Standing),
    /// They did not tell who they are on Telegram, so that nothing can be sent to them.
    #[error("this officer has no linked Telegram account")]
    NotLinked,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who does something: an officer, or an agency's own software.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody with rights of their own.
    Officer(&'a Officer),
    /// The clerk on the command line, for that officer.
    Clerk(&'a Officer),
    /// Software of this agency, which only proposes.
    Agency(&'a str),
}

impl By<'_> {
    /// Who had a hand in it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Officer(officer) | Self::Clerk(officer) => officer.login.clone(),
            Self::Agency(slug) => format!("api:{slug}"),
        }
    }

    /// Who it was, for the audit.
    pub(super) fn actor(&self) -> String {
        if matches!(self, Self::Clerk(_)) { format!("clerk for {}", self.name()) } else { self.name() }
    }

    pub(super) fn may(&self, right: Right, at: Option<&str>) -> bool {
        match self {
            Self::Officer(officer) | Self::Clerk(officer) => officer.may(right, at),
            Self::Agency(slug) => right == Right::Compose && at == Some(slug),
        }
    }
}
