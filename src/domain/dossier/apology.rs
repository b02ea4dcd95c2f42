//! The letter of apology and new date (*phiếu xin lỗi và hẹn lại*, form 04 of Circular 03/2025/TT-VPCP).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::Timestamp;

/// A letter, as it was drafted. Whoever signs it answers for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apology {
    /// Why it is late, in the office's words.
    pub reason: String,
    /// The date that was promised.
    pub before: Option<Timestamp>,
    /// The new one.
    pub now: Date,
    /// Who signed it; nobody yet when it is a draft.
    #[serde(default)]
    pub signed_by: Option<String>,
}
