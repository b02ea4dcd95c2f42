//! The guides of a library, where they are kept.
//!
//! Those that people wrote are asked for most and stand open. The thousands of a crawl are kept packed, and unpacked when one is wanted;
//! those wanted of late stay open.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use rayon::prelude::*;

use super::guide::Guide;
use super::library::GuideId;

/// Guides that stay open after somebody wanted them.
const OPEN: NonZeroUsize = NonZeroUsize::new(64).unwrap();

/// All guides, by their place.
pub(super) struct Shelf {
    guides: Vec<Kept>,
    open: Mutex<LruCache<GuideId, Arc<Guide>>>,
}

/// A guide, and what lists of guides say of it.
struct Kept {
    slug: Box<str>,
    title: Box<str>,
    body: Body,
}

enum Body {
    Open(Arc<Guide>),
    Packed(Box<[u8]>),
}

impl Shelf {
    pub(super) fn new(guides: Vec<Guide>) -> Self {
        let kept = guides.into_par_iter().map(|guide| Kept {
            slug: guide.slug.as_str().into(),
            title: guide.vi.title.as_str().into(),
            body: if guide.is_written() { Body::Open(Arc::new(guide)) } else { Body::Packed(packed(&guide)) },
        });
        Self { guides: kept.collect(), open: Mutex::new(LruCache::new(OPEN)) }
    }

    pub(super) fn len(&self) -> usize {
        self.guides.len()
    }

    /// The guide at `id`.
    pub(super) fn guide(&self, id: GuideId) -> Arc<Guide> {
        match &self.kept(id).body {
            Body::Open(guide) => Arc::clone(guide),
            Body::Packed(packed) => {
                let open = || self.open.lock().unwrap_or_else(PoisonError::into_inner);
                let known = open().get(&id).cloned();
                known.unwrap_or_else(|| {
                    let guide = Arc::new(unpacked(packed));
                    open().put(id, Arc::clone(&guide));
                    guide
                })
            }
        }
    }

    /// Folder name and title of the guide at `id`.
    pub(super) fn name(&self, id: GuideId) -> (&str, &str) {
        let kept = self.kept(id);
        (&kept.slug, &kept.title)
    }

    /// Folder names and titles of all guides.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.guides.iter().map(|kept| (&*kept.slug, &*kept.title))
    }

    /// The guides that people wrote.
    pub(super) fn written(&self) -> impl Iterator<Item = &Guide> {
        self.guides.iter().filter_map(|kept| match &kept.body {
            Body::Open(guide) => Some(&**guide),
            Body::Packed(_) => None,
        })
    }

    fn kept(&self, id: GuideId) -> &Kept {
        &self.guides[id.0 as usize]
    }
}

/// JSON, since facts leave out what is not known, and names that come again and again pack well.
fn packed(guide: &Guide) -> Box<[u8]> {
    let json = serde_json::to_vec(guide).expect("a guide has no maps but with strings for keys");
    lz4_flex::compress_prepend_size(&json).into()
}

fn unpacked(packed: &[u8]) -> Guide {
    let json = lz4_flex::decompress_size_prepended(packed).expect("it is what `packed` made");
    serde_json::from_slice(&json).expect("it is what `packed` made")
}

#[cfg(test)]
mod tests {
    use super::super::{Contents, Origin};
    use super::*;

    #[test]
    fn a_guide_comes_out_as_it_went_in() {
        let (guides, _) = Contents::read(&[Origin::BuiltIn]).unwrap().parse();
        assert!(!guides.is_empty());
        for guide in guides {
            assert_eq!(format!("{:?}", unpacked(&packed(&guide))), format!("{guide:?}"));
        }
    }

    #[test]
    fn an_imported_guide_is_packed_and_another_stands_open() {
        let (mut guides, _) = Contents::read(&[Origin::BuiltIn]).unwrap().parse();
        guides.truncate(2);
        guides[0].facts.review = super::super::Review::Imported;
        let (slugs, titles): (Vec<_>, Vec<_>) = guides.iter().map(|guide| (guide.slug.clone(), guide.vi.title.clone())).unzip();
        let shelf = Shelf::new(guides);
        assert_eq!(shelf.written().map(|guide| guide.slug.as_str()).collect::<Vec<_>>(), [&slugs[1]]);
        for (id, (slug, title)) in (0..).map(GuideId).zip(slugs.iter().zip(&titles)) {
            assert_eq!(shelf.name(id), (slug.as_str(), title.as_str()));
            assert_eq!(shelf.guide(id).slug, *slug);
            assert!(Arc::ptr_eq(&shelf.guide(id), &shelf.guide(id)), "wanted again, it is still open");
        }
    }
}
