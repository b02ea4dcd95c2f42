//! Photos and files that citizens send: what a channel tells of one, what it is wanted for, and what was seen of it.

use serde::{Deserialize, Serialize};

use url::Url;
use uuid::Uuid;

use super::secret::plain;
use super::{DossierCode, Media};

/// Largest file that is taken, in bytes. A page photographed by a telephone has 2 to 5 million.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Longest word of a link of ours, and longest code that is no listed one, in letters.
const LONGEST_WORD: usize = 64;
const LONGEST_CODE: usize = 32;

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
    /// Nobody wants it: it is only to be forgotten.
    Nothing,
    /// It is for the officer who has the conversation, or will.
    Desk(Uuid),
    /// An officer sends it from the hotline's group; whose id on the channel this is.
    Answer {
        /// Who.
        by: String,
        /// What is written under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
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
    /// A QR code of ours or of a dossier in it. Nothing else of it was kept.
    Code(Code),
    /// It can be taken, and is kept.
    File(Kept),
    /// It cannot be taken; nothing of it was kept.
    Refused(Refusal),
}

/// What a QR code says, as far as it concerns us: codes of payments, networks and other people's pages are not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The code of a dossier.
    Dossier(DossierCode),
    /// The word of a link of ours: `…?start=WORD` of a bot, `…/open/WORD` of the web page.
    Word(String),
}

impl Code {
    /// Reads the words of a QR code.
    pub fn read(words: &str) -> Option<Self> {
        let words = words.trim();
        if let Some(code) = DossierCode::mentioned(words) {
            return Some(Self::Dossier(code));
        }
        match Url::parse(words) {
            Ok(url) => {
                let start = url.query_pairs().find(|(key, _)| key == "start").map(|(_, word)| word.into_owned());
                let opened = || url.path().strip_prefix("/open/").map(str::to_owned);
                let word = start.or_else(opened).filter(|word| !word.is_empty() && word.len() <= LONGEST_WORD);
                let plain = |word: &String| word.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
                word.filter(plain).map(Self::Word)
            }
            // A code of a shape that nobody listed: short, and mostly digits.
            Err(_) => {
                let digits = words.chars().filter(char::is_ascii_digit).count();
                let plain = words.chars().all(|letter| letter.is_ascii_alphanumeric() || "-./ ".contains(letter));
                let like = plain && words.len() <= LONGEST_CODE && digits * 2 >= words.len() && digits >= 6;
                DossierCode::read(words).filter(|_| like).map(Self::Dossier)
            }
        }
    }
}

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// SHA-256 of its bytes, in hexadecimal: two of the same are the same paper.
    pub hash: String,
    /// Its name on disk, made of its bytes and of the message that it came with: nobody else's file has the same.
    pub stored: String,
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
    let folded = plain(words);
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
    fn only_what_concerns_us_is_read_out_of_a_code() {
        let dossier = |code: &str| Some(Code::Dossier(DossierCode::read(code).unwrap()));
        assert_eq!(Code::read("H44.101-261015-0042"), dossier("H44.101-261015-0042"));
        assert_eq!(Code::read("https://dichvucong.gov.vn/x?maHoSo=H44.101-261015-0042"), dossier("H44.101-261015-0042"));
        assert!(Code::read("000.00.19.H26-221103-1234").is_some());
        assert_eq!(Code::read("https://t.me/motcua_bot?start=d-abc"), Some(Code::Word("d-abc".into())));
        assert_eq!(Code::read("https://hoi.example/open/dang-ky-ket-hon"), Some(Code::Word("dang-ky-ket-hon".into())));
        for other in [
            "00020101021138540010A00000072701240006970436011019036688120208QRIBFTTA53037045802VN63049E6F",
            "WIFI:S:Nha;T:WPA;P:matkhau123;;",
            "https://bank.example/pay?account=19036688123",
            "https://hoi.example/open/a/b",
            "otpauth://totp/x?secret=ABC",
            "xin chào",
            "",
        ] {
            assert_eq!(Code::read(other), None, "{other}");
        }
    }

    #[test]
    fn the_code_of_an_identity_card_is_known() {
        assert!(is_identity_code("001099000001|123456789|Nguyễn Văn Thử|01011990|Nam|Xã Mẫu|01012021"));
        assert!(!is_identity_code("H44.101-261015-0042") && !is_identity_code("001099000001"));
        assert!(!is_identity_code("https://dichvucong.gov.vn/|a|b|c"));
    }
}
