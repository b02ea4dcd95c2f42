//! Who there is: adding, inviting anew, giving roles, ending.

use std::collections::BTreeSet;
use std::time::Duration;

use uuid::Uuid;

use super::account::RESET;
use super::{INVITED, LONGEST_NAME, OfficerError, Officers, Result, tries};
use crate::domain::Timestamp;
use crate::domain::officer::{Grant, Officer, Right, Role, is_login};
use crate::seal::token_hash;
use crate::service::audit::note;
use crate::store::officer::{self, Stored};
use crate::store::{Tx, agency, audit, follow, session};

/// How long a code for Telegram is good, and how many signs it has, of 16 each: typed once.
const CODE: Duration = Duration::from_secs(15 * 60);
const SIGNS: usize = 10;

impl Officers {
    /// Adds an officer. The secret of the invitation.
    ///
    /// # Errors
    /// When login or name are none, the login is taken, or the database fails.
    pub async fn add(&self, login: &str, name: &str, grants: Vec<Grant>, by: &str) -> Result<String> {
        if !is_login(login) {
            return Err(OfficerError::BadLogin);
        }
        let name = name.trim();
        if !(1..=LONGEST_NAME).contains(&name.chars().count()) {
            return Err(OfficerError::BadName);
        }
        let officer = Officer { id: self.clock.fresh_id(), login: login.to_owned(), name: name.to_owned(), grants };
        let mut tx = self.store.write().await?;
        if !officer::add(&mut tx, &officer, self.clock.now()).await? {
            return Err(OfficerError::Taken);
        }
        let token = self.invite(&mut tx, officer.id).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), by, &format!("officer added: {}", listed(&officer.grants)), login).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Invites an officer anew: password, codes and sessions end now.
    ///
    /// # Errors
    /// When there is none, or the database fails.
    pub async fn reset(&self, login: &str, by: &str) -> Result<String> {
        let mut tx = self.store.write().await?;
        officer::hold(&mut tx, login).await?;
        let mut stored = officer::by_login(&mut tx, login).await?.ok_or(OfficerError::Unknown)?;
        (stored.password, stored.totp, stored.recovery, stored.ended_at) = (None, None, Vec::new(), None);
        officer::save(&mut tx, &stored).await?;
        session::end_all(&mut tx, stored.officer.id, None).await?;
        officer::set_telegram(&mut tx, login, None).await?;
        // Whoever was locked out comes in with the new invitation at once.
        follow::forgive(&mut tx, &tries(login)).await?;
        let token = self.invite(&mut tx, stored.officer.id).await?;
        officer::alert(&mut tx, login).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), by, RESET, login).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Places that those of `officers` who are at work have roles at, and no agency is called so: a slip, or one that is still to
    /// come. They see no work there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn places_without_agency(&self, officers: &[Stored]) -> Result<BTreeSet<String>> {
        let agencies = agency::names(&mut self.store.read().await?).await?;
        let at_work = officers.iter().filter(|stored| stored.ended_at.is_none());
        let places = at_work.flat_map(|stored| &stored.officer.grants).filter_map(|grant| grant.at.clone());
        Ok(places.filter(|place| !agencies.contains(place)).collect())
    }

    /// Ends an officer, and all their sessions.
    ///
    /// # Errors
    /// When there is none, or it is the last administrator.
    pub async fn end(&self, login: &str, by: &str) -> Result<()> {
        self.change(login, by, "officer ended", |stored, now| stored.ended_at = Some(now)).await
    }

    /// Gives an officer other roles.
    ///
    /// # Errors
    /// When there is none, or it is the last administrator.
    pub async fn grant(&self, login: &str, grants: Vec<Grant>, by: &str) -> Result<()> {
        let action = format!("officer's roles: {}", listed(&grants));
        self.change(login, by, &action, |stored, _| stored.officer.grants = grants).await
    }

    async fn change(&self, login: &str, by: &str, action: &str, change: impl FnOnce(&mut Stored, Timestamp)) -> Result<()> {
        let mut tx = self.store.write().await?;
        // One change after another: two administrators who end each other leave one.
        audit::hold_head(&mut tx).await?;
        officer::hold(&mut tx, login).await?;
        let mut stored = officer::by_login(&mut tx, login).await?.ok_or(OfficerError::Unknown)?;
        change(&mut stored, self.clock.now());
        officer::save(&mut tx, &stored).await?;
        if stored.ended_at.is_some() {
            session::end_all(&mut tx, stored.officer.id, None).await?;
            officer::set_telegram(&mut tx, login, None).await?;
        }
        if !has_administrator(&mut tx).await? {
            return Err(OfficerError::LastAdministrator);
        }
        note(&mut tx, &self.keys, self.clock.as_ref(), by, action, login).await?;
        Ok(tx.commit().await?)
    }

    /// The secret of an invitation for a first administrator, when there is nobody who looks after officers yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first(&self) -> Result<Option<String>> {
        const LOGIN: &str = "admin";
        let mut tx = self.store.write().await?;
        let all = officer::all(&mut tx).await?;
        let begun = |stored: &Stored| stored.password.is_some() || stored.officer.login != LOGIN;
        if all.iter().any(begun) {
            return Ok(None);
        }
        let grants = vec![Grant { role: Role::Administrator, at: None }];
        let new = Officer { id: self.clock.fresh_id(), login: LOGIN.to_owned(), name: "Quản trị".to_owned(), grants };
        officer::add(&mut tx, &new, self.clock.now()).await?;
        let stored = officer::by_login(&mut tx, LOGIN).await?.ok_or(OfficerError::Unknown)?;
        let token = self.invite(&mut tx, stored.officer.id).await?;
        tx.commit().await?;
        Ok(Some(token))
    }

    async fn invite(&self, tx: &mut Tx, officer: Uuid) -> Result<String> {
        let token = self.secret();
        officer::invite(tx, officer, &token_hash(&token), self.clock.now().plus(INVITED)).await?;
        Ok(token)
    }

    /// A code by which this officer says who they are on Telegram, good for a quarter of an hour; the one before it ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn telegram_code(&self, login: &str) -> Result<String> {
        let code: String = self.clock.secret().simple().to_string().chars().take(SIGNS).collect();
        let mut tx = self.store.write().await?;
        officer::offer_code(&mut tx, login, &token_hash(&code), self.clock.now().plus(CODE)).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), login, "telegram code made", login).await?;
        tx.commit().await?;
        Ok(code)
    }

    /// Forgets who this officer is on Telegram.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unlink_telegram(&self, login: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        officer::set_telegram(&mut tx, login, None).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), login, "telegram unlinked", login).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Whether anybody who can sign in, or was invited to, looks after officers.
async fn has_administrator(tx: &mut Tx) -> Result<bool> {
    let all = officer::all(tx).await?;
    Ok(all.iter().any(|stored| stored.ended_at.is_none() && stored.officer.may(Right::ManageOfficers, None)))
}

fn listed(grants: &[Grant]) -> String {
    grants.iter().map(Grant::to_string).collect::<Vec<_>>().join(", ")
}
