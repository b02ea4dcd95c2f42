//! The Telegram line: checked at the start, by webhook or by long polling.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use teloxide::Bot;
use teloxide::requests::Requester;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::crew::Crew;
use crate::channel::telegram::{self, Group, SetupError, Telegram};
use crate::channel::{Channel, Forum, Inbox, Spool};
use crate::config::TelegramConfig;
use crate::domain::Lang;
use crate::i18n::Wording;

/// The commands shown in Telegram's menu; the engine's own menu understands them.
const COMMANDS: [&str; 7] = ["walks", "papers", "dossiers", "help", "language", "person", "cancel"];
/// Pause between tries to tell Telegram about us.
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// A line that was opened.
pub(super) struct Line {
    bot: Bot,
    /// The bot's user name, once Telegram has told it.
    name: Arc<OnceLock<String>>,
    webhook: Option<Url>,
    channel: Arc<Telegram>,
    group: Option<Group>,
}

impl Line {
    /// Opens the line, if there is a token; with a group for the hotline, and files to send.
    ///
    /// # Errors
    /// When Telegram refuses the token. A network that is down is no error: the web chat works without it, and the
    /// line is tried again.
    pub(super) async fn open(
        config: &TelegramConfig,
        group: Option<String>,
        files: Option<Arc<dyn Spool>>,
    ) -> anyhow::Result<Option<Self>> {
        let Some(token) = &config.token else { return Ok(None) };
        let bot = telegram::connect(token, config.api_url.as_ref())?;
        let name = Arc::new(OnceLock::new());
        match ask_name(&bot, &name).await {
            Ok(()) => {}
            Err(SetupError::BadToken) => return Err(SetupError::BadToken.into()),
            Err(error) => tracing::warn!(%error, "Telegram cannot be asked who we are; going on"),
        }
        let channel = Arc::new(Telegram::new(bot.clone(), config.per_second, config.per_chat, files));
        let group = group.map(|chat| Group::new(bot.clone(), chat));
        Ok(Some(Self { bot, name, webhook: config.webhook_url.clone(), channel, group }))
    }

    pub(super) fn channel(&self) -> Arc<dyn Channel> {
        Arc::clone(&self.channel) as Arc<dyn Channel>
    }

    /// The hotline's group, if there is one.
    pub(super) fn forum(&self) -> Option<Arc<dyn Forum>> {
        self.group.clone().map(|group| Arc::new(group) as Arc<dyn Forum>)
    }

    pub(super) fn describe(&self) -> String {
        let name = self.name.get().map_or_else(|| "(no answer from Telegram yet)".to_owned(), |name| format!("@{name}"));
        match &self.webhook {
            Some(url) => format!("on   {name} by webhook {url}"),
            None => format!("on   {name} by long polling (set TELEGRAM_WEBHOOK_URL=https://… for a webhook)"),
        }
    }

    /// Starts to take updates; returns the webhook's route if there is one.
    pub(super) fn start(self, inbox: Arc<dyn Inbox>, wording: Arc<Wording>, crew: &Crew) -> Option<Router> {
        crew.spawn(introduce(self.bot.clone(), Arc::clone(&self.name), self.webhook.clone(), wording, crew.street.clone()));
        match self.webhook {
            Some(url) => Some(telegram::routes(url.path(), self.bot, self.name, inbox, self.group)),
            // Telegram answers one poller at a time (Bot API, getUpdates: 409).
            None if crew.role.works() => {
                let (bot, name, group) = (self.bot, self.name, self.group);
                let poll = move |stop| telegram::poll(bot.clone(), Arc::clone(&name), Arc::clone(&inbox), group.clone(), stop);
                crew.alone("telegram poll", &crew.street, poll);
                None
            }
            None => None,
        }
    }
}

/// Asks for the bot's user name, unless it is known.
async fn ask_name(bot: &Bot, name: &OnceLock<String>) -> Result<(), SetupError> {
    if name.get().is_none() {
        let me = bot.get_me().await?;
        // Somebody else may have set it meanwhile: to the same.
        let _ = name.set(me.user.username.clone().unwrap_or_default());
    }
    Ok(())
}

/// Tells Telegram our commands and our webhook, again and again until it listens.
async fn introduce(bot: Bot, name: Arc<OnceLock<String>>, webhook: Option<Url>, wording: Arc<Wording>, stop: CancellationToken) {
    loop {
        let told = async {
            ask_name(&bot, &name).await?;
            if let Some(url) = &webhook {
                telegram::set_webhook(&bot, url).await?;
            }
            for lang in Lang::ALL {
                let describe = |name: &'static str| (name, wording.get(lang, &format!("command-{name}")));
                telegram::set_commands(&bot, lang, COMMANDS.map(describe).into()).await?;
            }
            Ok::<(), SetupError>(())
        };
        let told = tokio::select! {
            told = told => told,
            () = stop.cancelled() => return,
        };
        match told {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "Telegram does not take our commands and webhook; trying again"),
        }
        tokio::select! {
            () = tokio::time::sleep(TRY_AGAIN) => {}
            () = stop.cancelled() => return,
        }
    }
}
