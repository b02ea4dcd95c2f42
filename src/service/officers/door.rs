//! Coming in: an invitation taken, signing in, sessions.

use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use super::{
    CODES, ENROL, Enrolment, FORMS, IDLE, KNOWN, LONGEST, LONGEST_PASSWORD, MISSES, MISSES_OF_KNOWN, NOTED, OfficerError,
    Officers, RECOVERY, Result, Session, SignedIn, TOTP, hash, is_strong, plain, seconds,
};
use crate::domain::officer::{Officer, is_login};
use crate::domain::{ResumeCode, Timestamp};
use crate::service::audit::note;
use crate::store::follow;
use crate::store::officer::{self, Stored};

impl Officers {
    /// What an invitation shows: a secret of codes that is new each time, sealed for the form to bring back. Whoever saw the link
    /// before knows another.
    ///
    /// # Errors
    /// When the invitation is over.
    pub async fn enrolment(&self, token: &str) -> Result<Enrolment> {
        let mut tx = self.store.read().await?;
        let stored = officer::invited(&mut tx, &hash(token), self.clock.now()).await?.ok_or(OfficerError::NotInvited)?;
        let secret = [self.clock.secret().into_bytes(), self.clock.secret().into_bytes()].concat();
        let totp = self.totp(&secret, &stored.officer.login)?;
        Ok(Enrolment {
            officer: stored.officer,
            url: totp.to_url().unwrap_or_default(),
            sealed: self.keys.seal(ENROL, &format!("{} {}", hash(token), hex::encode(&secret))),
            secret: totp_rs::Secret::from(secret).to_base32(),
        })
    }

    /// The secret of codes that an enrolment of this invitation sealed.
    fn enrolled(&self, token: &str, sealed: &str) -> Result<Vec<u8>> {
        let opened = self.keys.open(ENROL, sealed).map_err(|_| OfficerError::NotInvited)?;
        let (of, secret) = opened.expose_secret().split_once(' ').ok_or(OfficerError::NotInvited)?;
        hex::decode(secret).ok().filter(|_| of == hash(token)).ok_or(OfficerError::NotInvited)
    }

    /// Takes an invitation: a password, and the first code of the telephone that scanned `sealed`. The recovery codes, which are
    /// shown once.
    ///
    /// # Errors
    /// When the invitation is over, the password weak or the code wrong.
    pub async fn join(&self, token: &str, sealed: &str, password: &str, code: &str) -> Result<Vec<String>> {
        let now = self.clock.now();
        let invited =
            officer::invited(&mut self.store.read().await?, &hash(token), now).await?.ok_or(OfficerError::NotInvited)?;
        if !is_strong(password, &invited.officer) {
            return Err(OfficerError::WeakPassword);
        }
        let secret = self.enrolled(token, sealed)?;
        let used = self.totp(&secret, &invited.officer.login)?.check(code.trim(), seconds(now)).ok_or(OfficerError::WrongCode)?;
        let hashed = self.hashed(password.to_owned()).await?;
        let mut tx = self.store.write().await?;
        if !officer::take_invitation(&mut tx, &hash(token)).await? {
            return Err(OfficerError::NotInvited);
        }
        let mut stored = officer::by_login(&mut tx, &invited.officer.login).await?.ok_or(OfficerError::NotInvited)?;
        let codes: Vec<String> = (0..CODES).map(|_| ResumeCode::of(self.clock.secret()).to_string()).collect();
        stored.password = Some(hashed);
        stored.totp = Some(self.keys.seal(TOTP, &hex::encode(&secret)));
        stored.totp_step = i64::try_from(used).unwrap_or(i64::MAX);
        stored.recovery = codes.iter().map(|code| self.recovery(code)).collect();
        if !officer::save(&mut tx, &stored).await? {
            return Err(OfficerError::NotInvited);
        }
        officer::end_sessions(&mut tx, stored.officer.id).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), &stored.officer.login, "invitation taken", &stored.officer.login).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Signs somebody in who types login, password, and a code of the telephone or one for recovery; `known` is what the browser
    /// was given the last time.
    ///
    /// # Errors
    /// When they do not fit together, or there were too many wrong tries.
    pub async fn sign_in(&self, login: &str, password: &str, code: &str, known: Option<&str>) -> Result<SignedIn> {
        let now = self.clock.now();
        let login = login.trim().to_lowercase();
        // What cannot be a login is worth the same work, and no room in the audit.
        let login = if is_login(&login) { login } else { "?".to_owned() };
        let (password, code): (String, String) = (cut(password), cut(code));
        let hour = now.to_string()[..13].to_owned();
        let (subject, most) = match known.filter(|known| self.is_known(known, &login)) {
            Some(known) => (format!("sign-in {login} {}", &hash(known)[..16]), MISSES_OF_KNOWN),
            None => (format!("sign-in {login}"), MISSES),
        };
        let mut tx = self.store.read().await?;
        if follow::misses(&mut tx, &subject, &hour).await? >= most {
            return Err(OfficerError::TooMany);
        }
        let stored = officer::by_login(&mut tx, &login).await?.filter(|stored| stored.ended_at.is_none());
        drop(tx);
        // As much work for a login that nobody has.
        let password_fits = self.verified(stored.as_ref().and_then(|stored| stored.password.clone()), password).await?;
        let proven = stored.filter(|_| password_fits).and_then(|stored| self.prove(stored, code.trim(), now));
        let mut tx = self.store.write().await?;
        let Some((stored, how)) = proven else {
            follow::missed(&mut tx, &subject, &hour).await?;
            note(&mut tx, &self.keys, self.clock.as_ref(), &login, "sign-in refused", &login).await?;
            tx.commit().await?;
            return Err(OfficerError::Denied);
        };
        // The same code twice at the same moment counts once; whoever was ended or reset meanwhile does not come in.
        if !officer::save(&mut tx, &stored).await? {
            return Err(OfficerError::Denied);
        }
        let session = self.secret();
        officer::begin(&mut tx, stored.officer.id, &hash(&session), now).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), &login, how, &login).await?;
        tx.commit().await?;
        Ok(SignedIn { session, known: self.keys.seal(KNOWN, &login) })
    }

    /// Changes the password of an officer who types the old one and a code; all their sessions end but the new one. `None` when the
    /// old one or the code does not fit.
    ///
    /// # Errors
    /// When the new one is weak, there were too many wrong tries, or the database fails.
    pub async fn change_password(&self, whose: &Officer, old: &str, code: &str, new: &str) -> Result<Option<String>> {
        let login = whose.login.as_str();
        if !is_strong(new, whose) {
            return Err(OfficerError::WeakPassword);
        }
        let before = officer::by_login(&mut self.store.read().await?, login).await?.and_then(|stored| stored.password);
        // Signing in proves both, counts wrong tries, and uses the code up.
        match self.sign_in(login, old, code, None).await {
            Ok(_) => {}
            Err(OfficerError::Denied) => return Ok(None),
            Err(error) => return Err(error),
        }
        let hashed = self.hashed(new.to_owned()).await?;
        let (session, now) = (self.secret(), self.clock.now());
        let mut tx = self.store.write().await?;
        // Whoever was reset or ended in this moment has no password to change.
        let same = |stored: &Stored| stored.ended_at.is_none() && stored.password.is_some() && stored.password == before;
        let Some(mut stored) = officer::by_login(&mut tx, login).await?.filter(same) else { return Ok(None) };
        stored.password = Some(hashed);
        if !officer::save(&mut tx, &stored).await? {
            return Ok(None);
        }
        officer::end_sessions(&mut tx, stored.officer.id).await?;
        officer::begin(&mut tx, stored.officer.id, &hash(&session), now).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), login, "password changed", login).await?;
        tx.commit().await?;
        Ok(Some(session))
    }

    /// The officer as it is when the code fits, and how it was proven.
    fn prove(&self, mut stored: Stored, code: &str, now: Timestamp) -> Option<(Stored, &'static str)> {
        let step = stored.totp_step;
        let secret = self.keys.open(TOTP, stored.totp.as_deref()?).ok()?;
        let secret = hex::decode(secret.expose_secret()).ok()?;
        let used =
            self.totp(&secret, &stored.officer.login).ok()?.check(code, seconds(now)).and_then(|used| i64::try_from(used).ok());
        if let Some(used) = used {
            // A code is good once, and none before it.
            stored.totp_step = used;
            return (used > step).then_some((stored, "signed in"));
        }
        let given = self.keys.digests(RECOVERY, &plain(code));
        let at =
            stored.recovery.iter().position(|known| given.iter().any(|given| given.as_bytes().ct_eq(known.as_bytes()).into()))?;
        stored.recovery.remove(at);
        Some((stored, "signed in with a recovery code"))
    }

    /// The session of a cookie, if it is good. It goes on while its officer is `active`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, secret: &str, active: bool) -> Result<Option<Session>> {
        let (now, key) = (self.clock.now(), hash(secret));
        let mut tx = self.store.read().await?;
        let Some((officer, seen)) = officer::session(&mut tx, &key, now.minus(LONGEST), now.minus(IDLE)).await? else {
            return Ok(None);
        };
        drop(tx);
        if active && seen.until(now) >= NOTED {
            let mut tx = self.store.write().await?;
            officer::seen(&mut tx, &key, now).await?;
            tx.commit().await?;
        }
        Ok(Some(Session { officer, form_key: self.keys.digests(FORMS, &key).swap_remove(0) }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, secret: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        officer::end_session(&mut tx, &hash(secret)).await?;
        Ok(tx.commit().await?)
    }
}

/// No more of what was typed than a password may have.
fn cut(typed: &str) -> String {
    typed.chars().take(LONGEST_PASSWORD + 1).collect()
}
