//! The stages of understanding, each of which can be left out to see what it gains.

/// A stage of understanding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What people call procedures, and the phrases after which to ask back.
    Names,
    /// Official words put for everyday ones.
    Words,
    /// Keys of Telex and VNI, and TCVN3.
    Keyboard,
    /// Slips of the finger.
    Slips,
    /// Marks put back.
    Marks,
    /// The everyday procedure before rare variants.
    Priors,
    /// What kind of message it is like.
    Intents,
}

impl Stage {
    /// All stages, in their order.
    pub const ALL: [Self; 7] = [Self::Names, Self::Words, Self::Keyboard, Self::Slips, Self::Marks, Self::Priors, Self::Intents];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Words => "words",
            Self::Keyboard => "keyboard",
            Self::Slips => "slips",
            Self::Marks => "marks",
            Self::Priors => "priors",
            Self::Intents => "intents",
        }
    }

    /// The stage of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }
}
