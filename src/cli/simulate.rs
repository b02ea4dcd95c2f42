//! `motcua dossiers simulate`: agencies that tell of dossiers through the real API, for demonstrations and measurements.

use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use url::Url;

use crate::api::MOST_ROWS;
use crate::app::SystemClock;
use crate::domain::{Clock, Timestamp};

/// Procedures and their offices, as a commune has them.
const PROCEDURES: [(&str, &str); 5] = [
    ("1.001193", "Đăng ký khai sinh"),
    ("1.004222", "Đăng ký thường trú"),
    ("2.000815", "Chứng thực bản sao từ bản chính"),
    ("1.000894", "Đăng ký kết hôn"),
    ("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân"),
];
/// How a dossier goes: its statuses, one event each.
const COURSE: [u8; 4] = [2, 4, 9, 10];
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Send made-up events to a running server, as fast as it takes them, and tell how fast that was.
#[derive(Debug, clap::Args)]
pub struct Simulate {
    /// The server.
    #[arg(long, default_value = "http://127.0.0.1:8080/")]
    server: Url,
    /// The bearer key of an agency (`motcua agency add`).
    #[arg(long, env = "MOTCUA_AGENCY_KEY", hide_env_values = true)]
    bearer: String,
    /// How many agencies to play.
    #[arg(long, default_value_t = 24)]
    agencies: u32,
    /// Dossiers a day from each.
    #[arg(long, default_value_t = 2000)]
    per_day: u32,
    /// Days to play.
    #[arg(long, default_value_t = 1)]
    days: u32,
    /// Events in one request.
    #[arg(long, default_value_t = MOST_ROWS)]
    batch: usize,
}

impl Simulate {
    #[expect(clippy::disallowed_methods, reason = "it measures")]
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let client = reqwest::Client::new();
        let url = self.server.join("api/v1/dossiers/events")?;
        let today = SystemClock.now();
        let (start, mut sent, mut slowest) = (Instant::now(), 0usize, Duration::ZERO);
        for (step, status) in COURSE.iter().enumerate() {
            let events = (0..self.days).flat_map(|day| (0..self.agencies).map(move |agency| (day, agency)));
            let events = events.flat_map(|(day, agency)| (0..self.per_day).map(move |number| (day, agency, number)));
            let mut events = events.map(|(day, agency, number)| event(today, day, agency, number, step, *status)).peekable();
            while events.peek().is_some() {
                let batch: Vec<Value> = events.by_ref().take(self.batch).collect();
                sent += batch.len();
                let begun = Instant::now();
                loop {
                    let request = client.post(url.clone()).bearer_auth(&self.bearer).json(&json!({ "events": batch }));
                    let answer = request.send().await.context("the server does not answer")?;
                    let wait = answer.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.parse().ok());
                    if let Some(seconds) = wait {
                        tokio::time::sleep(Duration::from_secs(seconds)).await;
                        continue;
                    }
                    let status = answer.status();
                    anyhow::ensure!(status.is_success(), "{status}: {}", answer.text().await?);
                    break;
                }
                slowest = slowest.max(begun.elapsed());
            }
        }
        let took = start.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a rate")]
        let rate = sent as f64 / took;
        println!("{sent} events in {took:.1} s: {rate:.0} a second, slowest request {} ms", slowest.as_millis());
        Ok(())
    }
}

fn event(today: Timestamp, day: u32, agency: u32, number: u32, step: usize, status: u8) -> Value {
    let received = today.minus(HOUR * 24 * (day + 10));
    let at = received.plus(HOUR * 24 * u32::try_from(step).unwrap_or_default());
    let (code, name) = PROCEDURES[number as usize % PROCEDURES.len()];
    let date = received.date().strftime("%y%m%d").to_string();
    json!({
        "event_id": format!("sim-{day}-{agency}-{number}-{status}"),
        "code": format!("H44.{agency:03}-{date}-{number:05}"),
        "status": status.to_string(), "at": at.to_string(),
        "procedure_code": code, "procedure_name": name,
        "office": format!("UBND xã thử {agency}"), "applicant_name": "NGUYỄN VĂN THỬ",
        "phone": format!("09{agency:04}{:04}", number % 10_000),
        "received_at": received.to_string(), "appointment_at": received.plus(HOUR * 24 * 7).to_string(),
    })
}
