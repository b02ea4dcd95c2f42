//! What a statement costs must not grow with what was answered long ago: SQLite has no figures of its tables to choose by, so its
//! plans are looked at here. PostgreSQL has, but they are a minute old: what comes in a flood is taken for a few rows.

use std::path::Path;

use motcua::store::{Connections, Store};
use regex::Regex;
use sqlx::{AssertSqlSafe, Row};

use super::architecture::rust_files;
use super::support;

/// Tables that grow with every message.
const GROWING: [&str; 10] =
    ["inbound", "outbox", "recipient", "conversation", "delivery_attempt", "ticket", "dossier", "follow", "citizen", "rated"];
/// Indexes of what is open or under way only: small, however long the table is.
const OF_FEW: [&str; 6] =
    ["inbound_waiting", "inbound_pending", "outbox_open", "outbox_open_of_peer", "recipient_going", "conversation_wake"];
/// Statements that may read a whole table: upkeep, once a night; figures; what a person does by hand, once in a while.
const RARE: [&str; 15] = [
    "SELECT peer, settled_at FROM outbox WHERE channel = $1 AND settled_at > $2",
    "SELECT COUNT(CASE WHEN last_interaction",
    "SELECT channel, COALESCE(error, ''), COUNT(*) FROM outbox",
    "SELECT COUNT(*) FROM conversation AS talk",
    "SELECT ring, channel, CASE WHEN state = 1",
    "SELECT place, opened_at, answered_at",
    "SELECT id FROM outbox WHERE channel = $1 AND settled_at < $2",
    "DELETE FROM outbox WHERE channel = 'telegram'",
    "DELETE FROM ticket_note WHERE ticket IN",
    "DELETE FROM enclosure WHERE ticket IN",
    "DELETE FROM ticket WHERE channel",
    "UPDATE ticket SET peer = $3",
    "SELECT enclosure.stored FROM enclosure JOIN ticket",
    "SELECT (SELECT COUNT(*) FROM inbound WHERE channel = $1",
    "SELECT topic.ticket FROM topic JOIN ticket",
];

#[tokio::test]
async fn no_statement_reads_what_was_answered_long_ago() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("plans.db").to_str().unwrap()).await.unwrap();
    let Connections::Sqlite { read, .. } = &store.on else { unreachable!("a file is SQLite's") };
    let statement = Regex::new(r#""((?:SELECT|UPDATE|DELETE)\b[^"]*)""#).unwrap();
    let spaces = Regex::new(r"\s+").unwrap();
    let only_channel = Regex::new(r"^SEARCH \w+ USING .*\(channel=\?( AND settled_at[<>]\?)?\)").unwrap();
    let (mut seen, mut costly) = (0, Vec::new());
    for file in rust_files(Path::new("src/store")) {
        let source = std::fs::read_to_string(&file).unwrap();
        for found in statement.captures_iter(&source) {
            let sql = spaces.replace_all(&found[1], " ").trim().to_owned();
            // Parts of statements, and what only PostgreSQL knows, cannot be explained.
            let explained = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(read).await;
            let Ok(steps) = explained else { continue };
            seen += 1;
            for step in steps.iter().map(|step| step.get::<String, _>(3)) {
                let whole = step.starts_with("SCAN ") || only_channel.is_match(&step);
                let growing = GROWING.iter().any(|table| sql.contains(&format!(" {table}")));
                let few = OF_FEW.iter().any(|index| step.contains(&format!("INDEX {index}")));
                // Aliases of other tables; rows that stand in the statement itself.
                let other = ["SCAN answer", "SCAN topic", "SCAN broadcast", "SCAN place", "SCAN paper", "CONSTANT ROW"]
                    .iter()
                    .any(|of| step.contains(of));
                if whole && growing && !few && !other && !RARE.iter().any(|rare| sql.starts_with(rare)) {
                    costly.push(format!("{}: {step}\n    {sql}", file.display()));
                }
            }
        }
    }
    assert!(seen > 200, "only {seen} statements were found");
    assert!(costly.is_empty(), "{}", costly.join("\n"));
}

/// To find out what is first of its conversation, each row that waits must not be compared with each other one.
#[tokio::test]
async fn a_flood_is_not_compared_with_itself() {
    let store = Store::open(support::database::postgres("flood").await.as_str()).await.unwrap();
    let Connections::Postgres(pool) = &store.on else { unreachable!("the address is PostgreSQL's") };
    let mut connection = pool.acquire().await.unwrap();
    sqlx::raw_sql("SET plan_cache_mode = force_generic_plan").execute(&mut *connection).await.unwrap();
    let statement = Regex::new(r#""((?:SELECT|UPDATE)\b[^"]*MIN\(first\.id\)[^"]*)""#).unwrap();
    let mut seen = 0;
    for file in rust_files(Path::new("src/store")) {
        let source = std::fs::read_to_string(&file).unwrap();
        for found in statement.captures_iter(&source) {
            // The end of one is added to it as the database wants it.
            let open = found[1].matches('(').count() - found[1].matches(')').count();
            let parameters =
                (1..10).filter(|number| found[1].contains(&format!("${number}"))).map(|_| "NULL").collect::<Vec<_>>();
            let prepare = format!("PREPARE waiting AS {}{}", &found[1], ")".repeat(open));
            sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut *connection).await.unwrap();
            let explain = format!("EXPLAIN EXECUTE waiting({})", parameters.join(", "));
            let plan = sqlx::raw_sql(AssertSqlSafe(explain)).fetch_all(&mut *connection).await.unwrap();
            let plan = plan.iter().map(|line| line.get::<String, _>(0)).collect::<Vec<_>>().join("\n");
            assert!(plan.contains("SubPlan") && !plan.contains("Join Filter"), "{}:\n{plan}", file.display());
            sqlx::raw_sql("DEALLOCATE waiting").execute(&mut *connection).await.unwrap();
            seen += 1;
        }
    }
    assert_eq!(seen, 3, "taking on what waits, claiming, and when the next is due");
}
