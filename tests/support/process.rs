//! The real program as a process of its own.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running `motcua`, killed when dropped.
pub struct Process {
    child: Child,
    pub port: u16,
}

/// The program with an environment of its own and `folder` as its home. `knowledge/` is not there: it uses the copy
/// inside.
pub fn motcua(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

/// A port nobody uses right now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Process {
    /// Starts `motcua serve` with `env` and waits until it answers.
    pub async fn serve(folder: &Path, port: u16, env: &[(&str, &str)]) -> Self {
        let mut command = motcua(folder);
        command.env("MOTCUA_LISTEN", format!("127.0.0.1:{port}")).envs(env.iter().copied());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let process = Self { child, port };
        let client = reqwest::Client::new();
        wait_until("the program answers", || {
            let request = client.get(format!("http://127.0.0.1:{port}/healthz")).send();
            async move { request.await.is_ok_and(|answer| answer.status().is_success()) }
        })
        .await;
        process
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// `SIGTERM`, and the exit code.
    pub fn terminate(mut self) -> Option<i32> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks again and again until `done`, as one must with another process; fails loudly after a minute.
pub async fn wait_until<F, Fut>(what: &str, mut done: F)
where
    F: FnMut() -> Fut,
    Fut: Future<Output = bool>,
{
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    let patience = async {
        while !done().await {
            ticks.tick().await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(60), patience).await.is_ok(), "waited a minute in vain until {what}");
}
