//! What a keyboard left behind: Telex and VNI that no input method took up (`ddawng kys`, `d9a8ng ky1`), and text in the old
//! 8-bit encoding TCVN3 (`®¨ng ký`).
//!
//! Telex written out ruins other words (`windows` becomes `uindows`), so a word is only replaced when it is none itself and
//! the result is one that guides use.

use std::borrow::Cow;

use super::fold::canonical;
use super::repair::Known;

/// `text` as it was meant.
pub(super) fn undone<'a>(text: &'a str, known: &impl Known) -> Cow<'a, str> {
    let text = match is_tcvn3(text) {
        true => Cow::Owned(text.chars().map(of_tcvn3).collect()),
        false => Cow::Borrowed(text),
    };
    if !text.split_whitespace().any(may_be_keys) {
        return text;
    }
    let words = text.split_inclusive(char::is_whitespace).map(|piece| {
        let word = piece.trim_end();
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        match written_out(bare, known) {
            Some(meant) => Cow::Owned(piece.replacen(bare, &meant, 1)),
            None => Cow::Borrowed(piece),
        }
    });
    Cow::Owned(words.collect())
}

/// Whether a word has what Telex and VNI add: a doubled vowel or d, a w, a tone letter at the end, a digit after a letter.
fn may_be_keys(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_ascii_lowercase();
    if !word.is_ascii() || word.len() < 2 || !word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return false;
    }
    let doubled = ["aa", "ee", "oo", "dd", "w"].iter().any(|mark| word.contains(mark));
    doubled || word.ends_with(['s', 'f', 'r', 'x', 'j']) || word.bytes().any(|byte| byte.is_ascii_digit())
}

fn written_out(word: &str, known: &impl Known) -> Option<String> {
    let word = word.to_ascii_lowercase();
    if !may_be_keys(&word) || known.has(&word) {
        return None;
    }
    let digits = word.bytes().any(|byte| byte.is_ascii_digit());
    let method = if digits { &vi::VNI } else { &vi::TELEX };
    let mut meant = String::new();
    vi::transform_buffer(method, word.chars(), &mut meant);
    let meant = canonical(&meant);
    (!meant.is_ascii() && known.writes(&meant)).then_some(meant)
}

/// Letters of TCVN3 stand where Latin-1 has signs; nobody types those beside letters otherwise.
fn is_tcvn3(text: &str) -> bool {
    let signs = text.chars().filter(|letter| TCVN3_SIGNS.contains(letter)).count();
    signs >= 2 && !text.chars().any(|letter| "ăắằẳẵặđĩũơớờởỡợưứừửữựảạếềểễệ".contains(letter))
}

const TCVN3_SIGNS: [char; 14] = ['¡', '¢', '£', '¤', '¥', '¦', '§', '¨', '©', 'ª', '«', '¬', '®', '¸'];

/// One letter of TCVN 5712:1993, third table, in lower case where the table has no capital.
fn of_tcvn3(letter: char) -> char {
    const TABLE: [(char, char); 74] = [
        ('¡', 'Ă'),
        ('¢', 'Â'),
        ('£', 'Ê'),
        ('¤', 'Ô'),
        ('¥', 'Ơ'),
        ('¦', 'Ư'),
        ('§', 'Đ'),
        ('¨', 'ă'),
        ('©', 'â'),
        ('ª', 'ê'),
        ('«', 'ô'),
        ('¬', 'ơ'),
        ('\u{ad}', 'ư'),
        ('®', 'đ'),
        ('µ', 'à'),
        ('¶', 'ả'),
        ('·', 'ã'),
        ('¸', 'á'),
        ('¹', 'ạ'),
        ('»', 'ằ'),
        ('¼', 'ẳ'),
        ('½', 'ẵ'),
        ('¾', 'ắ'),
        ('Æ', 'ặ'),
        ('Ç', 'ầ'),
        ('È', 'ẩ'),
        ('É', 'ẫ'),
        ('Ê', 'ấ'),
        ('Ë', 'ậ'),
        ('Ì', 'è'),
        ('Î', 'ẻ'),
        ('Ï', 'ẽ'),
        ('Ð', 'é'),
        ('Ñ', 'ẹ'),
        ('Ò', 'ề'),
        ('Ó', 'ể'),
        ('Ô', 'ễ'),
        ('Õ', 'ế'),
        ('Ö', 'ệ'),
        ('×', 'ì'),
        ('Ø', 'ỉ'),
        ('Ü', 'ĩ'),
        ('Ý', 'í'),
        ('Þ', 'ị'),
        ('ß', 'ò'),
        ('á', 'ỏ'),
        ('â', 'õ'),
        ('ã', 'ó'),
        ('ä', 'ọ'),
        ('å', 'ồ'),
        ('æ', 'ổ'),
        ('ç', 'ỗ'),
        ('è', 'ố'),
        ('é', 'ộ'),
        ('ê', 'ờ'),
        ('ë', 'ở'),
        ('ì', 'ỡ'),
        ('í', 'ớ'),
        ('î', 'ợ'),
        ('ï', 'ù'),
        ('ñ', 'ủ'),
        ('ò', 'ũ'),
        ('ó', 'ú'),
        ('ô', 'ụ'),
        ('õ', 'ừ'),
        ('ö', 'ử'),
        ('÷', 'ữ'),
        ('ø', 'ứ'),
        ('ù', 'ự'),
        ('ú', 'ỳ'),
        ('û', 'ỷ'),
        ('ü', 'ỹ'),
        ('ý', 'ý'),
        ('þ', 'ỵ'),
    ];
    TABLE.iter().find(|(old, _)| *old == letter).map_or(letter, |(_, new)| *new)
}

#[cfg(test)]
mod tests {
    use super::super::repair::tests::Words;
    use super::*;

    fn undo(text: &str) -> String {
        let known = Words::of("đăng ký kết hôn, giấy khai sinh, hộ chiếu, thường trú, đất, bảo hiểm, is has passport");
        undone(text, &known).into_owned()
    }

    #[test]
    fn keys_are_written_out_when_a_word_comes_of_it() {
        assert_eq!(undo("ddawng kys keets hoon"), "đăng ký kết hôn");
        assert_eq!(undo("d9a8ng ky1 ke61t ho6n"), "đăng ký kết hôn");
        assert_eq!(undo("giaays khai sinh, DDAATS"), "giấy khai sinh, đất");
    }

    #[test]
    fn other_words_stay() {
        for text in ["windows docx asus", "passport has", "khai sinh", "1.001193 200000", "mẫu CT01"] {
            assert_eq!(undo(text), text);
        }
    }

    #[test]
    fn the_old_encoding_is_read() {
        assert_eq!(undo("®¨ng ký kÕt h«n ë Hßa B×nh"), "đăng ký kết hôn ở Hòa Bình");
        assert_eq!(undo("Đăng ký «khai sinh» 2 m²"), "Đăng ký «khai sinh» 2 m²");
    }
}
