//! What Zalo's error numbers mean for the next step.
//!
//! The numbers were read in public transcriptions of its error tables (September 2026); one that none of them lists is taken for
//! a refusal of this message.

use std::time::Duration;

use super::{CallError, TokenError};
use crate::domain::{SendError, Unreachable};

/// Zalo counts by the minute (4,000 calls an app).
const A_MINUTE: Duration = Duration::from_secs(60);
/// What only a person can mend is looked at again so often.
const UNTIL_MENDED: Duration = Duration::from_secs(10 * 60);
/// Forbidden hours are waited out by the hour.
const AN_HOUR: Duration = Duration::from_secs(60 * 60);

/// What a failed call means.
pub(super) fn meaning(error: CallError) -> SendError {
    match error {
        CallError::NoConnection => SendError::Transient("no connection to Zalo".to_owned()),
        CallError::NoAnswer(cause) => SendError::Unknown(cause),
        CallError::Token(TokenError::NotNow(_)) => SendError::Throttled(A_MINUTE),
        CallError::Token(TokenError::NotConnected | TokenError::Lost) => SendError::Throttled(UNTIL_MENDED),
        CallError::Refused { code, message } => refused(code, &message),
    }
}

/// The same for a template: a wallet that is empty, or an API that is not registered for it, stops templates and nothing else.
pub(super) fn meaning_of_template(error: CallError) -> SendError {
    match error {
        CallError::Refused { code: -211 | -212 | -320 | -321, .. } => {
            // It is counted and told like any other.
            let _ = meaning(error);
            SendError::RetryAfter(UNTIL_MENDED)
        }
        error => meaning(error),
    }
}

fn refused(code: i64, message: &str) -> SendError {
    match code {
        // Rate of the app, by number or by HTTP status.
        -32 | 429 => SendError::Throttled(A_MINUTE),
        // «Send failed», quotas of one receiver or one template by the day: worth another try.
        -200 | -218 | -115 | -144 | -146 | -147 => SendError::Transient(format!("{code} {message}")),
        // The token was replaced just now and is refused all the same.
        -216 | -220 | -124 | 401 => SendError::Throttled(A_MINUTE),
        // Does not follow, refuses, is banned, restricts this kind; no such telephone on Zalo, cannot or will not receive.
        -213 | -217 | -227 | -244 | -108 | -114 | -118 | -119 | -141 => SendError::Unreachable(Unreachable::Blocked),
        // Outside the window; a template that is not approved, or not for this way.
        -230 | -232 | -131 | -249 => SendError::Unreachable(Unreachable::Closed),
        // Not at this hour.
        -133 | -234 => SendError::RetryAfter(AN_HOUR),
        // The account, the app or the contract: nothing can be sent to anybody until a person mends it.
        -204 | -205 | -209 | -211 | -212 | -219 | -221 | -223 | -224 | -240 | -242 | -320 | -321 => {
            metrics::counter!("motcua_zalo_refusals_total", "code" => code.to_string()).increment(1);
            tracing::error!(code, message, "the Official Account cannot send: see its settings and contract at Zalo's");
            SendError::Throttled(UNTIL_MENDED)
        }
        // Whoever waited behind a gateway may have sent it.
        504 => SendError::Unknown(format!("{code} {message}")),
        code if code >= 500 => SendError::Failed(format!("{code} {message}")),
        code => SendError::Rejected(format!("{code} {message}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_its_consequence() {
        let word = |code| match refused(code, "") {
            SendError::RetryAfter(_) => "later",
            SendError::Throttled(_) => "all wait",
            SendError::Unreachable(Unreachable::Closed) => "closed",
            SendError::Unreachable(_) => "gone",
            SendError::Rejected(_) => "never",
            SendError::Unknown(_) => "unknown",
            SendError::Failed(_) => "failed",
            SendError::Transient(_) => "again",
        };
        let told: Vec<(i64, &str)> = [-32, -200, -201, -210, -213, -216, -224, -230, -232, -240, -133, -9999]
            .into_iter()
            .map(|code| (code, word(code)))
            .collect();
        assert_eq!(
            told,
            [
                (-32, "all wait"),
                (-200, "again"),
                (-201, "never"),
                (-210, "never"),
                (-213, "gone"),
                (-216, "all wait"),
                (-224, "all wait"),
                (-230, "closed"),
                (-232, "closed"),
                (-240, "all wait"),
                (-133, "later"),
                (-9999, "never"),
            ]
        );
    }
}
