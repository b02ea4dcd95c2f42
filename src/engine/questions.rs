//! A free question: from words to the right guide, or to an honest "which one?" or "I do not know".

use std::sync::Arc;

use crate::domain::{Block, Choice, Message, Outcome};
use crate::knowledge::Guide;
use crate::knowledge::search::{Facet, Hit, Question, closest_answer, joined, syllables};

use super::ask::{Action, Before, Decision, decide};
use super::two::two_questions;
use super::{Effect, Talk, Topic, answer, contrast, menu, offered};

/// How many candidates a question keeps, for «other procedure».
const CANDIDATES: usize = 5;
/// Of these, how many «other procedure» offers.
const OTHERS: usize = 3;
/// Guides offered when none fits well.
const MAYBE: usize = 2;
/// Words of a topic below which none was told.
const LEAST_TOPIC: usize = 3;
/// Likeness from which a guide that does not fit is still worth offering.
const MAYBE_LIKENESS: f32 = 0.18;

impl<'a> Talk<'a> {
    pub(super) fn question(&mut self, text: &str) {
        let library = self.world.library;
        if let Some(two) = two_questions(library, text) {
            return self.answer_both(two);
        }
        if self.answered_by_broadcast(text) {
            return self.introduce();
        }
        let question = library.question(text);
        let topic = self.state.topic.clone();
        let before =
            topic.as_ref().and_then(|topic| library.id_of(&topic.guide).map(|guide| Before { guide, question: &topic.question }));
        if question.is_bare() && !question.facets.is_empty() && self.offer_again(&question) {
            return;
        }
        let decision = decide(library, &question, before.as_ref(), CANDIDATES);
        self.tally(&decision);
        match (decision.action, decision.hits.first()) {
            (Action::Answer, Some(best)) => {
                let guide = library.guide(best.guide);
                let undecided = decision.follows && topic.as_ref().is_some_and(|topic| topic.guide == guide.slug);
                if undecided && self.offer_again(&question) {
                    return;
                }
                let follows = decision.follows || before.as_ref().is_some_and(|before| before.guide == best.guide);
                self.state.topic = self.topic_after(&decision, text, before.as_ref());
                self.answer(&guide, &question, follows);
            }
            (Action::Clarify, Some(_)) => {
                // What is typed next, instead of a button pressed, is read together with this question.
                self.state.topic = self.topic_after(&decision, text, before.as_ref());
                self.clarify(&question, &decision);
            }
            (Action::Office, _) => {
                self.office(&question.place);
                self.unanswered_by_broadcast(text);
            }
            (Action::Human, _) => self.human(),
            (Action::SmallTalk, _) => self.say_words("small-talk", self.starters()),
            (Action::Fraud, _) => return self.fraud(),
            (Action::Danger, _) => return self.emergency(),
            (Action::Insult, _) => return self.grant(menu::Wish::Insult),
            (Action::Place, _) => self.place(&question.place),
            (Action::Dossier, _) => self.dossier(text),
            (Action::OutOfScope, _) => self.say_words("out-of-scope", vec![self.button("human"), self.button("help")]),
            (Action::Unknown | Action::Answer | Action::Clarify | Action::Secret, _) => {
                self.learn(text, Outcome::Unanswered, None);
                self.unknown(&question, &decision);
                self.unanswered_by_broadcast(text);
            }
        }
        self.introduce();
    }

    /// Counts a question, without who asked.
    fn tally(&mut self, decision: &Decision) {
        let guide = decision.hits.first().filter(|_| decision.action == Action::Answer);
        let slug = guide.map(|hit| self.world.library.slug(hit.guide).to_owned());
        self.effects.push(Effect::Tally(decision.action.as_str(), slug));
    }

    fn topic_after(&self, decision: &Decision, said: &str, before: Option<&Before<'_>>) -> Option<Topic> {
        let (guide, question) = decision.matter(said, before)?;
        let slug = |guide| self.world.library.slug(guide).to_owned();
        let open = decision.action == Action::Clarify;
        let kept = if open { decision.choices } else { OTHERS + 1 };
        let others = decision.hits.iter().take(kept).skip(1).map(|hit| slug(hit.guide)).collect();
        Some(Topic { guide: slug(guide), question, others, open, judged: open || decision.follows })
    }

    /// Two questions, two messages; what follows is about the second.
    fn answer_both(&mut self, two: [(Question, Hit); 2]) {
        let mut before: Vec<String> = Vec::new();
        for (question, hit) in two {
            let guide = self.world.library.guide(hit.guide);
            self.effects.push(Effect::Tally(Action::Answer.as_str(), Some(guide.slug.clone())));
            let topic = Topic {
                guide: guide.slug.clone(),
                question: guide.vi.title.clone(),
                others: before,
                judged: true,
                ..Topic::default()
            };
            before = vec![guide.slug.clone()];
            self.state.topic = Some(topic);
            self.answer(&guide, &question, false);
        }
        self.introduce();
    }

    fn answer(&mut self, guide: &Guide, question: &Question, follows: bool) {
        if self.guide_is_off(guide) {
            return;
        }
        let text = guide.text(self.lang);
        let mut facets = question.facets.clone();
        let own_answer = closest_answer(text, question);
        if own_answer.is_some() && matches!(facets.as_slice(), [] | [Facet::Steps]) {
            facets.clear();
        }
        let mut message = answer::Page { world: self.world, lang: self.lang, guide }.answer(&facets, own_answer, follows);
        // Under a follow-up there is nothing new to judge.
        if self.state.topic.as_ref().is_some_and(|topic| !topic.judged) {
            message.choices.retain(|choice| choice.id.as_str() != "change");
            message.choices.extend(self.judgements());
        }
        self.say(message);
        self.condole(question);
    }

    /// A person first: whoever tells of a death is answered with sympathy before papers.
    fn condole(&mut self, question: &Question) {
        let words = self.words("condolence");
        if let Some(reply) = self.replies.last_mut().filter(|_| question.bereaved) {
            reply.text.0.insert(0, Block::plain(words));
        }
    }

    /// «Lệ phí bao nhiêu?» while guides stand to choice: the same choice, for that part.
    fn offer_again(&mut self, question: &Question) -> bool {
        let Some(topic) = self.state.topic.as_ref().filter(|topic| topic.open) else { return false };
        let slugs = std::iter::once(&topic.guide).chain(&topic.others);
        let guides: Vec<Arc<Guide>> = slugs.filter_map(|slug| self.world.library.by_slug(slug)).collect();
        let choices = self.guide_choices(&guides, question.facets.first().copied());
        self.say_words("clarify", choices);
        true
    }

    /// The guides of some hits.
    fn guides_of(&self, hits: &[Hit]) -> Vec<Arc<Guide>> {
        hits.iter().map(|hit| self.world.library.guide(hit.guide)).collect()
    }

    fn clarify(&mut self, question: &Question, decision: &Decision) {
        let guides = self.guides_of(&decision.hits[..decision.choices]);
        let choices = self.guide_choices(&guides, question.facets.first().copied());
        let titles: Vec<&str> = guides.iter().map(|guide| guide.vi.title.as_str()).collect();
        self.say_words(contrast::question(&titles), choices);
        self.condole(question);
    }

    fn unknown(&mut self, question: &Question, decision: &Decision) {
        if let (Some(facet), true) = (question.facets.first(), question.topic.len() < LEAST_TOPIC) {
            let facet = self.words(&format!("facet-{}", facet.key()));
            let words = self.world.wording.with(self.lang, "unknown-which", [("facet", facet.into())]);
            return self.say(Message::plain(&words).with_choices(vec![self.button("human"), self.button("help")]));
        }
        let near: Vec<Hit> = decision.hits.iter().filter(|hit| hit.likeness >= MAYBE_LIKENESS).take(MAYBE).copied().collect();
        let mut choices = self.guide_choices(&self.guides_of(&near), question.facets.first().copied());
        let second = if choices.is_empty() { "unknown-advice" } else { "unknown-maybe" };
        let lines = vec![Block::plain(self.words("unknown")), Block::plain(self.words(second))];
        choices.extend(self.tell_button());
        choices.extend([self.button("human"), self.button("help")]);
        self.say_lines(lines, choices);
    }

    /// Buttons for guides; pressing one answers what was asked. Two guides with one name carry their codes.
    fn guide_choices(&self, guides: &[Arc<Guide>], facet: Option<Facet>) -> Vec<Choice> {
        let titles: Vec<&str> = guides.iter().map(|guide| guide.text(self.lang).title.as_str()).collect();
        let labels = contrast::labels(&titles);
        let facet = facet.map_or_else(String::new, |facet| format!("/{}", facet.key()));
        let choice = |(guide, label): (&Arc<Guide>, &String)| {
            let same = labels.iter().filter(|other| *other == label).count() > 1;
            let label = if same { format!("{} {label}", guide.code()) } else { label.clone() };
            Choice::new(format!("guide/{}{facet}", guide.slug), &label)
        };
        guides.iter().zip(&labels).map(choice).collect()
    }

    /// A button opened a guide, at one of its parts or at its front page.
    pub(super) fn open(&mut self, slug: &str, facet: Option<&str>) {
        let facet = facet.map(Facet::from_key);
        let (Some(guide), None | Some(Some(_))) = (self.world.library.by_slug(slug), facet) else { return self.stale() };
        let facets: Vec<Facet> = facet.flatten().into_iter().collect();
        if self.state.topic.as_ref().is_none_or(|topic| topic.guide != guide.slug) {
            let before = self.state.topic.take();
            let offered = self.offered_guides();
            let mut others: Vec<String> = Vec::new();
            for slug in offered.into_iter().chain(before.map(|topic| topic.guide)) {
                if slug != guide.slug && !others.contains(&slug) {
                    others.push(slug);
                }
            }
            let question = guide.vi.title.clone();
            self.state.topic = Some(Topic { guide: guide.slug.clone(), question, others, judged: true, open: false });
        }
        if let Some(topic) = self.state.topic.as_mut() {
            topic.open = false;
        }
        if self.guide_is_off(&guide) {
            return;
        }
        let message = answer::Page { world: self.world, lang: self.lang, guide: &guide }.answer(&facets, None, false);
        self.say(message);
    }

    /// The guide somebody chooses in their own words, while guides stand to choice: «lần đầu», «bị mất».
    pub(super) fn chosen_in_words(&self, text: &str) -> Option<Choice> {
        self.answered_back(text).or_else(|| {
            let (guides, titles) = self.open_guides();
            offered::told_apart(&syllables(text), titles.iter().copied()).map(|at| guides[at].clone())
        })
    }

    /// The guide that an answer to the question back means.
    pub(super) fn answered_back(&self, text: &str) -> Option<Choice> {
        let (guides, titles) = self.open_guides();
        let said = syllables(text);
        let at = contrast::answered(&titles, &joined(&said))
            .or_else(|| contrast::answered(&titles, &joined(offered::trimmed(&said))))?;
        Some(guides[at].clone())
    }

    /// The guides that stand to choice, with their titles.
    fn open_guides(&self) -> (Vec<&Choice>, Vec<&'a str>) {
        let open = self.state.topic.as_ref().is_some_and(|topic| topic.open);
        let guides = self.state.offered.iter().filter(|choice| open && choice.id.as_str().starts_with("guide/"));
        let title = |choice: &&Choice| {
            let slug = choice.id.as_str().split('/').nth(1).unwrap_or_default();
            self.world.library.id_of(slug).map_or("", |guide| self.world.library.title(guide))
        };
        guides.map(|choice| (choice, title(&choice))).unzip()
    }

    /// The guides that stood to choice, when that was the question.
    fn offered_guides(&self) -> Vec<String> {
        let slugs = self.state.offered.iter().filter_map(|choice| choice.id.as_str().strip_prefix("guide/")?.split('/').next());
        let mut slugs: Vec<String> = slugs.map(str::to_owned).collect();
        slugs.dedup();
        slugs
    }

    /// «Other procedure»: what else the question may have meant.
    pub(super) fn change(&mut self) {
        let library = self.world.library;
        let others = self.state.topic.take().map(|topic| topic.others).unwrap_or_default();
        let guides: Vec<Arc<Guide>> = others.iter().filter_map(|slug| library.by_slug(slug)).collect();
        let choices: Vec<Choice> =
            guides.iter().map(|guide| Choice::new(format!("guide/{}", guide.slug), &guide.text(self.lang).title)).collect();
        let key = if choices.is_empty() { "change-type" } else { "change-which" };
        self.say_words(key, if choices.is_empty() { vec![self.button("help")] } else { choices });
    }

    pub(super) fn topic_guide(&self) -> Option<Arc<Guide>> {
        self.state.topic.as_ref().and_then(|topic| self.world.library.by_slug(&topic.guide))
    }
}
