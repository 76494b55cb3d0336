//! Finds the names of bodies in a text: of councils by the list or by their form, and of others by their form.

use super::words::{Word, words};
use crate::pack::councils::{Council, MOST_WORDS, folded};
use crate::pack::{councils, pack};
use std::ops::Range;

/// What a text says of bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mention {
    /// A name.
    Body(Named),
    /// "The Council": the text speaks of its own body.
    Own,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The official name, or the name as printed but not in capitals.
    pub name: String,
    /// The GSS code of a council in the list.
    pub code: Option<String>,
    /// The name as printed.
    pub printed: String,
    /// What tells it from others, as names are compared.
    pub place: String,
    /// Which of the councils of a place it is.
    pub tier: Tier,
    /// How much it says.
    pub form: Form,
}

/// How a name is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The name of a council.
    Council,
    /// It may be the name of a council: "Larkmere council", "City of Larkmere". It counts where the council is named
    /// elsewhere too, or where the document says what it is about.
    Loose,
    /// The name of a body that is no council.
    Other,
}

/// Which of the councils that may share the name of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// The name does not say.
    Plain,
    /// A city, a borough or a district.
    Ordinary,
    /// A county.
    County,
    /// A town, a parish or a community.
    Parish,
}

impl Tier {
    fn of<'a>(kinds: impl Iterator<Item = &'a str> + Clone) -> Tier {
        let bodies = &pack().bodies;
        let any = |test: &dyn Fn(&str) -> bool| kinds.clone().any(test);
        if any(&|word| bodies.parish.has(word)) {
            Tier::Parish
        } else if any(&|word| bodies.county.has(word)) && !any(&|word| bodies.borough.has(word)) {
            Tier::County
        } else if any(&|word| bodies.kinds.has(word)) {
            Tier::Ordinary
        } else {
            Tier::Plain
        }
    }

    /// Of a council in the list.
    fn official(council: &Council) -> Tier {
        let name = folded(&council.name);
        Tier::of(name.split(' ').filter(|word| !pack().bodies.parish.has(word)))
    }

    /// How well a printed name fits that of a council in the list; 0 where it names another body.
    fn fits(self, council: &Council) -> u8 {
        let official = Tier::official(council);
        // Outside England there is one council for a place, and its kind is often printed wrong.
        let single = !council.code.starts_with('E');
        match (self, official) {
            (Tier::Parish, _) => 0,
            (printed, official) if printed == official => 2,
            (Tier::Plain, _) | (_, Tier::Plain) => 1,
            _ => u8::from(single),
        }
    }
}

/// Every name in a text, in its order.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    if !may_name(text) {
        return Vec::new();
    }
    let words = words(text);
    let text = Text { text, words: &words };
    (0..words.len()).filter_map(|at| text.mention(at)).collect()
}

/// Whether one of the words of a text can be part of a name.
fn may_name(text: &str) -> bool {
    let triggers = &pack().bodies.triggers;
    text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 1 && triggers.has_folded(word))
}

/// The council of a bare place, where there is one.
pub(super) fn of_place(place: &str, printed: &str) -> Option<Named> {
    Some(official(choose(place, Tier::Plain)?, printed.to_owned()))
}

/// The council of a place that fits a printed kind best; none where two fit.
fn choose(place: &str, tier: Tier) -> Option<&'static Council> {
    let fitting = |least: u8| councils().of_place(place).filter(move |council| tier.fits(council) >= least);
    [2, 1].into_iter().find_map(|least| match fitting(least).count() {
        1 => fitting(least).next(),
        _ => None,
    })
}

fn official(council: &Council, printed: String) -> Named {
    Named {
        name: council.name.clone(),
        code: Some(council.code.clone()),
        printed,
        place: folded(&council.name),
        tier: Tier::Plain,
        form: Form::Council,
    }
}

struct Text<'a> {
    text: &'a str,
    words: &'a [Word],
}

impl Text<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.folded.as_str())
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.capital)
    }

    /// Whether a name may go on from a word to the next.
    fn goes_on(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| !word.ends && !word.comma)
    }

    /// The words of a range as names are compared. Nothing where a name cannot stretch so far.
    fn place(&self, range: Range<usize>) -> Option<String> {
        let words = self.words.get(range)?;
        let (last, others) = words.split_last()?;
        if others.iter().any(|word| word.ends) || last.folded.is_empty() {
            return None;
        }
        let all: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        Some(all.join(" "))
    }

    fn printed(&self, range: Range<usize>) -> String {
        let bounds = self.words.get(range.clone()).and_then(|words| Some((words.first()?, words.last()?)));
        let text = bounds.and_then(|(first, last)| self.text.get(first.range.start..last.range.end));
        text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The name that ends, or begins, with the word at a place.
    fn mention(&self, at: usize) -> Option<Mention> {
        let bodies = &pack().bodies;
        let word = self.words.get(at)?;
        if bodies.heads.has(&word.folded) {
            return self.council(at);
        }
        if bodies.short_heads.has(&word.folded) && word.capitals {
            return self.listed(at, at, Tier::Plain).and_then(Result::ok).map(Mention::Body);
        }
        let area = bodies.areas.has(&word.folded);
        if (area || bodies.title_areas.has(&word.folded)) && bodies.of.has(self.word(at + 1)) {
            let form = if area { Form::Council } else { Form::Loose };
            return self.after(at, form).map(Mention::Body);
        }
        self.other(at).map(Mention::Body)
    }

    /// The council whose name ends at a head.
    fn council(&self, head: usize) -> Option<Mention> {
        let bodies = &pack().bodies;
        let is_kind = |at: usize| bodies.kinds.has(self.word(at)) || bodies.parish.has(self.word(at));
        let mut first = head;
        while let Some(before) = first.checked_sub(1).filter(|before| self.goes_on(*before)) {
            let joint = bodies.and.has(self.word(before)) && first < head;
            match before.checked_sub(1) {
                _ if is_kind(before) => first = before,
                Some(kind) if joint && is_kind(kind) && self.goes_on(kind) => first = kind,
                _ => break,
            }
        }
        let before = first.checked_sub(1).filter(|before| self.goes_on(*before));
        if before.is_some_and(|before| bodies.own.has(self.word(before))) {
            return Some(self.council_of(head).map_or(Mention::Own, Mention::Body));
        }
        let kinds = (first..head).map(|at| self.word(at));
        let tier = Tier::of(kinds);
        let named = match self.listed(first, head, tier) {
            Some(named) => named.ok(),
            None => self.unlisted(first, head, tier).or_else(|| self.council_of(head)),
        };
        named.map(Mention::Body)
    }

    /// "Borough Council of Larkmere"
    fn council_of(&self, head: usize) -> Option<Named> {
        if pack().bodies.of.has(self.word(head + 1)) { self.after(head, Form::Council) } else { None }
    }

    /// The council in the list whose name ends at a head; its kinds begin at `first`. An error where the words may as
    /// well name several bodies.
    fn listed(&self, first: usize, head: usize, tier: Tier) -> Option<Result<Named, ()>> {
        // A kind may belong to the place: Newcastle is two places, Newcastle City is one.
        for end in first..=head {
            for start in end.saturating_sub(MOST_WORDS)..end {
                if !self.is_capital(start) || !self.goes_on(end - 1) {
                    continue;
                }
                let Some(council) = self.place(start..end).and_then(|place| choose(&place, tier)) else {
                    continue;
                };
                let named = official(council, self.printed(start..head + 1));
                return match self.lengthened(start) {
                    Some(true) => None,
                    Some(false) => Some(Err(())),
                    None => Some(Ok(named)),
                };
            }
        }
        None
    }

    /// Whether the words before a place make another place of it; `Some(false)` where they may be another body.
    fn lengthened(&self, start: usize) -> Option<bool> {
        let bodies = &pack().bodies;
        let before = start.checked_sub(1).filter(|before| self.goes_on(*before))?;
        if self.is_capital(before) && bodies.lengthens.has(self.word(before)) {
            return Some(true);
        }
        let other = before.checked_sub(1).filter(|other| self.goes_on(*other))?;
        let joined = bodies.and.has(self.word(before)) && self.is_capital(other);
        (joined && !bodies.not_in_names.has(self.word(other))).then_some(false)
    }

    /// The council of no list whose name ends at a head: the words with capitals before it.
    fn unlisted(&self, first: usize, head: usize, tier: Tier) -> Option<Named> {
        let bodies = &pack().bodies;
        let mut start = self.capitals_before(first);
        // "City of Larkmere Council"
        let mut tier = tier;
        if let Some(of) = (start..first).find(|at| bodies.of.has(self.word(*at)))
            && (start..of).all(|at| bodies.kinds.has(self.word(at)) || bodies.lengthens.has(self.word(at)))
        {
            tier = if tier == Tier::Plain { Tier::of((start..of).map(|at| self.word(at))) } else { tier };
            let place = self.place(of + 1..first)?;
            let printed = self.printed(start..head + 1);
            return Some(self.named(place, printed, tier, Form::Council));
        }
        while start < first && bodies.lengthens.has(self.word(start)) && start + 1 == first {
            start += 1;
        }
        let place = self.place(start..first).filter(|place| place.len() > 2)?;
        if bodies.no_place.has(self.word(first - 1)) {
            return None;
        }
        let form = if self.is_capital(head) { Form::Council } else { Form::Loose };
        Some(self.named(place, self.printed(start..head + 1), tier, form))
    }

    /// Where the words with capitals begin that stand before a place. Small words may stand between them.
    fn capitals_before(&self, first: usize) -> usize {
        let bodies = &pack().bodies;
        let (mut start, mut at) = (first, first);
        while let Some(before) = at.checked_sub(1).filter(|before| self.goes_on(*before)) {
            let word = self.word(before);
            if bodies.joints.has(word) {
                at = before;
            } else if self.is_capital(before) && !bodies.not_in_names.has(word) && first - before <= 6 {
                (start, at) = (before, before);
            } else {
                break;
            }
        }
        start
    }

    /// Where the words with capitals end that stand from a place on.
    fn capitals_after(&self, first: usize) -> usize {
        let bodies = &pack().bodies;
        let (mut end, mut at) = (first, first);
        while at < first + 5 && (at == first || self.goes_on(at - 1)) {
            let word = self.word(at);
            if bodies.joints.has(word) && at > first {
                at += 1;
            } else if self.is_capital(at) && !bodies.not_in_names.has(word) {
                at += 1;
                end = at;
            } else {
                break;
            }
        }
        end
    }

    /// The body whose name goes on after `of`: "London Borough of Larkmere", "Borough Council of Larkmere".
    fn after(&self, area: usize, form: Form) -> Option<Named> {
        let bodies = &pack().bodies;
        let (first, all) = (area + 2, self.capitals_after(area + 2));
        if !self.goes_on(area) || !self.goes_on(area + 1) || !self.is_capital(area) {
            return None;
        }
        let is_lead = |at: usize| {
            let word = self.word(at);
            self.is_capital(at) && !bodies.own.has(word) && self.goes_on(at) && !bodies.not_in_names.has(word)
        };
        let start = area.checked_sub(1).filter(|before| is_lead(*before)).unwrap_or(area);
        let council = |end: usize| {
            self.place(first..end).and_then(|place| choose(&place, Tier::Ordinary)).map(|c| (c, end))
        };
        let longest = self.words.len().min(first + MOST_WORDS);
        if let Some((council, end)) = (first + 1..=longest).rev().find_map(council) {
            // "City of Larkmere Council" ends at its head, and is found there.
            let named = Named { form, ..official(council, self.printed(start..end)) };
            return (!self.is_headed(end)).then_some(named);
        }
        let place = self.place(first..all).filter(|_| all > first && !self.is_headed(all))?;
        Some(self.named(place, self.printed(start..all), Tier::Ordinary, form))
    }

    /// Whether a head stands at a place, after kinds or without any.
    fn is_headed(&self, at: usize) -> bool {
        let bodies = &pack().bodies;
        let after = (at..self.words.len()).find(|at| !bodies.kinds.has(self.word(*at)));
        after.is_some_and(|at| bodies.heads.has(self.word(at)))
    }

    /// The body that is no council and whose name ends or begins with the word at a place.
    fn other(&self, at: usize) -> Option<Named> {
        let bodies = &pack().bodies;
        if !self.is_capital(at) {
            return None;
        }
        let phrase = |range: Range<usize>| self.place(range).unwrap_or_default();
        let lead = (1..=3).rev().find(|n| bodies.other_leads.has(&phrase(at..at + n)));
        if let Some(n) = lead {
            let end = self.capitals_after(at + n);
            let place = self.place(at..end).filter(|_| end > at + n && self.goes_on(at))?;
            return Some(self.named(place, self.printed(at..end), Tier::Plain, Form::Other));
        }
        let first =
            (at.saturating_sub(4)..=at).find(|first| bodies.other_heads.has(&phrase(*first..at + 1)))?;
        // "Larkmere County Police"
        let kinds = (1..=first).take_while(|back| bodies.kinds.has(self.word(first - back))).count();
        let start = self.capitals_before(first - kinds);
        let place = self.place(start..at + 1).filter(|_| start < first - kinds && self.is_capital(first))?;
        Some(self.named(place, self.printed(start..at + 1), Tier::Plain, Form::Other))
    }

    fn named(&self, place: String, printed: String, tier: Tier, form: Form) -> Named {
        Named { name: in_small_letters(&printed), code: None, printed, place, tier, form }
    }
}

/// A name that is printed in capitals with capitals at the beginnings of its words only.
pub(super) fn in_small_letters(name: &str) -> String {
    let joints = &pack().bodies.joints;
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut words = Vec::new();
    for word in name.split(' ') {
        let lower = word.to_lowercase();
        let mut small = String::with_capacity(word.len());
        let mut begins = words.is_empty() || !joints.has(&lower);
        for c in lower.chars() {
            if begins {
                small.extend(c.to_uppercase());
            } else {
                small.push(c);
            }
            begins = c == '-';
        }
        words.push(small);
    }
    words.join(" ")
}

/// A name whose words all begin with a capital.
pub(super) fn with_capitals(name: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    };
    name.split(' ').map(word).collect::<Vec<String>>().join(" ")
}
