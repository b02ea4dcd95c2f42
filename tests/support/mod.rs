//! What tests are made with: a clock that stands still, both databases, a fake Telegram, and a whole bot without a
//! network. Every helper complains about what a test left behind.

pub mod cable;
pub mod clock;
pub mod database;
pub mod house;
pub mod letterbox;
pub mod office;
pub mod process;
pub mod telegram;
pub mod zalo;
pub mod zalo_bot;

pub use clock::ManualClock;
pub use database::each_database;
pub use house::House;
