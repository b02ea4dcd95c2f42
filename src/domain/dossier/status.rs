//! The ten national statuses of a dossier, and the words that source systems use for them.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Status codes 1–10 of national synchronisation: word for word the same in the software of several vendors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Status {
    /// 1, *mới đăng ký*: submitted online, not received yet.
    Submitted = 1,
    /// 2, *được tiếp nhận*: received, with a receipt.
    Received = 2,
    /// 3, *không được tiếp nhận*: refused at reception.
    Refused = 3,
    /// 4, *đang xử lý*: worked on.
    Processing = 4,
    /// 5, *yêu cầu bổ sung giấy tờ*: papers are missing; the clock of the office stands.
    PapersMissing = 5,
    /// 6, *yêu cầu thực hiện nghĩa vụ tài chính*: a fee or tax is due; the clock of the office stands.
    PaymentDue = 6,
    /// 7, *công dân yêu cầu rút hồ sơ*: the citizen withdraws.
    Withdrawn = 7,
    /// 8, *dừng xử lý*: stopped, for a while or for good; the clock of the office stands.
    Stopped = 8,
    /// 9, *đã xử lý xong*: decided, the result waits.
    Decided = 9,
    /// 10, *đã trả kết quả*: handed over.
    HandedOver = 10,
}

/// Every word for a status that was met, folded.
const WORDS: [(&str, Status); 31] = [
    ("moi dang ky", Status::Submitted),
    ("cho tiep nhan", Status::Submitted),
    ("cho xu ly", Status::Submitted),
    ("moi", Status::Submitted),
    ("duoc tiep nhan", Status::Received),
    ("da tiep nhan", Status::Received),
    ("tiep nhan", Status::Received),
    ("khong duoc tiep nhan", Status::Refused),
    ("tu choi", Status::Refused),
    ("tu choi tiep nhan", Status::Refused),
    ("dang xu ly", Status::Processing),
    ("dang giai quyet", Status::Processing),
    ("cho phe duyet", Status::Processing),
    ("trinh ky", Status::Processing),
    ("yeu cau bo sung giay to", Status::PapersMissing),
    ("yeu cau bo sung", Status::PapersMissing),
    ("cho bo sung", Status::PapersMissing),
    ("yeu cau thuc hien nghia vu tai chinh", Status::PaymentDue),
    ("yeu cau thanh toan", Status::PaymentDue),
    ("cho thanh toan", Status::PaymentDue),
    ("cho thue", Status::PaymentDue),
    ("cong dan yeu cau rut ho so", Status::Withdrawn),
    ("da rut", Status::Withdrawn),
    ("xin rut", Status::Withdrawn),
    ("dung xu ly", Status::Stopped),
    ("tam dung", Status::Stopped),
    ("da xu ly xong", Status::Decided),
    ("da co ket qua", Status::Decided),
    ("cho tra ket qua", Status::Decided),
    ("da tra ket qua", Status::HandedOver),
    ("da tra", Status::HandedOver),
];

impl Status {
    /// All ten, by number.
    pub const ALL: [Self; 10] = [
        Self::Submitted,
        Self::Received,
        Self::Refused,
        Self::Processing,
        Self::PapersMissing,
        Self::PaymentDue,
        Self::Withdrawn,
        Self::Stopped,
        Self::Decided,
        Self::HandedOver,
    ];

    /// Its national number.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The status that `text` is: its number, or a word that some software uses.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(number) = text.parse::<u8>() {
            return Self::try_from(number).ok();
        }
        let folded = folded(text);
        if folded == "hoan thanh" {
            return Some(Self::HandedOver);
        }
        WORDS.iter().find(|(words, _)| *words == folded).map(|(_, status)| *status)
    }

    /// Nothing is expected to follow.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Refused | Self::Withdrawn | Self::Stopped | Self::HandedOver)
    }

    /// Refused or handed over: whatever follows is looked at by a person.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Refused | Self::HandedOver)
    }

    /// The clock of the office stands: it waits for the citizen, or is stopped.
    pub fn is_paused(self) -> bool {
        matches!(self, Self::PapersMissing | Self::PaymentDue | Self::Stopped)
    }

    /// The office is at work, and its clock runs.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Received | Self::Processing)
    }

    /// The end of its keys in the wording: `papers-missing`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Received => "received",
            Self::Refused => "refused",
            Self::Processing => "processing",
            Self::PapersMissing => "papers-missing",
            Self::PaymentDue => "payment-due",
            Self::Withdrawn => "withdrawn",
            Self::Stopped => "stopped",
            Self::Decided => "decided",
            Self::HandedOver => "handed-over",
        }
    }
}

impl From<Status> for u8 {
    fn from(status: Status) -> Self {
        status.number()
    }
}

/// A number that no status has.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no status: they are numbered 1 to 10")]
pub struct NoStatus(u8);

impl TryFrom<u8> for Status {
    type Error = NoStatus;

    fn try_from(number: u8) -> Result<Self, NoStatus> {
        Self::ALL.into_iter().find(|status| status.number() == number).ok_or(NoStatus(number))
    }
}

/// Lower case without marks, single gaps.
pub(crate) fn folded(text: &str) -> String {
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    let plain: String = letters.map(|letter| if letter == 'đ' { 'd' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_of_every_system_are_read() {
        for (text, status) in [
            ("5", Status::PapersMissing),
            (" 10 ", Status::HandedOver),
            ("Yêu cầu bổ sung giấy tờ", Status::PapersMissing),
            ("ĐANG  GIẢI QUYẾT", Status::Processing),
            ("Hoàn thành", Status::HandedOver),
            ("Từ chối tiếp nhận", Status::Refused),
        ] {
            assert_eq!(Status::read(text), Some(status), "{text}");
        }
        for text in ["0", "11", "", "xong"] {
            assert_eq!(Status::read(text), None, "{text}");
        }
    }
}
