//! Patterns that are constants of the program.

/// The pattern `source`; a wrong one stops the first test that uses it.
pub(crate) fn pattern(source: &str) -> regex::Regex {
    regex::Regex::new(source).unwrap_or_else(|error| unreachable!("a constant pattern is valid: {error}"))
}
