//! What is said at the start.

use super::database::database_name;
use super::lines::Lines;
use super::{telegram, zalo, zalo_bot};
use crate::config::{Config, Role};
use crate::domain::Lang;
use crate::knowledge::Library;

/// Of what this process leaves to others.
pub(super) const ELSEWHERE: &str = "-    served by processes of another role";

/// What is on, what is off, and how to switch it on.
pub(super) fn banner(config: &Config, library: &Library, lines: &Lines, console: &str) -> String {
    let telegram = lines
        .telegram
        .as_ref()
        .map_or_else(|| "off  set TELEGRAM_BOT_TOKEN=… (ask @BotFather for a token)".to_owned(), telegram::Line::describe);
    let zalo = lines.zalo.as_ref().map_or_else(
        || "off  set ZALO_APP_ID and ZALO_APP_SECRET, then run `motcua zalo connect`".to_owned(),
        zalo::Line::describe,
    );
    let zalo_bot = lines
        .zalo_bot
        .as_ref()
        .map_or_else(|| "off  set ZALO_BOT_TOKEN=… (the Zalo Bot Manager gives a token)".to_owned(), zalo_bot::Line::describe);
    let public = match &config.public_url {
        _ if !config.role.serves() => ELSEWHERE.to_owned(),
        Some(url) => format!("on   {url}"),
        None => format!("on   http://{}/  (set MOTCUA_PUBLIC_URL=https://… behind a proxy)", config.listen),
    };
    let hotline = match &config.office.hotline {
        Some(number) => format!("on   {number}"),
        None => "off  set [office] hotline, hours, address in motcua.toml".to_owned(),
    };
    let role = if config.role == Role::All { String::new() } else { format!(", role {}", config.role) };
    let languages = Lang::ALL.map(Lang::code).join(", ");
    format!(
        "motcua {}: {} guides, languages {languages}{role}\n  web chat   {public}\n  telegram   {telegram}\n  zalo       {zalo}\n  zalo bot   {zalo_bot}\n  console    {console}\n  database   on   {}\n  hotline    {hotline}\n",
        env!("CARGO_PKG_VERSION"),
        library.len(),
        database_name(config),
    )
}
