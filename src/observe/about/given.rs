//! What the user says that a document is about.

use super::body::body;
use super::names::{Mention, mentions, of_place, with_capitals};
use crate::lex::period;
use crate::model::about::{About, Basis, Body, Certainty, Kind, Told};
use crate::model::diagnostic::{Diagnostic, Refusal, Severity};
use crate::model::period::{Period, PeriodExpr};
use crate::model::rounding::Step;
use crate::pack::councils::folded;
use crate::pack::{councils, pack};
use serde::{Deserialize, Serialize};

/// What the user says of a document: what it is about, and how its counts were rounded. It counts before what the document says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The body.
    pub organisation: Option<Body>,
    /// The period.
    pub period: Option<Period>,
    /// What kind of document it is.
    pub kind: Option<Kind>,
    /// To what multiple its counts were rounded.
    pub rounding: Option<Step>,
}

impl Given {
    /// Reads "Larkmere Council, 2016/17, minutes". Each of the three may be left out. A name may hold commas.
    ///
    /// # Errors
    /// With the reason and what to do, where a part is none of them or says nothing.
    pub fn parse(text: &str) -> Result<Given, Refusal> {
        let mut given = Given::default();
        let mut rest = text.trim();
        loop {
            let (before, last) = rest.rsplit_once(',').unwrap_or(("", rest));
            let last = last.trim();
            if given.kind.is_none() && kind(last).is_ok() {
                given.kind = kind(last).ok();
            } else if given.period.is_none() && last.contains(|c: char| c.is_ascii_digit()) {
                given.period = Some(period(last)?);
            } else {
                break;
            }
            rest = before.trim();
            if rest.is_empty() {
                break;
            }
        }
        if !rest.is_empty() {
            given.organisation = Some(organisation(rest)?);
        }
        if given == Given::default() {
            return Err((format!("\"{text}\" says nothing"), EXAMPLE.to_owned()));
        }
        Ok(given)
    }

    /// Whether it says what the document is about.
    pub fn is_about(&self) -> bool {
        self.organisation.is_some() || self.period.is_some() || self.kind.is_some()
    }

    /// Puts what is given over what a document says, and tells where the document says plainly that it is about
    /// something else.
    pub(super) fn put_over(&self, about: &mut About) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        let (source, confidence) = (Basis::Given, Certainty::Sure);
        if let Some(body) = &self.organisation {
            let own = about.organisation.take().filter(|own| own.confidence == Certainty::Sure);
            if let Some(own) = own.filter(|own| own.value.key != body.key) {
                told.push(differs(&body.name, &own.value.printed));
            }
            about.organisation = Some(Told { value: body.clone(), source, confidence });
        }
        if let Some(kind) = self.kind {
            about.kind = Some(Told { value: kind, source, confidence });
        }
        if let Some(period) = self.period {
            let own = about.period.take().filter(|own| own.confidence == Certainty::Sure);
            if let Some(own) = own.filter(|own| !own.value.overlaps(&period)) {
                told.push(differs(&period.label(), &own.value.label()));
            }
            about.period = Some(Told { value: period, source, confidence });
        }
        told
    }
}

/// What a user can write.
const EXAMPLE: &str = "write a body, a period or both: \"Larkmere Council, 2016/17\"";

fn differs(given: &str, own: &str) -> Diagnostic {
    let message =
        format!("it is given as about {given}, but it says that it is about {own}; what is given counts");
    Diagnostic { code: "about-differs", severity: Severity::Warning, message, place: None }
}

/// A body by its name.
///
/// # Errors
/// Where the name could be that of any body, or of several.
pub fn organisation(name: &str) -> Result<Body, Refusal> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = if name.contains(char::is_uppercase) { name.clone() } else { with_capitals(&name) };
    let place = folded(&shown);
    if councils().has_place(&place) {
        return of_place(&place, &name).map(|named| body(&named)).ok_or_else(|| several(&place));
    }
    let found = mentions(&shown);
    let named = found.iter().find_map(|mention| match mention {
        Mention::Body(named) => Some(named),
        Mention::Own => None,
    });
    if let Some(named) = named {
        return Ok(Body { printed: name, ..body(named) });
    }
    let bodies = &pack().bodies;
    let generic = |word: &str| {
        bodies.heads.has(word)
            || bodies.kinds.has(word)
            || bodies.parish.has(word)
            || bodies.not_in_names.has(word)
    };
    if place.is_empty()
        || place.split(' ').all(generic)
        || place.split(' ').any(|word| bodies.heads.has(word))
    {
        let what = format!("\"{name}\" could be any body");
        return Err((what, "write its whole name, with its place".to_owned()));
    }
    Ok(Body { name: name.clone(), code: None, printed: name, key: place })
}

fn several(place: &str) -> Refusal {
    let names: Vec<&str> = councils().of_place(place).map(|council| council.name.as_str()).collect();
    (format!("\"{place}\" is the place of several bodies"), format!("write one of {}", names.join(", ")))
}

/// The name in the list of councils that a name was probably meant to be, where it is none of them.
#[cfg(feature = "cli")]
pub fn near(body: &Body) -> Option<&'static str> {
    if body.code.is_some() {
        return None;
    }
    let wanted = folded(&body.name);
    let names = councils().iter().map(|council| council.name.as_str());
    let near = names.map(|name| (distance(&wanted, &folded(name)), name)).min_by_key(|(far, _)| *far)?;
    (near.0 <= 2).then_some(near.1)
}

/// A period in any notation.
///
/// # Errors
/// Where the text is no period or more than one.
pub fn period(text: &str) -> Result<Period, Refusal> {
    let text = text.trim();
    let found = period::scan(text);
    if let [one] = found.as_slice()
        && one.range == (0..text.len())
        && one.slip.is_none()
        && let PeriodExpr::Absolute(period) = one.expr
        && !is_no_year(text, period)
    {
        return Ok(period);
    }
    let year =
        text.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4).and_then(|y| y.parse().ok());
    let meant =
        year.and_then(Period::financial_year).map(|period| format!("did you mean {}? ", period.label()));
    let hint = format!("{}periods are 2016/17, 2019, Q2 2018/19, June 2018", meant.unwrap_or_default());
    Err((format!("\"{text}\" is no period"), hint))
}

/// Whether a text such as "2016/18" was probably meant to be a year: it is short for more than one.
fn is_no_year(text: &str, period: Period) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.count() == 1 && period.shift_years(1).is_some_and(|next| next.start <= period.end)
}

/// A kind of document by its name.
///
/// # Errors
/// Where no kind has that name.
pub fn kind(text: &str) -> Result<Kind, Refusal> {
    let wanted = text.trim().to_lowercase();
    if let Some((kind, _)) = Kind::ALL.iter().find(|(_, name)| *name == wanted) {
        return Ok(*kind);
    }
    let names: Vec<&str> = Kind::ALL.iter().map(|(_, name)| *name).collect();
    let meant = nearest(&wanted, names.iter().copied()).map(|name| format!("did you mean {name}? "));
    let hint = format!("{}kinds are {}", meant.unwrap_or_default(), names.join(", "));
    Err((format!("\"{}\" is no kind of document", text.trim()), hint))
}

/// The text among others that is spelt most like one; none where all are spelt quite differently.
pub fn nearest<'a>(wanted: &str, others: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = others.map(|other| (distance(wanted, other), other)).min_by_key(|(far, _)| *far)?;
    (near.0 * 2 < wanted.chars().count().max(3)).then_some(near.1)
}

/// How many letters must be put in, taken out or changed to make one text of another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, c) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (other, above) in b.iter().zip(row.iter().skip(1)) {
            left = (corner + usize::from(*other != c)).min(above + 1).min(left + 1);
            corner = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
