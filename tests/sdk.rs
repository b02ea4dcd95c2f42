//! Our fakes of Zalo's services, talked with by clients that others wrote.

use std::process::Stdio;

use tokio::process::Command;

use crate::support::zalo::{APP, APP_SECRET, FakeZalo};
use crate::support::zalo_bot::{FakeZaloBot, TOKEN};

/// `tests/run` installs the clients where Python is, and tells which Python has them.
#[tokio::test]
async fn clients_by_others_understand_the_fakes() {
    let Some(python) = std::env::var_os("TEST_SDK_PYTHON") else {
        eprintln!("skipped: tests/run sets TEST_SDK_PYTHON where Python and its clients of Zalo are");
        return;
    };
    let (bot, oa) = (FakeZaloBot::start().await, FakeZalo::start().await);
    let user = "9950320425262095484";
    bot.says("a1", "m1", "xin chào");
    bot.says("a1", "m2", "xin chào lần nữa");
    oa.spoke(user);
    let (access, refresh) = oa.pair();
    let url = |url: String| url.trim_end_matches('/').to_owned();
    let (bot_url, oa_url) = (url(bot.url()), url(oa.url()));
    let mut check = Command::new(python);
    check.arg("tests/sdk/zalo_sdks.py").args([&bot_url, TOKEN, &oa_url, APP, APP_SECRET, &access, &refresh, user]);
    let done = check.stdin(Stdio::null()).output().await.unwrap();
    let said = [done.stdout, done.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(done.status.success(), "{said}");
    assert_eq!(oa.sent().len(), 2);
    assert_eq!(bot.sent().iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["chào bạn (form)", "chào bạn (json)"]);
}
