//! scratch
mod clock;
pub use clock::SystemClock;
