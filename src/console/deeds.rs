//! What stands in the audit, in the words of whoever reads it.
//!
//! Entries are noted in English and cannot be changed: they are part of the chain. What they begin with is put in other words here,
//! and what follows (a name, an id, a reason) stays.

use super::Signed;

/// Beginnings of what is noted, the longer before what they begin with, and the wording of each.
const DEEDS: [(&str, &str); 73] = [
    ("officer added", "deed-officer-added"),
    ("officer reset", "deed-officer-reset"),
    ("officer ended", "deed-officer-ended"),
    ("officer's roles", "deed-officer-s-roles"),
    ("invitation taken", "deed-invitation-taken"),
    ("signed in with a recovery code", "deed-signed-in-with-a-recovery-code"),
    ("signed in", "deed-signed-in"),
    ("signed out", "deed-signed-out"),
    ("sign-in refused: code used before", "deed-sign-in-refused-code-used-before"),
    ("sign-in refused: too many tries", "deed-sign-in-refused-too-many-tries"),
    ("sign-in refused", "deed-sign-in-refused"),
    ("password changed", "deed-password-changed"),
    ("other sessions ended", "deed-other-sessions-ended"),
    ("telegram code made", "deed-telegram-code-made"),
    ("telegram linked", "deed-telegram-linked"),
    ("telegram unlinked", "deed-telegram-unlinked"),
    ("content saved", "deed-content-saved"),
    ("content published", "deed-content-published"),
    ("content taken back", "deed-content-taken-back"),
    ("paper opened", "deed-paper-opened"),
    ("paper accepted", "deed-paper-accepted"),
    ("paper asked for again", "deed-paper-asked-for-again"),
    ("paper sent", "deed-paper-sent"),
    ("reopened", "deed-reopened"),
    ("apology drafted", "deed-apology-drafted"),
    ("apology signed", "deed-apology-signed"),
    ("looked at", "deed-looked-at"),
    ("look-up in vain", "deed-look-up-in-vain"),
    ("look-up refused", "deed-look-up-refused"),
    ("look-up", "deed-look-up"),
    ("opened by link", "deed-opened-by-link"),
    ("followed", "deed-followed"),
    ("stopped", "deed-stopped"),
    ("ticket taken", "deed-ticket-taken"),
    ("ticket read", "deed-ticket-read"),
    ("ticket offered to", "deed-ticket-offered-to"),
    ("ticket accepted", "deed-ticket-accepted"),
    ("ticket declined", "deed-ticket-declined"),
    ("ticket put back for", "deed-ticket-put-back-for"),
    ("ticket put back", "deed-ticket-put-back"),
    ("ticket not answered, waits again", "deed-ticket-not-answered-waits-again"),
    ("ticket closed: nobody said anything", "deed-ticket-closed-nobody-said-anything"),
    ("ticket closed", "deed-ticket-closed"),
    ("desk opened again", "deed-desk-opened-again"),
    ("note added", "deed-note-added"),
    ("labelled", "deed-labelled"),
    ("answered by message", "deed-answered-by-message"),
    ("sent a file by message", "deed-sent-a-file-by-message"),
    ("number shown", "deed-number-shown"),
    ("reply removed", "deed-reply-removed"),
    ("reply saved", "deed-reply-saved"),
    ("data request carried out", "deed-data-request-carried-out"),
    ("data request answered", "deed-data-request-answered"),
    ("broadcast written", "deed-broadcast-written"),
    ("broadcast changed", "deed-broadcast-changed"),
    ("broadcast proposed", "deed-broadcast-proposed"),
    ("broadcast approved", "deed-broadcast-approved"),
    ("broadcast tried", "deed-broadcast-tried"),
    ("broadcast paused", "deed-broadcast-paused"),
    ("broadcast resumed", "deed-broadcast-resumed"),
    ("broadcast cancelled", "deed-broadcast-cancelled"),
    ("broadcast sent back", "deed-broadcast-sent-back"),
    ("broadcast put back", "deed-broadcast-put-back"),
    ("broadcast begun", "deed-broadcast-begun"),
    ("broadcast stopped by errors", "deed-broadcast-stopped-by-errors"),
    ("broadcast goes on", "deed-broadcast-goes-on"),
    ("broadcast done", "deed-broadcast-done"),
    ("recipients read", "deed-recipients-read"),
    ("switched off", "deed-switched-off"),
    ("switched on", "deed-switched-on"),
    ("dossiers imported", "deed-dossiers-imported"),
    ("agency's keys made", "deed-agency-s-keys-made"),
    ("agency's keys ended", "deed-agency-s-keys-ended"),
];

/// An entry's action as this officer reads it; as it was noted when nothing else is known of it.
pub(super) fn deed(signed: &Signed, action: &str) -> String {
    let known = DEEDS.iter().find_map(|(noted, key)| Some((key, action.strip_prefix(noted)?)));
    let Some((key, rest)) = known else { return action.to_owned() };
    match rest.strip_prefix(": ") {
        Some(ending) if *key == "deed-ticket-closed" => {
            format!("{}: {}", signed.word(key), self::known(signed, "ending-", ending))
        }
        _ => format!("{}{rest}", signed.word(key)),
    }
}

/// Why followers of a dossier were told something.
pub(super) fn told(signed: &Signed, occasion: &str) -> String {
    known(signed, "told-", occasion)
}

/// What became of a message, as the outbox and the channel's receipts name it.
pub(super) fn became(signed: &Signed, outcome: &str) -> String {
    known(signed, "became-", outcome)
}

fn known(signed: &Signed, kind: &str, name: &str) -> String {
    let key = format!("{kind}{}", name.replace('_', "-"));
    if signed.console.wording.has(signed.lang, &key) { signed.word(&key) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_another_stands_before_it() {
        for (at, (noted, _)) in DEEDS.iter().enumerate() {
            let hidden = DEEDS[..at].iter().find(|(before, _)| noted.starts_with(before));
            assert_eq!(hidden, None, "“{noted}” is never found");
        }
    }
}
