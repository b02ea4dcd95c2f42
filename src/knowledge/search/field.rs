//! One field of the index, scored by BM25 term after term: each posting of a term adds to the score of its document.
//!
//! Queries of tantivy leap over documents that cannot be among the best, which pays where few terms meet millions of documents.
//! A question here is a hundred terms in a few thousand documents: making the scorers for them took longer than reading all
//! postings does. And it is several questions, as many as there are readings of what somebody typed, which share most terms.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term};

/// How soon more of the same word stops to matter, and how much the length of a field does: tantivy's own, and most others'.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Documents that are scored together: as many as tantivy unpacks at once.
const BLOCK: usize = 128;

/// A field of a segment, ready to be read.
pub(super) struct ScoredField {
    field: Field,
    postings: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
    /// What the length of a document adds under the fraction, by the length's number.
    length_parts: Box<[f32; 256]>,
    documents: f32,
}

impl ScoredField {
    #[expect(clippy::cast_precision_loss, reason = "documents and their words are far below 2^24")]
    pub(super) fn open(segment: &SegmentReader, field: Field) -> tantivy::Result<Self> {
        let postings = segment.inverted_index(field)?;
        let documents = segment.max_doc() as f32;
        let average = postings.total_num_tokens() as f32 / documents;
        let mut length_parts = Box::new([0.0; 256]);
        for (id, part) in (0..=u8::MAX).zip(length_parts.iter_mut()) {
            *part = K1 * (1.0 - B + B * FieldNormReader::id_to_fieldnorm(id) as f32 / average);
        }
        Ok(Self { field, postings, lengths: segment.get_fieldnorms_reader(field)?, length_parts, documents })
    }

    /// Adds what `term` is worth to each document, `boost` times, to the scores of those readings whose bit `readings` has.
    #[expect(clippy::cast_precision_loss, reason = "documents and their words are far below 2^24")]
    pub(super) fn add(&self, term: &str, boost: f32, readings: u32, scores: &mut [Vec<f32>]) -> tantivy::Result<()> {
        let Some(info) = self.postings.get_term_info(&Term::from_field_text(self.field, term))? else { return Ok(()) };
        let having = info.doc_freq as f32;
        let rarity = (1.0 + (self.documents - having + 0.5) / (having + 0.5)).ln();
        let weight = rarity * (1.0 + K1) * boost;
        let mut block = self.postings.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
        let mut worths = [0.0; BLOCK];
        while !block.docs().is_empty() {
            for (documents, times) in block.docs().chunks(BLOCK).zip(block.freqs().chunks(BLOCK)) {
                for ((document, times), worth) in documents.iter().zip(times).zip(&mut worths) {
                    let times = *times as f32;
                    let length = self.length_parts[usize::from(self.lengths.fieldnorm_id(*document))];
                    *worth = weight * (times / (times + length));
                }
                for (_, scores) in (0..).zip(&mut *scores).filter(|(reading, _): &(u32, _)| readings >> reading & 1 == 1) {
                    for (document, worth) in documents.iter().zip(&worths) {
                        scores[*document as usize] += worth;
                    }
                }
            }
            block.advance();
        }
        Ok(())
    }
}
