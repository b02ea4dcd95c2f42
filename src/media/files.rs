//! Files on disk: sealed, under a hash of what they hold and what they came with.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::channel::{InboxError, Spool};
use crate::domain::Clock;
use crate::domain::file::{FileKind, Kept};
use crate::seal::{Keyring, SealError, purpose};

/// What files are sealed for.
const PURPOSE: &str = purpose::FILE;
/// A file that nobody names may be one whose turn is not written yet; what is discarded goes at once, not by the sweep.
const YOUNG: Duration = Duration::from_secs(24 * 60 * 60);
/// Where what browsers sent waits to be looked at.
const ARRIVED: &str = "arrived";
/// How half a file is called.
const PART: &str = ".part";

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

    /// Keeps `bytes` that came with the message `inbound`. Kept again after a crash they are one file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn keep(&self, inbound: Uuid, bytes: &[u8], kind: FileKind) -> Result<Kept, FileError> {
        let hash = hex::encode(Sha256::digest(bytes));
        let stored = hex::encode(Sha256::new_with_prefix(inbound.as_bytes()).chain_update(bytes).finalize());
        self.write(&self.at(&stored), bytes).await?;
        Ok(Kept { hash, stored, kind, bytes: bytes.len() as u64 })
    }

    /// The bytes of a kept file, by its [`Kept::stored`].
    ///
    /// # Errors
    /// When it is gone, damaged, or sealed with another key.
    pub async fn read(&self, stored: &str) -> Result<Vec<u8>, FileError> {
        self.open(&self.at(stored)).await
    }

    /// Takes a kept file off the disk. One that is not there is no error.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn remove(&self, stored: &str) -> Result<(), FileError> {
        let path = self.at(stored);
        match fs::remove_file(&path).await {
            Err(cause) if cause.kind() != ErrorKind::NotFound => Err(FileError::Disk { path, cause }),
            _ => Ok(()),
        }
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

    /// Deletes files of ours that are not among `named` and have been there for a day: what a crash left. Returns how many.
    /// Whatever else lies in the folder stays.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn sweep(&self, named: &HashSet<String>) -> Result<usize, FileError> {
        let mut gone = 0;
        for folder in self.names(&self.folder).await? {
            let is_ours = folder == ARRIVED || (folder.len() == 2 && is_hex(&folder));
            let folder = self.folder.join(&folder);
            for name in if is_ours { self.names(&folder).await? } else { Vec::new() } {
                let plain = name.strip_suffix(PART).unwrap_or(&name);
                if !is_hex(plain) || ![32, 64].contains(&plain.len()) || named.contains(&name) {
                    continue;
                }
                let path = folder.join(&name);
                // Another process may have been faster.
                let Ok(about) = fs::metadata(&path).await else { continue };
                if about.is_file() && self.is_old(about.modified().ok()) && fs::remove_file(&path).await.is_ok() {
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }

    /// Seals every kept file with the newest key that is not sealed with it. Returns how many.
    ///
    /// # Errors
    /// When the disk refuses, or a file was sealed with a key that is not there; what was done until then stays done.
    pub async fn seal_anew(&self) -> Result<usize, FileError> {
        let newest = self.keys.names().first().map(|name| format!("{name}.")).unwrap_or_default();
        let mut done = 0;
        for folder in self.names(&self.folder).await? {
            if folder.len() != 2 || !is_hex(&folder) {
                continue; // what just arrived is looked at and gone within a day
            }
            for name in self.names(&self.folder.join(&folder)).await? {
                let path = self.folder.join(&folder).join(&name);
                let sealed = match fs::read(&path).await {
                    Ok(sealed) if sealed.starts_with(newest.as_bytes()) || !is_hex(&name) => continue,
                    Ok(sealed) => sealed,
                    Err(error) if error.kind() == ErrorKind::NotFound => continue,
                    Err(cause) => return Err(FileError::Disk { path, cause }),
                };
                self.write(&path, &self.keys.open_bytes(PURPOSE, &sealed)?).await?;
                done += 1;
            }
        }
        Ok(done)
    }

    /// The names in a folder; none when it is not there.
    async fn names(&self, folder: &Path) -> Result<Vec<String>, FileError> {
        let disk = |cause| FileError::Disk { path: folder.to_owned(), cause };
        let mut entries = match fs::read_dir(folder).await {
            Ok(entries) => entries,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
            Err(error) => return Err(disk(error)),
        };
        let mut names = Vec::new();
        while let Some(entry) = entries.next_entry().await.map_err(disk)? {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
        Ok(names)
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
        let beside = folder.join(format!("{}{PART}", self.clock.fresh_id().simple()));
        let sealed = self.keys.seal_bytes(PURPOSE, bytes);
        let mut file = fs::File::create(&beside).await.map_err(disk)?;
        file.write_all(&sealed).await.map_err(disk)?;
        file.sync_all().await.map_err(disk)?;
        fs::rename(&beside, path).await.map_err(disk)?;
        // The name must survive a power cut as well: what names it in the database does.
        fs::File::open(folder).await.map_err(disk)?.sync_all().await.map_err(disk)
    }

    async fn open(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        let sealed = match fs::read(path).await {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(FileError::Gone),
            Err(cause) => return Err(FileError::Disk { path: path.to_owned(), cause }),
        };
        Ok(self.keys.open_bytes(PURPOSE, &sealed)?)
    }
}

#[async_trait]
impl Spool for Files {
    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<String, InboxError> {
        let name = file_name(name);
        let path = self.folder.join(ARRIVED).join(&name);
        self.write(&path, &bytes).await.map_err(|error| InboxError(error.to_string()))?;
        Ok(name)
    }

    async fn get(&self, stored: &str) -> Result<Option<Vec<u8>>, InboxError> {
        match self.read(stored).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(FileError::Gone) => Ok(None),
            Err(error) => Err(InboxError(error.to_string())),
        }
    }
}

/// A name without anything that leads to another folder.
fn file_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn is_hex(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_hexdigit())
}
