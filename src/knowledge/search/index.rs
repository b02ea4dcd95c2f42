//! The tantivy index: one document for each language of each guide and one for each choice, four fields scored apart.
//!
//! Long bodies drown names when everything is one field (a plain BM25 over whole texts finds the right procedure first
//! for one question in four), so title, everyday names, and body are fields of their own, folded; and one more field
//! keeps the diacritics of title and names, for people who type them.

use std::path::Path;

use tantivy::columnar::Column;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{Index as TantivyIndex, IndexReader, IndexWriter, ReloadPolicy, SegmentReader, TantivyDocument};

use super::field::ScoredField;
use super::terms::{Syllable, folded_terms, has_marks, marked_terms, syllables};
use crate::knowledge::error::ContentError;
use crate::knowledge::guide::Guide;
use crate::knowledge::text::GuideText;
use crate::knowledge::vocabulary::Everyday;

/// Raised when fields or terms change, so that an index of an older program is not taken for ours.
const FORMAT: u32 = 4;
/// Memory for building, in bytes: tantivy's least, since a few thousand guides fit and memory is what is scarce.
const WRITER_BYTES: usize = 15_000_000;

/// An open index.
pub(super) struct Index {
    /// One, unless nothing was indexed.
    segments: Vec<Segment>,
}

/// The documents that were written together, and their fields.
struct Segment {
    /// Which guide a document is of.
    guides: Column<u64>,
    documents: usize,
    title: ScoredField,
    names: ScoredField,
    marked: ScoredField,
    body: ScoredField,
}

#[derive(Clone, Copy)]
struct Fields {
    guide: Field,
    title: Field,
    names: Field,
    marked: Field,
    body: Field,
}

/// A guide or a choice that matches, with the sum of its fields' BM25 scores.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// The guide's place; choices come after the guides.
    pub place: usize,
    pub score: f32,
}

impl Index {
    /// Opens the index for `fingerprint` under `folder`, or makes it. Without a folder it lives in memory.
    pub(super) fn open(
        guides: &[Guide],
        everyday: &Everyday<'_>,
        fingerprint: &str,
        folder: Option<&Path>,
    ) -> Result<Self, ContentError> {
        let Some(folder) = folder else {
            return Self::in_memory(guides, everyday).map_err(|cause| failed(Path::new("memory"), cause));
        };
        let home = folder.join(format!("{fingerprint}-{FORMAT}"));
        if !home.is_dir() {
            make(guides, everyday, folder, &home).map_err(|cause| failed(folder, cause))?;
            forget_others(folder, &home);
        }
        TantivyIndex::open_in_dir(&home).and_then(|index| Self::with(index, schema().1)).map_err(|cause| failed(&home, cause))
    }

    fn in_memory(guides: &[Guide], everyday: &Everyday<'_>) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let index = TantivyIndex::create_in_ram(schema);
        write(&index, fields, guides, everyday)?;
        Self::with(index, fields)
    }

    fn with(index: TantivyIndex, fields: Fields) -> tantivy::Result<Self> {
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        // The index of one library never changes, so what was opened serves for its whole life.
        let segments =
            reader.searcher().segment_readers().iter().map(|segment| Segment::open(segment, fields)).collect::<Result<_, _>>()?;
        Ok(Self { segments })
    }

    /// The best `limit` documents for each reading of a question, best first.
    pub(super) fn matches(&self, readings: &[&[Syllable]], limit: usize) -> tantivy::Result<Vec<Vec<Match>>> {
        debug_assert!(readings.len() <= u32::BITS as usize, "each reading has a bit");
        let folded = Terms::of(readings.iter().map(|reading| folded_terms(reading)));
        let typed = readings.iter().map(|reading| if has_marks(*reading) { marked_terms(reading) } else { Vec::new() });
        let marked = Terms::of(typed);
        let mut matches = vec![Vec::new(); readings.len()];
        for segment in &self.segments {
            for (matches, found) in matches.iter_mut().zip(segment.matches(&folded, &marked, readings.len(), limit)?) {
                matches.extend(found);
            }
        }
        Ok(matches)
    }
}

/// The terms of several readings, each with a bit for every reading that has it; sorted, so that scores are added up in the same order
/// whatever else was read.
struct Terms(Vec<(String, u32)>);

impl Terms {
    fn of(readings: impl Iterator<Item = Vec<String>>) -> Self {
        let mut all: Vec<(String, u32)> =
            (0..).zip(readings).flat_map(|(reading, terms)| terms.into_iter().map(move |term| (term, 1 << reading))).collect();
        all.sort_unstable();
        all.dedup_by(|(again, having), (term, all)| {
            let same = again == term;
            if same {
                *all |= *having;
            }
            same
        });
        Self(all)
    }
}

impl Segment {
    fn open(segment: &SegmentReader, fields: Fields) -> tantivy::Result<Self> {
        Ok(Self {
            guides: segment.fast_fields().u64("guide")?,
            documents: segment.max_doc() as usize,
            title: ScoredField::open(segment, fields.title)?,
            names: ScoredField::open(segment, fields.names)?,
            marked: ScoredField::open(segment, fields.marked)?,
            body: ScoredField::open(segment, fields.body)?,
        })
    }

    fn matches(&self, folded: &Terms, marked: &Terms, readings: usize, limit: usize) -> tantivy::Result<Vec<Vec<Match>>> {
        let mut scores = vec![vec![0.0; self.documents]; readings];
        for (term, having) in &folded.0 {
            self.title.add(term, 1.0, *having, &mut scores)?;
            self.names.add(term, 1.0, *having, &mut scores)?;
            // Single syllables stand in nearly every body: they cost half of the time and find nothing.
            if term.contains('_') {
                self.body.add(term, 0.3, *having, &mut scores)?;
            }
        }
        for (term, having) in &marked.0 {
            self.marked.add(term, 0.5, *having, &mut scores)?;
        }
        Ok(scores.into_iter().map(|scores| self.best(scores, limit)).collect())
    }

    fn best(&self, scores: Vec<f32>, limit: usize) -> Vec<Match> {
        let mut found: Vec<(f32, u32)> = scores.into_iter().zip(0..).filter(|(score, _)| *score > 0.0).collect();
        let better = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if found.len() > limit {
            found.select_nth_unstable_by(limit, better);
            found.truncate(limit);
        }
        found.sort_unstable_by(better);
        let place = |document| usize::try_from(self.guides.first(document).unwrap_or_default()).unwrap_or_default();
        found.into_iter().map(|(score, document)| Match { place: place(document), score }).collect()
    }
}

fn failed(folder: &Path, cause: tantivy::TantivyError) -> ContentError {
    ContentError::Index { folder: folder.display().to_string(), cause }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer("terms").set_index_option(IndexRecordOption::WithFreqs);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        guide: builder.add_u64_field("guide", FAST),
        title: builder.add_text_field("title", text.clone()),
        names: builder.add_text_field("names", text.clone()),
        marked: builder.add_text_field("marked", text.clone()),
        body: builder.add_text_field("body", text),
    };
    (builder.build(), fields)
}

/// Builds beside the final place and renames, so that a crash leaves no half of an index behind.
fn make(guides: &[Guide], everyday: &Everyday<'_>, folder: &Path, home: &Path) -> tantivy::Result<()> {
    let scratch = folder.join(format!("building-{}", std::process::id()));
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)?;
    }
    std::fs::create_dir_all(&scratch)?;
    let (schema, fields) = schema();
    let index = TantivyIndex::create_in_dir(&scratch, schema)?;
    write(&index, fields, guides, everyday)?;
    drop(index);
    match std::fs::rename(&scratch, home) {
        // Another process made the same index first: its bytes serve as well as ours.
        Err(_) if home.is_dir() => Ok(std::fs::remove_dir_all(&scratch)?),
        done => Ok(done?),
    }
}

fn write(index: &TantivyIndex, fields: Fields, guides: &[Guide], everyday: &Everyday<'_>) -> tantivy::Result<()> {
    // Terms arrive separated by spaces; the analysis is ours (`terms`), not tantivy's.
    index.tokenizers().register("terms", TextAnalyzer::from(WhitespaceTokenizer::default()));
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    // Merging is done once, below: a merge of its own accord could take the segments away meanwhile.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for (number, guide) in (0u64..).zip(guides) {
        for text in std::iter::once(&guide.vi).chain(&guide.en) {
            writer.add_document(document(fields, number, guide, text, everyday))?;
        }
    }
    for (number, choice) in (guides.len() as u64..).zip(&everyday.choices) {
        let mut document = TantivyDocument::default();
        document.add_u64(fields.guide, number);
        for phrase in choice.said {
            let phrase = syllables(phrase);
            document.add_text(fields.names, folded_terms(&phrase).join(" "));
            document.add_text(fields.marked, marked_terms(&phrase).join(" "));
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    // One segment: every question looks its terms up in each, and the index is written once and read for weeks.
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()
}

fn document(fields: Fields, number: u64, guide: &Guide, text: &GuideText, everyday: &Everyday<'_>) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_u64(fields.guide, number);
    let title = syllables(&text.title);
    document.add_text(fields.title, folded_terms(&title).join(" "));
    let mut marked = marked_terms(&title);
    let questions = text.answers.iter().map(|answer| &answer.question).chain(&text.questions);
    let everyday = guide.facts.codes.iter().filter_map(|code| everyday.names.get(code.as_str())).flatten().map(|(name, _)| *name);
    for name in text.names.iter().chain(questions).map(String::as_str).chain(everyday) {
        let name = syllables(name);
        document.add_text(fields.names, folded_terms(&name).join(" "));
        marked.extend(marked_terms(&name));
    }
    document.add_text(fields.marked, marked.join(" "));
    for part in body(guide, text) {
        document.add_text(fields.body, folded_terms(&syllables(part)).join(" "));
    }
    document
}

fn body<'a>(guide: &'a Guide, text: &'a GuideText) -> impl Iterator<Item = &'a str> {
    let steps = text.steps.iter().flat_map(|group| &group.steps);
    let answers = text.answers.iter().flat_map(|answer| &answer.answer);
    let words = text.summary.iter().chain(steps).chain(&text.tips).chain(answers).map(String::as_str);
    let facts = guide.facts.documents.iter().map(|document| document.name.vi.as_str());
    let short = [Some(&guide.facts.field), guide.facts.result.as_ref()].into_iter().flatten().map(|text| text.vi.as_str());
    words.chain(facts).chain(short)
}

/// Removes indexes of older content: at most one other is kept, for a process that is still reading it.
fn forget_others(folder: &Path, keep: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut others: Vec<_> = entries
        .flatten()
        .filter(|entry| entry.path() != keep && entry.path().is_dir())
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    others.sort();
    others.pop();
    for (_, path) in others {
        // Only tidying: an index that cannot be removed costs disk space and nothing else.
        let _ = std::fs::remove_dir_all(path);
    }
}
