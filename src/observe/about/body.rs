//! Decides which body a document is about: the one that it names where it says what it is about, or else the one that
//! its text names far more often than others.

use super::names::{Form, Mention, Named, Tier, mentions, of_place, with_capitals};
use crate::model::about::{Basis, Body, Certainty, Told};
use crate::pack::councils::{MOST_WORDS, folded};
use crate::pack::{councils, pack};

/// What a name weighs by where it stands. A title counts for more than all that supports another body together, save
/// where several places do.
fn weight(basis: Basis) -> u32 {
    match basis {
        Basis::Title => 8,
        Basis::Metadata => 7,
        Basis::RunningHead => 6,
        Basis::FileName => 4,
        Basis::Folder => 3,
        Basis::Heading => 2,
        Basis::Given | Basis::Text | Basis::Form => 0,
    }
}

/// The least weight that a body needs: one place that says what the document is about, or a text that names it often.
const LEAST: u32 = 3;

/// A text speaks of its own council if it says "the Council" so often. Then bodies of other kinds are not its own.
const SPEAKS: u32 = 3;

/// A text of more than this many paragraphs for each time that it speaks of a council is not about it. A real report on
/// the law of a service tells of one council for two of its 20 pages (7 times in 170 paragraphs); one that names its own
/// council once only says "the Council" in every seventh paragraph.
const RARE: u32 = 15;

/// Whether a document says there what it is about.
fn says(basis: Basis) -> bool {
    matches!(basis, Basis::Title | Basis::Metadata | Basis::RunningHead)
}

/// A body that the document may be about.
#[derive(Debug)]
struct Candidate {
    named: Named,
    /// How often running text names it.
    told: u32,
    /// The places outside running text that name it, each once.
    bases: Vec<Basis>,
    /// Whether the first paragraph names it.
    lead: bool,
}

/// The bodies that a document names.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    candidates: Vec<Candidate>,
    /// Names that may be those of councils, with where they stand.
    loose: Vec<(Named, Basis)>,
    /// How often the text speaks of its own council.
    own: u32,
    /// How many paragraphs the text has.
    paragraphs: u32,
    /// A body that decides complaints, and where it stands.
    watchdog: Option<(String, Basis)>,
}

impl Bodies {
    /// Adds what a text of the document names.
    pub(super) fn add(&mut self, text: &str, basis: Basis) {
        self.paragraphs += u32::from(basis == Basis::Text);
        for mention in mentions(text) {
            match mention {
                Mention::Own => self.own += 1,
                Mention::Body(named) if named.form == Form::Loose => self.loose.push((named, basis)),
                // Where a heading of the document names a body that is no council, it is the subject of that section.
                Mention::Body(named) if named.form == Form::Other && basis == Basis::Heading => {}
                Mention::Body(named) => self.count(named, basis),
            }
        }
        if says(basis) && self.watchdog.is_none() {
            let plain = folded(text);
            let named = pack().bodies.watchdogs.iter().find(|name| plain.contains(name));
            self.watchdog = named.and_then(|name| Some((printed(text, name)?, basis)));
        }
    }

    /// Marks what a paragraph names that is one of the first.
    pub(super) fn lead(&mut self, text: &str) {
        for mention in mentions(text) {
            let Mention::Body(named) = mention else { continue };
            let named = self.candidates.iter_mut().filter(|candidate| candidate.named.place == named.place);
            named.for_each(|candidate| candidate.lead = true);
        }
    }

    /// Adds what the name of the file or of a folder says. A bare place there is a council only if the document speaks
    /// of councils.
    pub(super) fn add_path(&mut self, name: &str, basis: Basis) {
        let words: Vec<&str> =
            name.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|w| !w.is_empty()).collect();
        let found = mentions(&with_capitals(&words.join(" ")));
        let named = found.into_iter().filter_map(|mention| match mention {
            Mention::Body(named) if named.form != Form::Other => Some(named),
            _ => None,
        });
        let mut named: Vec<Named> = named.collect();
        if named.is_empty() && (self.own > 0 || self.any_council()) {
            named.extend(bare_place(&words));
        }
        named.into_iter().for_each(|named| self.count(named, basis));
    }

    fn any_council(&self) -> bool {
        self.candidates.iter().any(|candidate| candidate.named.form == Form::Council)
    }

    fn count(&mut self, named: Named, basis: Basis) {
        let same = |other: &&mut Candidate| {
            let other = &other.named;
            other.place == named.place
                && other.code == named.code
                && tier_of_key(other) == tier_of_key(&named)
        };
        let candidate = match self.candidates.iter_mut().find(same) {
            Some(candidate) => candidate,
            None => {
                self.candidates.push(Candidate {
                    named: named.clone(),
                    told: 0,
                    bases: Vec::new(),
                    lead: false,
                });
                let Some(last) = self.candidates.last_mut() else { return };
                last
            }
        };
        // The fullest name is the best one: "Larkmere Borough Council" says more than "Larkmere Council".
        if named.name.len() > candidate.named.name.len() && named.code.is_none() {
            candidate.named.name = named.name;
            candidate.named.tier = candidate.named.tier.max(named.tier);
        }
        if basis == Basis::Text {
            candidate.told += 1;
        } else if !candidate.bases.contains(&basis) {
            candidate.bases.push(basis);
        }
    }

    /// Counts loose names, and takes names together that are the same body by what else the document names.
    fn settle(&mut self) {
        for (named, basis) in std::mem::take(&mut self.loose) {
            let known =
                |other: &Candidate| other.named.place == named.place && other.named.code == named.code;
            // "At one northern council" is no name.
            let whole =
                named.name.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_uppercase));
            if self.candidates.iter().any(known) || says(basis) && whole {
                self.count(Named { form: Form::Council, ..named }, basis);
            }
        }
        let mut at = 0;
        while at < self.candidates.len() {
            match self.whole_of(at) {
                Some(whole) => {
                    let part = self.candidates.remove(at);
                    let whole = if whole > at { whole - 1 } else { whole };
                    self.candidates.get_mut(whole).into_iter().for_each(|whole| whole.absorb(&part));
                }
                None => at += 1,
            }
        }
    }

    /// The one other candidate of which a candidate prints the name in another form: without its kind, with a word of
    /// the sentence before it, or without its first word.
    fn whole_of(&self, at: usize) -> Option<usize> {
        let part = self.candidates.get(at).filter(|part| part.named.code.is_none())?;
        let is_whole = |other: &Candidate| {
            let (a, b) = (&part.named, &other.named);
            if b.code.is_some() || a.form != b.form {
                return false;
            }
            if a.place == b.place {
                return tier_of_key(a) == Tier::Plain
                    && tier_of_key(b) != Tier::Plain
                    && a.tier == Tier::Plain;
            }
            let ends =
                |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
            let kin = ends(&a.place, &b.place) || ends(&b.place, &a.place);
            kin && tier_of_key(a) == tier_of_key(b) && part.points() < other.points()
        };
        let mut wholes = (0..self.candidates.len())
            .filter(|other| *other != at && self.candidates.get(*other).is_some_and(is_whole));
        wholes.next().filter(|_| wholes.next().is_none())
    }

    /// The body that the document is about; none where that is not sure enough.
    pub(super) fn decide(mut self) -> Option<Told<Body>> {
        self.settle();
        let speaks = self.own >= SPEAKS && self.any_council();
        let counts = |candidate: &&Candidate| !speaks || candidate.named.form == Form::Council;
        let all: u32 = self.candidates.iter().filter(counts).map(|candidate| candidate.told).sum();
        let weight = |candidate: &Candidate| match candidate.named.form {
            Form::Other => candidate.weight_of_other(all),
            _ => candidate.named_weight() + candidate.text_weight(all, self.own, self.paragraphs),
        };
        let mut ranked: Vec<(u32, &Candidate)> =
            self.candidates.iter().map(|candidate| (weight(candidate), candidate)).collect();
        ranked.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        let mut ranked = ranked.into_iter();
        let best = ranked.next().filter(|(weight, _)| *weight >= LEAST);
        let second = ranked.next().map_or(0, |(weight, _)| weight);
        // Where two bodies are named alike, it is about neither alone.
        let Some((_, candidate)) = best.filter(|(weight, _)| second * 3 <= *weight * 2) else {
            return self.watched();
        };
        Some(candidate.told(all))
    }

    /// The body that decides complaints, where the document says that it is its own.
    fn watched(&self) -> Option<Told<Body>> {
        let (name, source) = self.watchdog.clone().filter(|_| !self.names_in_title())?;
        let value = Body { key: folded(&name), printed: name.clone(), code: None, name };
        Some(Told { value, source, confidence: Certainty::Likely })
    }

    fn names_in_title(&self) -> bool {
        self.candidates.iter().any(|candidate| candidate.bases.contains(&Basis::Title))
    }
}

impl Candidate {
    fn absorb(&mut self, part: &Candidate) {
        self.told += part.told;
        self.lead |= part.lead;
        for basis in &part.bases {
            if !self.bases.contains(basis) {
                self.bases.push(*basis);
            }
        }
    }

    /// How much speaks for a name in this form.
    fn points(&self) -> u32 {
        self.told + self.named_weight()
    }

    /// The weight of the places outside running text that name it.
    fn named_weight(&self) -> u32 {
        self.bases.iter().map(|basis| weight(*basis)).sum()
    }

    /// The weight of running text. `all` is how often it names any body, `own` how often it speaks of its own council.
    fn text_weight(&self, all: u32, own: u32, paragraphs: u32) -> u32 {
        let text = match self.told {
            // Less than half of the names are a list of bodies, or a text on several.
            told if told * 2 < all => 0,
            told if told * 5 < all * 3 => 2,
            // A long text that hardly speaks of a council is not about it.
            told if (told + own) * RARE < paragraphs => 0,
            0 => 0,
            1 if own > SPEAKS => 3,
            1 => 1,
            2 => 3,
            _ => 5,
        };
        text + if self.lead && text > 0 { 2 } else { 0 }
    }

    /// The weight of a body that is no council. Forms such as "Department of …" are names of bodies that a text deals
    /// with as often as of the one that publishes it, so such a body must be named where the document says what it is
    /// about, and elsewhere too.
    fn weight_of_other(&self, all: u32) -> u32 {
        let elsewhere = self.told > 0 || self.bases.len() > 1;
        let said = self.bases.iter().any(|basis| says(*basis)) && elsewhere;
        // Where the text names another body far more often, this one only appears in the title.
        if said && self.told * 5 >= all { self.named_weight() } else { 0 }
    }

    fn told(&self, all: u32) -> Told<Body> {
        let source = self.bases.iter().copied().max_by_key(|basis| weight(*basis));
        let often = self.told >= 3 && self.told * 5 >= all * 3;
        let (source, confidence) = match source {
            Some(says @ (Basis::Title | Basis::Metadata | Basis::RunningHead)) => (says, Certainty::Sure),
            Some(_) if often => (Basis::Text, Certainty::Sure),
            None if often => (Basis::Text, Certainty::Likely),
            Some(source) if self.told > 0 => (source, Certainty::Likely),
            Some(source) => (source, Certainty::Doubtful),
            None => (Basis::Text, Certainty::Doubtful),
        };
        Told { value: body(&self.named), source, confidence }
    }
}

/// A name as a body.
pub(super) fn body(named: &Named) -> Body {
    let key = match (&named.code, tier_of_key(named)) {
        (Some(code), _) => code.clone(),
        (None, Tier::County) => format!("{} county", named.place),
        (None, Tier::Parish) => format!("{} parish", named.place),
        (None, _) => named.place.clone(),
    };
    Body { name: named.name.clone(), code: named.code.clone(), printed: named.printed.clone(), key }
}

/// What of the kind of a council tells it from others of its place: a city council may be called a council.
fn tier_of_key(named: &Named) -> Tier {
    if named.tier == Tier::Ordinary { Tier::Plain } else { named.tier }
}

/// The council of a place in the name of a file.
fn bare_place(words: &[&str]) -> Option<Named> {
    let longest = MOST_WORDS.min(words.len());
    (1..=longest).rev().find_map(|n| {
        words.windows(n).find_map(|part| {
            let place = folded(&part.join(" "));
            let says = councils().has_place(&place) && !pack().bodies.everyday.has(&place);
            says.then(|| of_place(&place, &part.join(" ")))?
        })
    })
}

/// A name as a text prints it.
fn printed(text: &str, name: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let length = name.split(' ').count();
    let found = words.windows(length).find(|part| folded(&part.join(" ")) == name)?;
    Some(found.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
}
