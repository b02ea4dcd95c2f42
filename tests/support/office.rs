//! An agency and its one-stop software beside a house.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use motcua::api;
use motcua::domain::{Address, ChannelName, Clock, DossierCode};
use motcua::i18n::Wording;
use motcua::seal::Keyring;
use motcua::service::agency::{Agencies, Issued, NewAgency};
use motcua::service::dossier::{FollowLinks, Intake, Pusher};
use motcua::store::{Store, dossier};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::House;
use super::house::{KEY, LIBRARY};

/// A dossier of the tests.
pub const CODE: &str = "H44.101-261015-0042";

/// A house with an agency's API beside it.
pub struct Office {
    pub house: House,
    pub api: Router,
    pub pusher: Pusher,
    pub keys: Issued,
}

impl Office {
    pub async fn open(store: Store) -> Self {
        let house = House::new(store.clone());
        let clock = || Arc::clone(&house.clock) as Arc<dyn Clock>;
        let ring = Keyring::read(&KEY.to_owned().into()).unwrap();
        let agencies = Agencies { store: store.clone(), clock: clock(), keys: ring.clone() };
        let keys = {
            let (slug, name, hotline) = ("ubnd-mau", "UBND phường mẫu", Some("0210 000 000"));
            agencies.issue(NewAgency { slug, name, hotline, mapping: "national", ..NewAgency::default() }, "clerk").await.unwrap()
        };
        let intake = Intake { store: store.clone(), clock: clock(), keys: ring.clone(), gather: Duration::from_secs(60) };
        let links = FollowLinks { store: store.clone(), clock: clock() };
        let broadcasts = crate::broadcast::office(&house);
        let api = api::routes(agencies, intake, links, broadcasts, Some("https://hoi.example/".parse().unwrap()), None);
        let library = Arc::new(ArcSwap::new(Arc::clone(&LIBRARY)));
        let pusher =
            Pusher { store, keys: ring, library, wording: Arc::new(Wording::default()), clock: clock(), written: Vec::new() };
        Self { house, api, pusher, keys }
    }

    pub async fn request(&self, path: &str, headers: &[(&str, &str)], body: &str) -> (StatusCode, Value) {
        let mut request = Request::post(path).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.api.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    /// Tells of events with the bearer key.
    pub async fn tells(&self, events: Value) -> (StatusCode, Value) {
        let bearer = format!("Bearer {}", self.keys.bearer.expose_secret());
        self.request("/api/v1/dossiers/events", &[("authorization", &bearer)], &json!({ "events": events }).to_string()).await
    }

    pub async fn stored(&self, code: &str) -> dossier::Stored {
        let key = DossierCode::read(code).unwrap().key();
        dossier::load(&mut self.house.store.read().await.unwrap(), &key).await.unwrap().unwrap()
    }

    /// A minute passes, and followers are told.
    pub async fn push(&mut self) {
        self.house.clock.advance(Duration::from_secs(61));
        while self.pusher.push().await.unwrap() > 0 {}
        self.house.deliver().await;
    }

    pub fn last(&self) -> String {
        self.house.sent().last().map(|(_, text)| text.clone()).unwrap_or_default()
    }

    /// Somebody looks the dossier up and follows it.
    pub async fn follows(&mut self, at: &Address) {
        self.house.talk(at, CODE).await;
        assert!(self.house.talk(at, "0123").await.contains("N. V. Thử"));
        assert!(self.house.talk(at, "đồng ý, theo dõi hồ sơ này").await.starts_with("Từ giờ hồ sơ"));
    }
}

pub fn event(id: &str, status: &str, at: &str) -> Value {
    json!({ "event_id": id, "code": CODE, "status": status, "at": at, "procedure_code": "1.004222.000.00.00.H44",
        "procedure_name": "Đăng ký thường trú", "applicant_name": "NGUYỄN VĂN THỬ", "phone": "0900000123",
        "identity": "025190004567", "office": "Công an phường mẫu", "appointment_at": "2026-11-26 16:30:00" })
}

pub fn citizen() -> Address {
    Address::new(ChannelName::Telegram, "5")
}
