//! Time as a value. Nothing but `app` and `cli` may read a clock; everybody else is told what time it is.

use std::fmt;
use std::time::Duration;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A moment, in milliseconds since 1970 (UTC): the form in which both databases keep it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// After everything.
    pub const END: Self = Self(i64::MAX);

    /// This moment and `duration` more.
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)))
    }

    /// This moment less `duration`.
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long until `later`; zero when it has passed.
    pub fn until(self, later: Self) -> Duration {
        Duration::from_millis(u64::try_from(later.0.saturating_sub(self.0)).unwrap_or(0))
    }

    /// The least UUIDv7 of this moment: whatever was given an id before has a lesser one.
    pub fn first_id(self) -> Uuid {
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(self.0).unwrap_or(0), &[0; 10]).into_uuid()
    }

    /// The civil date in Viet Nam (UTC+7 all year, no summer time).
    pub fn date(self) -> Date {
        self.zoned().date()
    }

    /// The beginning of `day` in Viet Nam.
    pub fn midnight(day: Date) -> Self {
        let zoned = day.to_zoned(TimeZone::fixed(Offset::constant(7)));
        Self(zoned.map_or(0, |zoned| zoned.timestamp().as_millisecond()))
    }

    /// When a promised time is over: a date without a time of day ends with its day.
    pub fn end_of_promise(self) -> Self {
        let zoned = self.zoned();
        if (zoned.hour(), zoned.minute()) == (0, 0) { self.plus(Duration::from_secs(24 * 60 * 60)) } else { self }
    }

    /// Whether people sleep in Viet Nam: from 22 to 6 o'clock.
    pub fn is_night(self) -> bool {
        !(6..22).contains(&self.zoned().hour())
    }

    /// The end of the night that this moment is in; itself by day.
    pub fn after_night(self) -> Self {
        let mut at = self;
        while at.is_night() {
            at = at.plus(Duration::from_secs(60));
        }
        Self(at.0 - if at == self { 0 } else { at.0.rem_euclid(60_000) })
    }

    /// The moment when the clock shows `time` on `day` in Viet Nam.
    pub fn at(day: Date, time: Time) -> Self {
        let zoned = day.to_datetime(time).to_zoned(TimeZone::fixed(Offset::constant(7)));
        Self(zoned.map_or(0, |zoned| zoned.timestamp().as_millisecond()))
    }

    /// What the clock shows in Viet Nam.
    pub fn time(self) -> Time {
        self.zoned().time()
    }

    /// Whether it is earlier in the day than `hour`, in Viet Nam.
    pub fn is_before_hour(self, hour: i8) -> bool {
        self.zoned().hour() < hour
    }

    fn zoned(self) -> jiff::Zoned {
        let moment = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        moment.to_zoned(TimeZone::fixed(Offset::constant(7)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zoned().strftime("%Y-%m-%d %H:%M:%S").to_string())
    }
}

/// The two things a pure program cannot make: the time, and an identity nobody has used.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// A fresh UUIDv7. Ids of one process sort in the order in which they were made.
    fn fresh_id(&self) -> Uuid;

    /// A fresh random secret of 122 bits, for a browser's cookie.
    fn secret(&self) -> Uuid;
}

/// `21/11/2026`: the order of days and months in Viet Nam, in both languages.
pub fn written(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_that_of_viet_nam() {
        // 2026-11-20 17:00:00 UTC is midnight of the 21st in Hà Nội.
        let midnight = Timestamp(1_795_194_000_000);
        assert_eq!(midnight.date().to_string(), "2026-11-21");
        assert_eq!(midnight.after_night().to_string(), "2026-11-21 06:00:00");
        let noon = midnight.plus(Duration::from_secs(12 * 3600));
        assert_eq!((noon.after_night(), noon.is_night()), (noon, false));
        assert_eq!(midnight.minus(Duration::from_millis(1)).date().to_string(), "2026-11-20");
    }

    #[test]
    fn ids_tell_when_they_were_made() {
        let moment = Timestamp(1_795_194_000_000);
        let made = |at: Timestamp| Uuid::new_v7(uuid::Timestamp::from_unix_time(at.0 as u64 / 1000, at.0 as u32 % 1000, 0, 0));
        let before = Uuid::new_v7(uuid::Timestamp::from_unix_time(1_795_193_999, 999_000_000, 0, 0));
        assert!(before < moment.first_id() && before.to_string() < moment.first_id().to_string());
        assert!(made(moment) > moment.first_id());
        assert_eq!(moment.first_id().get_version_num(), 7);
    }
}
