//! A message as a citizen's phone shows it.

use maud::{Markup, html};

use crate::channel::web::blocks;
use crate::domain::Message;

/// Messages with their links and buttons, one bubble each.
pub(super) fn bubbles(messages: &[Message]) -> Markup {
    html! {
        div.phone { @for message in messages {
            div.bubble { (blocks(&message.text.0))
                @for link in &message.links { p { (link.label) } }
                @for choice in &message.choices { span.chip { (choice.label) } } }
        } }
    }
}
