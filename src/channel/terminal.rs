//! The terminal: one line is one thing said. Also the notation of transcripts.

use crate::domain::ticket::{DeskEvent, Ticket};
use crate::domain::{Attachment, ChoiceId, Media, Said};

/// What a line of the terminal says: words; or in brackets what no keyboard types: `(start WORD)`, `(press ID)`,
/// `(edit words)`, `(sticker)`, `(voice)`, `(photo WHAT)`, `(file NAME)`, `(blocked)`, `(silence)`, `(opened)`, `(unknown)`; `(officer)`
/// is a person of the office who writes into the conversation, `(desk taken NAME)`, `(desk returned)`, `(desk late)` and `(desk closed)` what happens
/// to the ticket.
pub fn said(line: &str) -> Said {
    read(line.trim()).without_secrets()
}

fn read(line: &str) -> Said {
    let Some(inner) = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else {
        return Said::Text(line.to_owned());
    };
    let (word, rest) = inner.split_once(' ').map_or((inner, ""), |(word, rest)| (word, rest.trim()));
    match word {
        "start" => Said::Joined((!rest.is_empty()).then(|| rest.to_owned())),
        "press" => Said::Chose(ChoiceId::from_wire(rest)),
        "edit" => Said::Edited(rest.to_owned()),
        "sticker" => Said::Sent(Media::Sticker),
        "voice" => Said::Sent(Media::Voice),
        "photo" => attached(Media::Photo, rest, None),
        "file" => attached(Media::File, "", Some(rest)),
        "blocked" => Said::Left,
        "silence" => Said::Quiet,
        "opened" => Said::Opened,
        "officer" => Said::Staff,
        "desk" => desk(rest).unwrap_or_else(|| Said::Text(line.to_owned())),
        "unknown" => Said::Unreadable,
        _ => Said::Text(line.to_owned()),
    }
}

/// What happens at the desk, to the only ticket that there is in a terminal.
fn desk(what: &str) -> Option<Said> {
    let ticket = Ticket::IN_TERMINAL;
    Some(Said::Desk(match what.split_once(' ') {
        Some(("taken", officer)) => DeskEvent::Taken { ticket, officer: officer.to_owned() },
        None if what == "returned" => DeskEvent::Returned { ticket },
        None if what == "late" => DeskEvent::Late { ticket },
        None if what == "closed" => DeskEvent::Closed { ticket },
        _ => return None,
    }))
}

/// What a photo shows stands where other channels tell its address.
fn attached(media: Media, shows: &str, name: Option<&str>) -> Said {
    let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
    Said::Attached(Attachment { media, source: shows.to_owned(), name, caption: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_say_what_no_keyboard_types() {
        assert_eq!(said("(start dang-ky-ket-hon)"), Said::Joined(Some("dang-ky-ket-hon".into())));
        assert_eq!(said("(sticker)"), Said::Sent(Media::Sticker));
        assert_eq!(said("(tôi hỏi chút)"), Said::Text("(tôi hỏi chút)".into()));
    }
}
