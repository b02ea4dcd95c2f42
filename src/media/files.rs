//! Files on disk: sealed, under the hash of what they hold.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::AsyncWriteExt;

use crate::channel::{InboxError, Spool};
use crate::domain::Clock;
use crate::domain::file::{FileKind, Kept};
use crate::seal::{Keyring, SealError};

/// What files are sealed for.
const PURPOSE: &str = "file";
/// A file that nobody names may be one whose turn is not written yet.
const YOUNG: Duration = Duration::from_secs(24 * 60 * 60);
/// Where what browsers sent waits to be looked at.
const ARRIVED: &str = "arrived";

/// Why a file cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not there any more.
    #[error("the file is not there any more")]
    Gone,
    /// The disk said so.
    #[error("{path}: {cause}")]
    Disk {
        /// Where.
        path: PathBuf,
        /// What.
        cause: std::io::Error,
    },
    /// It cannot be opened.
    #[error(transparent)]
    Sealed(#[from] SealError),
}

/// A folder of files.
#[derive(Clone)]
pub struct Files {
    folder: PathBuf,
    keys: Keyring,
    clock: Arc<dyn Clock>,
}

impl Files {
    /// Files in `folder`, sealed with `keys`. The folder is made when the first is kept.
    pub fn new(folder: PathBuf, keys: Keyring, clock: Arc<dyn Clock>) -> Self {
        Self { folder, keys, clock }
    }

    /// Keeps `bytes`. The same twice are kept once.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn keep(&self, bytes: &[u8], kind: FileKind) -> Result<Kept, FileError> {
        let hash = hex::encode(Sha256::digest(bytes));
        self.write(&self.at(&hash), bytes).await?;
        Ok(Kept { hash, kind, bytes: bytes.len() as u64 })
    }

    /// The bytes of a kept file.
    ///
    /// # Errors
    /// When it is gone, damaged, or sealed with another key.
    pub async fn read(&self, hash: &str) -> Result<Vec<u8>, FileError> {
        self.open(&self.at(hash)).await
    }

    /// What a browser sent, by the name that [`Spool::put`] gave it.
    ///
    /// # Errors
    /// When it is gone.
    pub(super) async fn arrived(&self, name: &str) -> Result<Vec<u8>, FileError> {
        self.open(&self.folder.join(ARRIVED).join(file_name(name))).await
    }

    /// Forgets what a browser sent.
    pub(super) async fn forget_arrived(&self, name: &str) {
        // What is left by a failure goes with the next sweep.
        let _ = fs::remove_file(self.folder.join(ARRIVED).join(file_name(name))).await;
    }

    /// Deletes files that are not among `named` and have been there for a day. Returns how many.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn sweep(&self, named: &HashSet<String>) -> Result<usize, FileError> {
        let mut gone = 0;
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            let disk = |cause| FileError::Disk { path: folder.clone(), cause };
            let mut entries = match fs::read_dir(&folder).await {
                Ok(entries) => entries,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(disk(error)),
            };
            while let Some(entry) = entries.next_entry().await.map_err(disk)? {
                let about = entry.metadata().await.map_err(disk)?;
                if about.is_dir() {
                    folders.push(entry.path());
                } else if !named.contains(&*entry.file_name().to_string_lossy()) && self.is_old(about.modified().ok()) {
                    fs::remove_file(entry.path()).await.map_err(disk)?;
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }

    fn is_old(&self, modified: Option<SystemTime>) -> bool {
        let since = modified.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
        let now = Duration::from_millis(u64::try_from(self.clock.now().0).unwrap_or_default());
        now.saturating_sub(since) >= YOUNG
    }

    fn at(&self, hash: &str) -> PathBuf {
        let name = file_name(hash);
        self.folder.join(name.get(..2).unwrap_or("00")).join(name)
    }

    /// Written beside and moved into place, so that nobody ever reads half a file.
    async fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let disk = |cause| FileError::Disk { path: path.to_owned(), cause };
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).await.map_err(disk)?;
        let beside = folder.join(format!("{}.part", self.clock.fresh_id().simple()));
        let sealed = self.keys.seal_bytes(PURPOSE, bytes);
        let mut file = fs::File::create(&beside).await.map_err(disk)?;
        file.write_all(&sealed).await.map_err(disk)?;
        file.sync_all().await.map_err(disk)?;
        fs::rename(&beside, path).await.map_err(disk)
    }

    async fn open(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        let sealed = match fs::read(path).await {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(FileError::Gone),
            Err(cause) => return Err(FileError::Disk { path: path.to_owned(), cause }),
        };
        Ok(self.keys.open_bytes(PURPOSE, &sealed)?)
    }
}

#[async_trait]
impl Spool for Files {
    async fn put(&self, bytes: Vec<u8>) -> Result<String, InboxError> {
        let name = self.clock.secret().simple().to_string();
        let path = self.folder.join(ARRIVED).join(&name);
        self.write(&path, &bytes).await.map_err(|error| InboxError(error.to_string()))?;
        Ok(name)
    }
}

/// A name without anything that leads to another folder.
fn file_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}
