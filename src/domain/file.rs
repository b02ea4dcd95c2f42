//! Photos and files that citizens send: what a channel tells of one, what it is wanted for, and what was seen of it.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Media;

/// Largest file that is taken, in bytes. A page photographed by a telephone has 2 to 5 million.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;

/// A photo or a file as a channel told of it. Nobody has looked at it yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// A photo or a file.
    pub media: Media,
    /// Where its channel fetches it from: an id, or an address.
    pub source: String,
    /// The name that it had on the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What was written under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

impl Attachment {
    /// Its name or what is written under it says that it is a paper which must not be sent here.
    pub fn says_it_is_identity(&self) -> bool {
        self.name.iter().chain(&self.caption).any(|words| is_identity_paper(words))
    }
}

/// What somebody wants to know of a file, or to do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// It may show the code of a dossier.
    Code,
    /// It is a paper that an office asked for.
    Paper {
        /// The handle of the dossier.
        dossier: String,
        /// The paper, in the office's words.
        paper: String,
    },
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The words of a QR code in it. Nothing else of it was kept.
    Words(String),
    /// It can be taken, and is kept.
    File(Kept),
    /// It cannot be taken; nothing of it was kept.
    Refused(Refusal),
}

/// A file that is kept under its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// What it is.
    pub kind: FileKind,
    /// How long it is.
    pub bytes: u64,
}

/// Kinds of files that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A photo, drawn anew: without the place and time that a telephone writes into it.
    Jpeg,
    /// A document, as it came.
    Pdf,
}

impl FileKind {
    /// What HTTP calls it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
        }
    }

    /// The end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Pdf => "pdf",
        }
    }
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Longer than [`MOST_BYTES`], or a photo with more points than are decoded.
    TooLarge,
    /// Neither a photo nor a PDF, whatever its name says.
    UnknownKind,
    /// It cannot be read to its end.
    Damaged,
    /// An identity card, or said to be one.
    Identity,
    /// The channel does not have it any more, or did not give it in time.
    Gone,
    /// There is no code in it.
    NoCode,
}

impl Refusal {
    /// The end of its key in the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::UnknownKind => "unknown-kind",
            Self::Damaged => "damaged",
            Self::Identity => "identity",
            Self::Gone => "gone",
            Self::NoCode => "no-code",
        }
    }
}

/// Whether words name a paper that proves who somebody is, or opens their account: identity card, passport, bank card.
pub fn is_identity_paper(words: &str) -> bool {
    const NAMES: [&str; 12] = [
        "cccd",
        "cmnd",
        "can cuoc",
        "cmt",
        "chung minh nhan dan",
        "chung minh thu",
        "ho chieu",
        "passport",
        "identity card",
        "vneid",
        "the ngan hang",
        "the tin dung",
    ];
    let letters = words.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    let folded: String = letters.map(|letter| if letter == 'đ' { 'd' } else { letter }).collect();
    let folded = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let folded = format!(" {} ", folded.collect::<Vec<_>>().join(" "));
    NAMES.iter().any(|name| folded.contains(&format!(" {name} ")))
}

/// Whether the words of a QR code are those of an identity card: twelve digits, the older number, the name, the date of birth …,
/// each behind a bar (cards of 2021 and 2024).
pub fn is_identity_code(words: &str) -> bool {
    let mut fields = words.split('|');
    let number = fields.next().unwrap_or_default().trim();
    number.len() == 12 && number.chars().all(|digit| digit.is_ascii_digit()) && fields.count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_that_prove_who_somebody_is_are_known_by_name() {
        for words in ["Bản chụp thẻ Căn cước", "CCCD_mat_truoc.jpg", "hộ chiếu của vợ", "Ảnh CMND", "VNeID"] {
            assert!(is_identity_paper(words), "{words}");
        }
        for words in ["Giấy chứng sinh", "Sổ hộ khẩu", "Giấy tờ về chỗ ở", "scan001.pdf", "giấy xác nhận cư trú"]
        {
            assert!(!is_identity_paper(words), "{words}");
        }
    }

    #[test]
    fn the_code_of_an_identity_card_is_known() {
        assert!(is_identity_code("001099000001|123456789|Nguyễn Văn Thử|01011990|Nam|Xã Mẫu|01012021"));
        assert!(!is_identity_code("H44.101-261015-0042") && !is_identity_code("001099000001"));
        assert!(!is_identity_code("https://dichvucong.gov.vn/|a|b|c"));
    }
}
