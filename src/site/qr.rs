//! An address as a code that a phone's camera reads.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// Side of the picture, in pixels of the page; print scales it.
const SIDE: u32 = 132;

/// The code as SVG; `None` for an address that is too long for one.
pub(super) fn svg(address: &str) -> Option<String> {
    // Paper is folded and gets dirty: a quarter of the code may be lost.
    let code = QrCode::with_error_correction_level(address, EcLevel::Q).ok()?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).quiet_zone(true).build();
    // The declaration of XML has no place inside a page.
    picture.find("<svg").map(|start| picture[start..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_picture_and_one_too_long_does_not() {
        assert!(svg("https://motcua.example/open/dang-ky-khai-sinh").is_some_and(|picture| picture.starts_with("<svg")));
        assert_eq!(svg(&"x".repeat(5000)), None);
    }
}
