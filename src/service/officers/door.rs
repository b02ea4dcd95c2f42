//! Coming in: an invitation taken, signing in, sessions.

use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use super::account::{CODE_AGAIN, LOCKED, PASSWORD_CHANGED, RECOVERED};
use super::{
    CODES, ENROL, Enrolment, FORMS, IDLE, KNOWN, LONGEST, LONGEST_PASSWORD, MISSES, MISSES_OF_KNOWN, NOTED, OfficerError,
    Officers, RECOVERY, Result, Session, SignedIn, TOTP, is_strong, plain, seconds, tries,
};
use crate::domain::officer::{Officer, is_login};
use crate::domain::{ResumeCode, Timestamp};
use crate::seal::token_hash;
use crate::service::audit::note;
use crate::store::officer::{self, Stored};
use crate::store::{Tx, follow, session};

impl Officers {
    /// What an invitation shows: a secret of codes that is new each time, sealed for the form to bring back. Whoever saw the link
    /// before knows another.
    ///
    /// # Errors
    /// When the invitation is over.
    pub async fn enrolment(&self, token: &str) -> Result<Enrolment> {
        let mut tx = self.store.read().await?;
        let stored = officer::invited(&mut tx, &token_hash(token), self.clock.now()).await?.ok_or(OfficerError::NotInvited)?;
        let secret = [self.clock.secret().into_bytes(), self.clock.secret().into_bytes()].concat();
        let totp = self.totp(&secret, &stored.officer.login)?;
        Ok(Enrolment {
            officer: stored.officer,
            url: totp.to_url().unwrap_or_default(),
            sealed: self.keys.seal(ENROL, &format!("{} {}", token_hash(token), hex::encode(&secret))),
            secret: totp_rs::Secret::from(secret).to_base32(),
        })
    }

    /// The same invitation once more, with the secret that the telephone scanned already: a slip of the finger costs no second scan.
    ///
    /// # Errors
    /// When the invitation is over, or the sealed secret is not of it.
    pub async fn enrolment_again(&self, token: &str, sealed: &str) -> Result<Enrolment> {
        let mut tx = self.store.read().await?;
        let stored = officer::invited(&mut tx, &token_hash(token), self.clock.now()).await?.ok_or(OfficerError::NotInvited)?;
        let secret = self.enrolled(token, sealed)?;
        let totp = self.totp(&secret, &stored.officer.login)?;
        Ok(Enrolment {
            officer: stored.officer,
            url: totp.to_url().unwrap_or_default(),
            sealed: sealed.to_owned(),
            secret: totp_rs::Secret::from(secret).to_base32(),
        })
    }

    /// The secret of codes that an enrolment of this invitation sealed.
    fn enrolled(&self, token: &str, sealed: &str) -> Result<Vec<u8>> {
        let opened = self.keys.open(ENROL, sealed).map_err(|_| OfficerError::NotInvited)?;
        let (of, secret) = opened.expose_secret().split_once(' ').ok_or(OfficerError::NotInvited)?;
        hex::decode(secret).ok().filter(|_| of == token_hash(token)).ok_or(OfficerError::NotInvited)
    }

    /// Takes an invitation: a password, and the first code of the telephone that scanned `sealed`. The recovery codes, which are
    /// shown once.
    ///
    /// # Errors
    /// When the invitation is over, the password weak or the code wrong.
    pub async fn join(&self, token: &str, sealed: &str, password: &str, code: &str) -> Result<Vec<String>> {
        let now = self.clock.now();
        let invited =
            officer::invited(&mut self.store.read().await?, &token_hash(token), now).await?.ok_or(OfficerError::NotInvited)?;
        if !is_strong(password, &invited.officer) {
            return Err(OfficerError::WeakPassword);
        }
        let secret = self.enrolled(token, sealed)?;
        let used = self.totp(&secret, &invited.officer.login)?.check(code.trim(), seconds(now)).ok_or(OfficerError::WrongCode)?;
        let hashed = self.hashed(password.to_owned()).await?;
        let mut tx = self.store.write().await?;
        if !officer::take_invitation(&mut tx, &token_hash(token)).await? {
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
        session::end_all(&mut tx, stored.officer.id, None).await?;
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
            Some(known) => (format!("{} {}", tries(&login), &token_hash(known)[..16]), MISSES_OF_KNOWN),
            None => (tries(&login), MISSES),
        };
        // Counted before it is looked at: of many tries at one moment no more are looked at than of as many one after another.
        let mut tx = self.store.write().await?;
        let tries = follow::missed(&mut tx, &subject, &hour).await?;
        if tries > most {
            return Err(OfficerError::TooMany);
        }
        tx.commit().await?;
        // Goes on when whoever asked leaves: a right password that was counted as a try is taken back.
        let (this, tried) = (self.clone(), Tried { login, subject, hour, locked: tries >= most });
        let looked_at = tokio::spawn(async move { this.look_at(tried, password, code, now).await });
        looked_at.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
    }

    /// What the second half of [`Officers::sign_in`] does: looks at a try that was counted.
    async fn look_at(&self, tried: Tried, password: String, code: String, now: Timestamp) -> Result<SignedIn> {
        let Tried { login, subject, hour, locked } = tried;
        let mut tx = self.store.read().await?;
        let stored = officer::by_login(&mut tx, &login).await?.filter(|stored| stored.ended_at.is_none());
        drop(tx);
        // As much work for a login that nobody has.
        let password_fits = self.verified(stored.as_ref().and_then(|stored| stored.password.clone()), password).await?;
        let proof = stored.filter(|_| password_fits).map_or(Proof::None, |stored| self.prove(stored, code.trim(), now));
        let mut tx = self.store.write().await?;
        let Proof::Of(stored, how) = proof else {
            let (action, told) = match proof {
                Proof::UsedBefore => (CODE_AGAIN, true),
                _ if locked => (LOCKED, true),
                _ => ("sign-in refused", false),
            };
            self.noted(&mut tx, &login, action, told).await?;
            tx.commit().await?;
            return Err(OfficerError::Denied);
        };
        // The same code twice at the same moment counts once; whoever was ended or reset meanwhile does not come in.
        if !officer::save(&mut tx, &stored).await? {
            return Err(OfficerError::Denied);
        }
        follow::not_missed(&mut tx, &subject, &hour).await?;
        let session = self.secret();
        session::begin(&mut tx, stored.officer.id, &token_hash(&session), now).await?;
        self.noted(&mut tx, &login, how, how == RECOVERED).await?;
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
        session::end_all(&mut tx, stored.officer.id, None).await?;
        session::begin(&mut tx, stored.officer.id, &token_hash(&session), now).await?;
        self.noted(&mut tx, login, PASSWORD_CHANGED, true).await?;
        tx.commit().await?;
        Ok(Some(session))
    }

    /// What the code proves.
    fn prove(&self, mut stored: Stored, code: &str, now: Timestamp) -> Proof {
        let step = stored.totp_step;
        let secret = stored.totp.as_deref().and_then(|sealed| self.keys.open(TOTP, sealed).ok());
        let Some(secret) = secret.and_then(|secret| hex::decode(secret.expose_secret()).ok()) else { return Proof::None };
        let Ok(codes) = self.totp(&secret, &stored.officer.login) else { return Proof::None };
        if let Some(used) = codes.check(code, seconds(now)).and_then(|used| i64::try_from(used).ok()) {
            // A code is good once, and none before it.
            stored.totp_step = used;
            return if used > step { Proof::Of(Box::new(stored), "signed in") } else { Proof::UsedBefore };
        }
        let given = self.keys.digests(RECOVERY, &plain(code));
        let fits = |known: &String| given.iter().any(|given| given.as_bytes().ct_eq(known.as_bytes()).into());
        let Some(at) = stored.recovery.iter().position(fits) else { return Proof::None };
        stored.recovery.remove(at);
        Proof::Of(Box::new(stored), RECOVERED)
    }

    /// Notes something about how an officer signs in; what they must know of is shown to them until they have looked.
    pub(super) async fn noted(&self, tx: &mut Tx, login: &str, action: &str, told: bool) -> Result<()> {
        if told {
            tracing::warn!(login, action, "how an officer signs in");
            officer::alert(tx, login).await?;
        }
        Ok(note(tx, &self.keys, self.clock.as_ref(), login, action, login).await?)
    }

    /// The session of a cookie, if it is good. It goes on while its officer is `active`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, secret: &str, active: bool) -> Result<Option<Session>> {
        let (now, key) = (self.clock.now(), token_hash(secret));
        let mut tx = self.store.read().await?;
        let Some(open) = session::load(&mut tx, &key, now.minus(LONGEST), now.minus(IDLE)).await? else {
            return Ok(None);
        };
        drop(tx);
        if active && open.seen_at.until(now) >= NOTED {
            let mut tx = self.store.write().await?;
            session::seen(&mut tx, &key, now).await?;
            tx.commit().await?;
        }
        let form_key = self.keys.digests(FORMS, &key).swap_remove(0);
        Ok(Some(Session { officer: open.officer, form_key, key, alerts: open.alerts }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, secret: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        if let Some(login) = session::end(&mut tx, &token_hash(secret)).await? {
            self.noted(&mut tx, &login, "signed out", false).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// A try that was counted.
struct Tried {
    login: String,
    subject: String,
    hour: String,
    /// It was the last one of this hour.
    locked: bool,
}

/// What was proven by a code.
enum Proof {
    /// It is this officer, as they are when the code is used up; and how.
    Of(Box<Stored>, &'static str),
    /// Nothing: the code was good once.
    UsedBefore,
    /// Nothing.
    None,
}

/// No more of what was typed than a password may have.
fn cut(typed: &str) -> String {
    typed.chars().take(LONGEST_PASSWORD + 1).collect()
}
