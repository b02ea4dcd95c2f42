//! `motcua zalo`: connect an Official Account, and see how it stands.

use std::io::{BufRead, Write};
use std::sync::Arc;

use anyhow::Context;
use url::Url;

use crate::app::{SystemClock, zalo_tokens};
use crate::config::Config;
use crate::domain::{ChannelName, Clock};
use crate::service::kept::KEPT_FOR;
use crate::service::reach::{self, Reach};
use crate::service::{Standing, ZaloTokens};
use crate::store::{Store, outbox};

/// Work on the Zalo Official Account.
#[derive(Debug, clap::Args)]
pub struct Zalo {
    #[command(flatten)]
    settings: super::SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Have an administrator of the account consent, and take its first token.
    Connect,
    /// How the token stands, who can be written to, what waits for whom.
    Status,
}

impl Zalo {
    pub(super) fn run(self) -> anyhow::Result<()> {
        self.settings.with_store(async |config, store| {
            let clock: Arc<dyn Clock> = Arc::new(SystemClock);
            let tokens = zalo_tokens(config, store.clone(), Arc::clone(&clock))?;
            let tokens = tokens.context("Zalo is off: set ZALO_APP_ID and ZALO_APP_SECRET (developers.zalo.me shows both)")?;
            match self.command {
                Command::Connect => connect(config, &tokens).await,
                Command::Status => status(config, store, clock.as_ref(), &tokens).await,
            }
        })
    }
}

async fn connect(config: &Config, tokens: &ZaloTokens) -> anyhow::Result<()> {
    let redirect = config.zalo.redirect(config.public_url.as_ref()).context(
        "set MOTCUA_PUBLIC_URL (or ZALO_REDIRECT_URL): the address that Zalo leads back to, as it is set in the app at developers.zalo.me",
    )?;
    let before = tokens.version().await?;
    let page = tokens.ask_consent(&redirect).await?;
    println!("An administrator of the Official Account opens this page within ten minutes, and agrees:\n\n  {page}\n");
    println!("The app must have this callback: {redirect}");
    println!("If the server is running there, the page says that all is done; press Enter then.");
    print!("Otherwise paste the address that the browser was led to: ");
    std::io::stdout().flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    if !line.trim().is_empty() {
        let address = Url::parse(line.trim()).context("this is no address such as https://…?code=…&state=…")?;
        let part = |key: &str| address.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
        let (state, code) = part("state").zip(part("code")).context("the address holds no code and state")?;
        tokens.connect(&state, &code).await?;
    }
    match tokens.standing().await? {
        Standing::Until(until) if tokens.version().await? > before => {
            println!("Connected. The token is good until {until} and is renewed by the server before that.")
        }
        _ => anyhow::bail!("not connected: nothing came back from Zalo (the page and the server's log say why)"),
    }
    Ok(())
}

async fn status(config: &Config, store: &Store, clock: &dyn Clock, tokens: &ZaloTokens) -> anyhow::Result<()> {
    match tokens.standing().await? {
        Standing::NotConnected => println!("token      none: run `motcua zalo connect`"),
        Standing::LostSince(since) => println!("token      LOST since {since}: run `motcua zalo connect` again"),
        Standing::Until(until) => println!("token      good until {until}, renewed before that"),
    }
    let mut tx = store.read().await?;
    let reach = reach::of_channel(&mut tx, ChannelName::Zalo, config.zalo.tariff(None), clock.now()).await?;
    let Reach { free, paid, template: _, nowhere, .. } = reach;
    println!("windows    {free} free, {paid} paid, {nowhere} closed");
    println!("a notice to all of them in our own words costs {}", vnd(reach.cost));
    for name in config.zalo.templates.keys() {
        let reach = reach::of_channel(&mut tx, ChannelName::Zalo, config.zalo.tariff(Some(name)), clock.now()).await?;
        println!("with the template “{name}” for {} of them, {}", reach.template, vnd(reach.cost));
    }
    for (channel, why, count) in outbox::kept_notices(&mut tx, clock.now().minus(KEPT_FOR)).await? {
        println!("kept       {count} notices on {channel} that reach nobody: {why}");
    }
    Ok(())
}

fn vnd(cost: Option<u64>) -> String {
    cost.map_or_else(|| "an unknown sum: set zalo.paid_vnd and the vnd of templates".to_owned(), |cost| format!("{cost} đồng"))
}
