//! What was found lately. People ask about few things: without politeness, places and the part that is asked for, many questions
//! are the same topic in the same words, and the topic of the last question is looked up again with the next.
//!
//! Only what follows from the topic alone is kept, so a library finds the same with it and without it, and it goes when the library
//! goes. No words stay, only their hash. How much it serves is counted: `motcua_lookups_total`.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;
use sha2::{Digest, Sha256};

use super::{Found, Syllable};

/// Hits that are kept of a topic; who wants more has it looked up.
pub(super) const HITS: usize = 8;
/// Topics that are kept: under a megabyte.
const TOPICS: NonZeroUsize = NonZeroUsize::new(2_048).unwrap();
/// Longest topic that is kept, in syllables: nobody tells the same long story twice.
const LONGEST: usize = 20;

/// What was found, by the hash of the topic's words with their marks.
pub(super) struct Recent(Mutex<LruCache<[u8; 16], Found>>);

impl Default for Recent {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(TOPICS)))
    }
}

impl Recent {
    /// What was found of `topic`, looked up when it is not known.
    pub(super) fn found(&self, topic: &[Syllable], look: impl FnOnce() -> Found) -> Found {
        let mut hash = Sha256::new();
        for syllable in topic {
            hash.update(&syllable.marked);
            hash.update(" ");
        }
        let mut key = [0; 16];
        key.copy_from_slice(&hash.finalize()[..16]);
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&key).cloned();
        let source = if known.is_some() { "recent" } else { "index" };
        metrics::counter!("motcua_lookups_total", "source" => source).increment(1);
        known.unwrap_or_else(|| {
            let found = look();
            // Nothing is found when the index cannot be read, too, which passes.
            if topic.len() <= LONGEST && !found.hits.is_empty() {
                lock().put(key, found.clone());
            }
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{GuideId, Hit, syllables};
    use super::*;

    fn found(guide: u32) -> Found {
        Found { hits: vec![Hit::certain(GuideId(guide))], choice: None }
    }

    #[test]
    fn a_topic_is_looked_up_once_and_another_spelling_is_another() {
        let recent = Recent::default();
        assert_eq!(recent.found(&syllables("khai tử"), || found(1)), found(1));
        assert_eq!(recent.found(&syllables("Khai  Tử"), || unreachable!("it is known")), found(1));
        assert_eq!(recent.found(&syllables("khai tu"), || found(2)), found(2));
        assert_eq!(recent.found(&syllables("khai tủ"), || found(3)), found(3));
    }

    #[test]
    fn the_oldest_go_and_neither_long_stories_nor_nothing_stay() {
        let recent = Recent::default();
        for number in 0..=TOPICS.get() {
            recent.found(&syllables(&format!("điều {number}")), || found(1));
        }
        assert_eq!(recent.0.lock().unwrap().len(), TOPICS.get());
        assert_eq!(recent.found(&syllables("điều 0"), || found(2)), found(2), "it went first");
        let story = "nhà em ở cuối xóm ".repeat(12);
        recent.found(&syllables(&story), || found(1));
        assert_eq!(recent.found(&syllables(&story), || found(2)), found(2));
        recent.found(&syllables("không có gì"), Found::default);
        assert_eq!(recent.found(&syllables("không có gì"), || found(2)), found(2), "nothing may have been a passing trouble");
    }
}
