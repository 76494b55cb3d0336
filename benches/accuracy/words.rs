//! Words for a direction or a ratio, and what is put in their place.

use super::kinds::Injection;
use super::making::Making;
use super::relation::Relation;
use std::collections::BTreeMap;
use std::ops::Range;

/// A word and what is put in its place. The longer come before those that they contain.
pub const DIRECTIONS: &[(&str, &str)] = &[
    ("increased", "decreased"),
    ("decreased", "increased"),
    ("increase", "decrease"),
    ("decrease", "increase"),
    ("rises", "falls"),
    ("rise", "fall"),
    ("rose", "fell"),
    ("falls", "rises"),
    ("fallen", "risen"),
    ("fall", "rise"),
    ("fell", "rose"),
    ("higher", "lower"),
    ("lower", "higher"),
    ("more than", "fewer than"),
    ("fewer", "more"),
    ("less than", "more than"),
    ("more", "fewer"),
    ("less", "more"),
    ("up", "down"),
    ("down", "up"),
];

pub const RATIOS: &[(&str, &str)] = &[
    ("two thirds", "one third"),
    ("three quarters", "a quarter"),
    ("a third", "two thirds"),
    ("a quarter", "three quarters"),
    ("a fifth", "three fifths"),
    ("a half", "a fifth"),
    ("half", "a fifth"),
    ("doubled", "halved"),
    ("trebled", "halved"),
    ("tripled", "halved"),
    ("halved", "doubled"),
    ("twice", "six times"),
    ("three times", "ten times"),
];

impl Making<'_> {
    /// The words for a direction or a ratio nearest to what a relation publishes, in its sentence.
    pub fn words(&self, words: &[(&str, &str)], fits: impl Fn(&Relation) -> bool) -> Vec<Injection> {
        let mut made: BTreeMap<usize, Injection> = BTreeMap::new();
        for (index, relation) in self.relations.iter().enumerate().filter(|(_, relation)| fits(relation)) {
            let Some(published) = relation.published.clone() else { continue };
            let Some((place, new, old)) = self.nearest(words, &published) else { continue };
            let marks = relation.terms.iter().filter_map(|term| term.place.clone());
            let marks: Vec<Range<usize>> = marks.chain([published, place.clone()]).collect();
            let injection = made.entry(place.start).or_insert_with(|| Injection {
                kind: self.kind,
                edits: vec![(place.clone(), new.to_owned())],
                marks: Vec::new(),
                broken: Vec::new(),
                mend: vec![
                    format!(", not a {new}"),
                    format!("not {new}"),
                    ", not a ".to_owned(),
                    old.to_owned(),
                ],
            });
            injection.marks.extend(marks);
            injection.broken.push(index);
        }
        made.into_values().collect()
    }

    pub fn nearest<'w>(
        &self,
        words: &[(&'w str, &'w str)],
        published: &Range<usize>,
    ) -> Option<(Range<usize>, &'w str, &'w str)> {
        let source = &self.page.source;
        let stop = |text: &str| text.rfind(['\n', '.', ';', ':', '>']).map_or(0, |at| at + 1);
        let from = stop(source.get(..published.start)?);
        let rest = source.get(published.end..)?;
        let to = published.end + rest.find(['\n', ';', '<']).unwrap_or(rest.len());
        let to = rest.find(". ").map_or(to, |at| to.min(published.end + at));
        let sentence = source.get(from..to)?;
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut best: Option<(usize, Range<usize>, &str, &str)> = None;
        for &(old, new) in words {
            for (at, _) in sentence.match_indices(old) {
                let range = at..at + old.len();
                let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
                let within = letter(sentence[..at].chars().next_back())
                    || letter(sentence[range.end..].chars().next());
                if within || taken.iter().any(|other| other.start < range.end && range.start < other.end) {
                    continue;
                }
                taken.push(range.clone());
                let place = from + range.start..from + range.end;
                let far =
                    published.start.saturating_sub(place.end).max(place.start.saturating_sub(published.end));
                if best.as_ref().is_none_or(|(least, ..)| far < *least) {
                    best = Some((far, place, new, old));
                }
            }
        }
        best.map(|(_, place, new, old)| (place, new, old))
    }
}
