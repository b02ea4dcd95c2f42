//! An inbox that keeps what arrives, and refuses as told.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use motcua::channel::{Inbox, InboxError, Overheard, Received};
use motcua::domain::Receipt;

/// The inbox.
#[derive(Default)]
pub struct Letterbox {
    pub received: Mutex<Vec<Received>>,
    pub overheard: Mutex<Vec<Overheard>>,
    pub receipts: Mutex<Vec<Receipt>>,
    pub broken: AtomicBool,
}

impl Letterbox {
    fn works(&self) -> Result<(), InboxError> {
        if self.broken.load(Ordering::SeqCst) { Err(InboxError("disk full".into())) } else { Ok(()) }
    }
}

#[async_trait]
impl Inbox for Letterbox {
    async fn accept(&self, received: Received) -> Result<(), InboxError> {
        self.works()?;
        self.received.lock().unwrap().push(received);
        Ok(())
    }

    async fn accept_overheard(&self, overheard: Overheard) -> Result<(), InboxError> {
        self.works()?;
        self.overheard.lock().unwrap().push(overheard);
        Ok(())
    }

    async fn accept_receipts(&self, receipts: Vec<Receipt>) -> Result<(), InboxError> {
        self.works()?;
        self.receipts.lock().unwrap().extend(receipts);
        Ok(())
    }
}
