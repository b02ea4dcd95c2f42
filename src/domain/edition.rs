//! Editions: versions of content that officers edit in the console.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Timestamp;

/// The piece that holds everyday words.
pub const WORDS: &str = "words/vocabulary";
/// What stands before the slug of a guide in the name of its piece.
pub const GUIDES: &str = "guides/";

/// Where an edition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody sees it.
    Draft,
    /// Citizens see it from its time on, until a later one is live or its own end.
    Published,
    /// It was published, and taken back.
    Cancelled,
}

impl Standing {
    /// Its name in the database and in the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Cancelled => "cancelled",
        }
    }

    /// The standing of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Draft, Self::Published, Self::Cancelled].into_iter().find(|standing| standing.name() == name)
    }
}

/// One version of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its id; later ones sort behind.
    pub id: Uuid,
    /// What it is a version of: `guides/<slug>`, or [`WORDS`].
    pub piece: String,
    /// Its files: name and text, as they would lie in the piece's folder.
    pub files: BTreeMap<String, String>,
    /// The login of whoever saved it.
    pub author: String,
    /// Why it was made.
    pub note: String,
    /// When.
    pub made_at: Timestamp,
    /// Where it stands.
    pub standing: Standing,
    /// From when citizens see it.
    pub live_from: Option<Timestamp>,
    /// Until when; without an end otherwise.
    pub live_until: Option<Timestamp>,
}

impl Edition {
    /// The slug, when it is a guide's.
    pub fn slug(&self) -> Option<&str> {
        self.piece.strip_prefix(GUIDES)
    }

    /// Whether its time has come and is not over.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let begun = self.live_from.is_some_and(|from| from <= now);
        self.standing == Standing::Published && begun && self.live_until.is_none_or(|until| now < until)
    }
}

/// Of each piece the edition that citizens see now: the last that began.
pub fn live(editions: impl IntoIterator<Item = Edition>, now: Timestamp) -> Vec<Edition> {
    let mut live: BTreeMap<String, Edition> = BTreeMap::new();
    for edition in editions.into_iter().filter(|edition| edition.is_due(now)) {
        match live.get(&edition.piece) {
            Some(other) if (other.live_from, other.id) > (edition.live_from, edition.id) => {}
            _ => drop(live.insert(edition.piece.clone(), edition)),
        }
    }
    live.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(id: u128, from: i64, until: Option<i64>) -> Edition {
        Edition {
            id: Uuid::from_u128(id),
            piece: "guides/a".into(),
            files: BTreeMap::new(),
            author: "lan".into(),
            note: String::new(),
            made_at: Timestamp(0),
            standing: Standing::Published,
            live_from: Some(Timestamp(from)),
            live_until: until.map(Timestamp),
        }
    }

    #[test]
    fn the_last_that_began_is_live_until_it_ends() {
        let all = || [edition(1, 10, None), edition(2, 30, Some(40)), edition(3, 20, None)];
        let at = |now| live(all(), Timestamp(now)).first().map(|edition| edition.id.as_u128());
        assert_eq!([at(5), at(10), at(25), at(30), at(40)], [None, Some(1), Some(3), Some(2), Some(3)]);
        let cancelled = Edition { standing: Standing::Cancelled, ..edition(9, 35, None) };
        assert_eq!(live([edition(1, 10, None), cancelled], Timestamp(50))[0].id.as_u128(), 1, "undone");
    }
}
