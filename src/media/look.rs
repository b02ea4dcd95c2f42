//! What a file is, by its bytes: the words of its QR code, and a copy that can be kept.
//!
//! `image` decodes (its decoders are in safe Rust), `rqrr` finds QR codes.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use rqrr::PreparedImage;

use crate::domain::Refusal;
use crate::domain::file::{Code, FileKind, MOST_BYTES, is_identity_code};

/// Points of a photo that are decoded: 24 million are the most that common telephones take by themselves.
const MOST_POINTS: u64 = 24_000_000;
/// Longest side: beyond it is a strip that no camera takes.
const LONGEST_SIDE: u32 = 12_000;
/// Bytes that a decoder may ask for: the points in 16 bits and four colours.
const MOST_MEMORY: u64 = MOST_POINTS * 8;
/// The longer side of a photo that is kept: 190 dots an inch on a sheet of A4, good for reading small print.
const KEPT_SIDE: u32 = 2_200;
/// The longer sides in which a QR code is looked for: small ones are quick, and blur what disturbs; large ones see small codes.
const QR_SIDES: [u32; 3] = [800, 1_600, KEPT_SIDE];
const QUALITY: u8 = 82;

/// What a file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// A QR code that concerns us, if there is one.
    pub code: Option<Code>,
    /// A copy that can be kept.
    pub copy: Vec<u8>,
    /// What the copy is.
    pub kind: FileKind,
}

/// Looks at a file. This decodes what a stranger made: call it in a process of its own ([`super::Eyes`]).
///
/// # Errors
/// Why it cannot be taken. Identity cards with a readable code are refused here, whatever else is beside them.
pub fn look(bytes: Vec<u8>) -> Result<Sight, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    if bytes.starts_with(b"%PDF-") {
        return pdf(bytes);
    }
    let image = decode(&bytes)?;
    // Eight bits and three colours before anything is drawn: sixteen and four would need three times the memory.
    let image = DynamicImage::from(image.into_rgb8());
    let kept = if image.width().max(image.height()) > KEPT_SIDE { image.thumbnail(KEPT_SIDE, KEPT_SIDE) } else { image };
    let grey = DynamicImage::from(kept.to_luma8());
    let mut found = None;
    for side in QR_SIDES {
        let words = if grey.width().max(grey.height()) > side { words(&grey.thumbnail(side, side)) } else { words(&grey) };
        if words.iter().any(|words| is_identity_code(words)) {
            return Err(Refusal::Identity);
        }
        found = found.or_else(|| words.iter().find_map(|words| Code::read(words)));
    }
    let mut copy = Vec::new();
    JpegEncoder::new_with_quality(&mut copy, QUALITY).encode_image(&kept).map_err(|_| Refusal::Damaged)?;
    Ok(Sight { code: found, copy, kind: FileKind::Jpeg })
}

/// A document is taken as it is; it must have an end, and no lock.
fn pdf(bytes: Vec<u8>) -> Result<Sight, Refusal> {
    let tail = &bytes[bytes.len().saturating_sub(1_024)..];
    let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    if !has(tail, b"%%EOF") || has(&bytes, b"/Encrypt") {
        return Err(Refusal::Damaged);
    }
    Ok(Sight { code: None, copy: bytes, kind: FileKind::Pdf })
}

/// The image, upright. Its size is read before anything is decoded.
fn decode(bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Refusal::Damaged)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(Refusal::UnknownKind);
    }
    let mut decoder = reader.into_decoder().map_err(|_| Refusal::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_POINTS || width.max(height) > LONGEST_SIDE {
        return Err(Refusal::TooLarge);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    decoder.set_limits(limits).map_err(|_| Refusal::TooLarge)?;
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Damaged)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// The words of all QR codes that can be read.
fn words(image: &DynamicImage) -> Vec<String> {
    let image = image.to_luma8();
    let (width, height) = (image.width() as usize, image.height() as usize);
    if width < 21 || height < 21 {
        return Vec::new(); // smaller than the smallest code
    }
    let light = |x: usize, y: usize| image.as_raw()[y * width + x];
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, light);
    prepared.detect_grids().into_iter().filter_map(|grid| grid.decode().ok()).map(|(_, words)| words).collect()
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma, Rgb, RgbImage};

    use super::*;

    /// A photo of a sheet with a QR code on it: bigger than the code, tilted light, noise.
    fn photo(words: &str, scale: u32, at: (u32, u32), size: (u32, u32)) -> GrayImage {
        let code = qrcode::QrCode::new(words).unwrap();
        let width = code.width() as u32;
        let colors = code.to_colors();
        GrayImage::from_fn(size.0, size.1, |x, y| {
            let noise = (x * 7 + y * 13) % 11;
            let light = 235 - x * 60 / size.0 - noise;
            let inside = x >= at.0 && y >= at.1 && (x - at.0) / scale < width && (y - at.1) / scale < width;
            let dark = inside && {
                let (column, row) = ((x - at.0) / scale, (y - at.1) / scale);
                colors[(row * width + column) as usize] == qrcode::Color::Dark
            };
            Luma([if dark { (light / 6) as u8 } else { light as u8 }])
        })
    }

    fn jpeg(image: GrayImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, 70).encode_image(&DynamicImage::from(image).into_rgb8()).unwrap();
        bytes
    }

    #[test]
    fn the_code_of_a_receipt_is_read_out_of_a_photo() {
        let small = jpeg(photo("H44.101-261015-0042", 6, (300, 200), (1280, 960)));
        let large = jpeg(photo("https://t.me/motcua_bot?start=d-abc", 9, (1700, 1400), (4000, 3000)));
        let turned = jpeg(image::imageops::rotate90(&photo("H44.101-261015-0042", 8, (100, 100), (900, 700))));
        assert_eq!(look(small).unwrap().code, Code::read("H44.101-261015-0042"));
        assert_eq!(look(large).unwrap().code, Some(Code::Word("d-abc".into())));
        assert_eq!(look(turned).unwrap().code, Code::read("H44.101-261015-0042"));
    }

    #[test]
    fn an_identity_card_with_a_code_is_refused() {
        let card = photo("001099000001||Nguyen Van Thu|01011990|Nam|Xa Mau|01012021", 5, (600, 100), (1000, 640));
        assert_eq!(look(jpeg(card.clone())), Err(Refusal::Identity));
        let mut beside = photo("H44.101-261015-0042", 5, (60, 100), (2000, 640));
        image::imageops::replace(&mut beside, &card, 1000, 0);
        assert_eq!(look(jpeg(beside)), Err(Refusal::Identity), "beside a receipt");
    }

    #[test]
    fn a_copy_is_smaller_and_says_nothing_of_the_phone() {
        let plain = jpeg(GrayImage::from_pixel(3000, 2000, Luma([180])));
        // A segment of the kind that telephones write place and time into, behind the start of the image.
        let told = b"Exif\0\0II*\0\x08\0\0\0\0\0GPS 21.0285 105.8542";
        let mut marked = plain[..2].to_vec();
        marked.extend([0xFF, 0xE1, 0, u8::try_from(told.len() + 2).unwrap()]);
        marked.extend(told);
        marked.extend(&plain[2..]);
        let sight = look(marked).unwrap();
        assert!(!sight.copy.windows(3).any(|window| window == b"GPS"));
        let copy = image::load_from_memory(&sight.copy).unwrap();
        assert_eq!((copy.width(), copy.height(), sight.kind), (2200, 1467, FileKind::Jpeg));
    }

    #[test]
    fn only_photos_and_documents_are_taken_whatever_they_say_they_are() {
        let png = {
            let mut bytes = Cursor::new(Vec::new());
            RgbImage::from_pixel(40, 40, Rgb([1, 2, 3])).write_to(&mut bytes, ImageFormat::Png).unwrap();
            bytes.into_inner()
        };
        assert_eq!(look(png.clone()).unwrap().kind, FileKind::Jpeg);
        assert_eq!(look(png[..60].to_vec()), Err(Refusal::Damaged));
        for other in [&b"PK\x03\x04 a document with macros"[..], b"<svg onload=alert(1)>", b"GIF89a\x01\0\x01\0", b"MZ", b""] {
            assert_eq!(look(other.to_vec()), Err(Refusal::UnknownKind));
        }
        assert_eq!(look(vec![0; MOST_BYTES + 1]), Err(Refusal::TooLarge));
        assert_eq!(look(b"%PDF-1.7 ... trailer << >> %%EOF".to_vec()).unwrap().kind, FileKind::Pdf);
        assert_eq!(look(b"%PDF-1.7 trailer << /Encrypt 5 0 R >> %%EOF".to_vec()), Err(Refusal::Damaged));
        assert_eq!(look(b"%PDF-1.7 cut off".to_vec()), Err(Refusal::Damaged));
    }

    #[test]
    fn an_image_that_says_it_is_huge_is_not_decoded() {
        // The header of a PNG of 60,000 by 60,000 points, with a correct checksum.
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(60_000u32.to_be_bytes());
        bytes.extend(60_000u32.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0]);
        let checked = crc(&bytes[12..]);
        bytes.extend(checked.to_be_bytes());
        bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        assert_eq!(look(bytes), Err(Refusal::TooLarge));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
        })
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn no_bytes_are_too_odd(kind in 0..5usize, bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
            let heads: [&[u8]; 5] = [b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBPVP8 ", b"%PDF-"];
            let _ = look([heads[kind], &bytes].concat());
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_a_code_says_is_read_as_it_is_or_not_at_all(words in "\\PC{1,60}|[A-Za-z]{3,12}://[!-~]{0,60}|(\\||[0-9]){4,40}") {
            let seen = look(jpeg(photo(&words, 5, (40, 40), (640, 640))));
            if let Ok(Sight { code: Some(Code::Word(word)), .. }) = seen {
                proptest::prop_assert!(words.contains(&word), "{word} was not said");
            }
        }

        #[test]
        fn a_photo_that_was_spoilt_on_the_way_stops_nobody(at in 0.0..1.0f64, by in 1..255u8, cut in proptest::bool::ANY) {
            let mut bytes = jpeg(photo("H44.101-261015-0042", 4, (20, 20), (240, 240)));
            let at = (bytes.len() as f64 * at) as usize;
            if cut { bytes.truncate(at) } else { bytes[at] ^= by }
            let _ = look(bytes);
        }
    }
}
