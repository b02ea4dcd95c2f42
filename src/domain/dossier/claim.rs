//! What a source says of a dossier at one moment.

use serde::{Deserialize, Serialize};

use super::{DossierCode, Status};
use crate::domain::Timestamp;

/// One thing told about one dossier. What was not told is `None` or empty, and changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The source's own id of it: told again, it does nothing.
    pub event: String,
    /// Of which dossier.
    pub code: DossierCode,
    /// When it became so, by the source's clock. Claims are sorted by it, however they arrive.
    pub at: Timestamp,
    /// It told no time: `at` is that of its arrival.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undated: bool,
    /// How it stands.
    pub status: Status,
    /// The code of the procedure, without tails: `1.004222`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
    /// Its name of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure_name: Option<String>,
    /// The office that handles it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The officer who handles it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
    /// The applicant's name, masked before anything keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applicant: Option<String>,
    /// When it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Timestamp>,
    /// When the result is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<Timestamp>,
    /// Which papers are missing, in the officer's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What is to be paid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// Why: for a refusal, a stop, a new date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A fee that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// What for.
    pub name: String,
    /// In đồng.
    pub amount: u64,
}
