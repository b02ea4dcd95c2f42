//! Which line an offset of a file is on.

/// Where the lines of a file begin, found once: files have ten thousand rows, and each is to be named by its line.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// The lines of `source`.
    pub(super) fn of(source: &str) -> Self {
        Self(source.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line of an offset in bytes, counted from 1.
    pub(super) fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_line_is_as_many_as_ended_before_it(text in "[a-z\n]{0,60}", at in 0usize..60) {
            let at = at.min(text.len());
            proptest::prop_assert_eq!(Lines::of(&text).at(at), text[..at].matches('\n').count() + 1);
        }
    }
}
