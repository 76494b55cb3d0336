//! Makes figures with their facets of sentences, and statements whose slots refer to those figures.

mod sentence;

use self::sentence::Sentence;
use super::Known;
use super::breakdown;
use super::clause;
use super::clause::Window;
use super::meaning::{Meaning, Words, is_limit};
use super::naming;
use super::reporting::Reporting;
use crate::layout::sentences;
use crate::model::document::Stated;
use crate::model::facets::{Dimension, Facets, Measure};
use crate::model::figure::{Figure, Home, Method, Role};
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::names::TermClass;
use crate::model::period::Period;
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::{Slot, Statement, StatementMark};
use crate::model::text::Passage;
use crate::model::topic::Topic;
use crate::pack::pack;
use crate::phrase::TokenKind;
use std::cell::Cell;

/// What was read of one block.
#[derive(Debug, Default)]
pub struct Prose {
    pub figures: Vec<Figure>,
    /// What the sentences state. The numbers of figures count within `figures`.
    pub stated: Vec<Stated>,
    /// Numerals that are not figures.
    pub references: usize,
}

/// Reads the prose of one block after another.
pub(super) struct ProseReader<'a> {
    pub known: &'a Known<'a>,
    pub words: &'a Words<'a>,
    pub reporting: Reporting,
    /// What the sentences of the document have counted last.
    pub counted: Cell<Measure>,
}

impl ProseReader<'_> {
    /// Reads one block of prose. `section` is what the headings above it say, and `lead` the sentence that leads to a list,
    /// for each of its items. Returns what its last sentence counts.
    pub fn read(
        &self,
        block: BlockIdx,
        passage: &Passage,
        section: &Meaning,
        context: &Facets,
        lead: Option<&Meaning>,
        into: &mut Prose,
    ) -> Option<Meaning> {
        let mut before: Option<Meaning> = None;
        for (number, range) in sentences(&passage.text).into_iter().enumerate() {
            let Some(text) = passage.text.get(range.clone()) else { continue };
            let tokens = self.words.lex(text);
            let sentence = Sentence {
                passage,
                base: range.start,
                text,
                tokens,
                block,
                number,
                context,
                words: self.words,
            };
            if let Some(said) = self.read_sentence(&sentence, section, before.as_ref().or(lead), into) {
                before = Some(said);
            }
        }
        before
    }

    /// Reads one sentence. Returns what its last figure is about, which the next sentence may refer to.
    fn read_sentence(
        &self,
        sentence: &Sentence,
        section: &Meaning,
        before: Option<&Meaning>,
        into: &mut Prose,
    ) -> Option<Meaning> {
        into.references += sentence.tokens.iter().filter(|t| t.kind == TokenKind::Reference).count();
        let windows = clause::windows(&sentence.tokens);
        let statements = self.words.grammar.statements(sentence.text, &sentence.tokens);
        if windows.is_empty() && statements.is_empty() {
            let said = sentence.meaning(0..sentence.tokens.len());
            return Some(said).filter(Meaning::names_measure);
        }
        let meanings = self.meanings(sentence, &windows, section, before);
        let first = into.figures.len();
        for (window, meaning) in windows.iter().zip(&meanings) {
            let before = into.figures.get(first..).and_then(<[Figure]>::last);
            let last = into.figures.last();
            let figure = self.figure(sentence, window, meaning, &windows, before, last);
            into.figures.extend(figure);
        }
        let own = into.figures.get_mut(first..).unwrap_or_default();
        self.apply_statements(&windows, &statements, own);
        self.presume(sentence, own);
        for statement in statements {
            let stated = self.state(sentence, statement, &windows, first, section, before, &into.figures);
            into.stated.push(stated);
        }
        meanings.into_iter().next()
    }

    /// What each figure of a sentence is about. Its own words count first; what they leave open it takes over from
    /// the figures beside it.
    fn meanings(
        &self,
        sentence: &Sentence,
        windows: &[Window],
        section: &Meaning,
        before: Option<&Meaning>,
    ) -> Vec<Meaning> {
        let lead = windows.first().map_or(0, |w| w.figure);
        let subject = sentence.meaning(0..lead);
        // The first name of a list is not what its other names are about.
        let leads = sentence.meaning(clause::before_list(&sentence.tokens, lead));
        let governed = section.is_of_ombudsman_alone() || sentence.is_of_ombudsman(lead);
        let starts = self.words.grammar.clause_starts(sentence.text, &sentence.tokens);
        let mut meanings: Vec<Meaning> = Vec::with_capacity(windows.len());
        for (at, window) in windows.iter().enumerate() {
            let mut own = sentence.behind(clause::noun_phrase(&sentence.tokens, window.right.clone()));
            let left = sentence.meaning(window.left.clone());
            let ended = |at: &usize| sentence.is_printed(*at, &pack().words.ended);
            if let Some(verb) = window.figure.checked_sub(1).filter(ended) {
                own.narrow_to_ended(&sentence.meaning(verb..window.figure));
            }
            own.inherit(&sentence.meaning(clause::nearest(&sentence.tokens, window.left.clone())));
            own.inherit(&left);
            own.target |= left.target;
            // A limit tells of the figure before it: of the part, where that is a whole.
            let part =
                at.checked_sub(1).and_then(|at| windows.get(at)).is_some_and(|before| before.part_of_next);
            let next = windows.get(at + 1 + usize::from(window.part_of_next)).filter(|_| !part);
            if next.is_some_and(|next| is_limit(&sentence.tokens, next.figure)) {
                own.set_within();
            }
            // Where nothing more is said of a part, what was said before is.
            let bare = windows.get(at + 1).is_some_and(|whole| window.right.end <= whole.figure);
            if let Some(previous) = before.filter(|_| window.part_of_next && bare) {
                own.inherit(previous);
            }
            own.narrow_to_ombudsman(&left);
            own.topic.extend(&left.topic);
            if let Some(previous) = compared_with(sentence, windows, window, &meanings).or(before)
                && (window.bracketed || window.compared)
            {
                own.inherit(previous);
                own.narrow_to_ombudsman(previous);
                own.topic.extend(&previous.topic);
            }
            // In "Compliments fell to 844 while complaints fell to 1,275", the subject of a figure's own clause
            // counts before that of the sentence.
            if let Some(clause) = clause::subject(&starts, windows, window.figure) {
                let named = sentence.meaning(clause);
                if named.names_measure() {
                    own.inherit(&named);
                }
            }
            own.inherit(if window.listed { &leads } else { &subject });
            if !own.names_measure() {
                let nearby = meanings.iter().rev().find(|m| m.names_measure());
                if let Some(known) = nearby.or(before).or(Some(section).filter(|s| s.names_measure())) {
                    let topic = std::mem::take(&mut own.topic);
                    own.inherit_measure(known);
                    own.topic = topic;
                }
            }
            if governed {
                own.govern_by_ombudsman();
            }
            meanings.push(own);
        }
        meanings
    }

    fn figure(
        &self,
        sentence: &Sentence,
        window: &Window,
        meaning: &Meaning,
        all: &[Window],
        before: Option<&Figure>,
        last: Option<&Figure>,
    ) -> Option<Figure> {
        let mut quantity = sentence.quantity(window.figure)?.clone();
        if let Some(before) = before.filter(|_| window.compared && quantity.unit == Unit::Count) {
            // In "9 working days, down from 11", the 11 is of the unit of the figure before.
            if before.quantity.unit.is_time() {
                quantity.unit = before.quantity.unit;
            }
        }
        let timed = before.filter(|before| before.quantity.unit.is_time() && quantity.unit == Unit::Count);
        if let Some(before) = timed.filter(|_| clause::is_time_too(&sentence.tokens, window.figure)) {
            quantity.unit = before.quantity.unit;
        }
        let words = window.left.start.min(window.figure)..window.right.end.max(window.figure + 1);
        let mut facets = self.words.facets(meaning, quantity.unit);
        // What it counts, or what it is a share of, stands right behind this token.
        let counts = match quantity.unit {
            Unit::Count => Some(window.figure),
            Unit::Percent => clause::share_of(&sentence.tokens, window.figure),
            _ => None,
        };
        facets.counted = counts.map_or_else(Topic::default, |at| sentence.counted(at));
        facets.counts_something_else = counts.is_some_and(|at| sentence.counts_something_else(at));
        if let Some(label) = breakdown::subject(facets.topic(), &sentence.words(words.clone())) {
            facets.wording_mut().open.set(Dimension::Other, label);
        }
        let (period, stated) = self.period(sentence, window, all, before);
        facets.period = period;
        facets.period_stated = stated;
        let role = match quantity.unit {
            Unit::Days | Unit::WorkingDays | Unit::Hours | Unit::Months | Unit::Percent if meaning.target => {
                Role::Target
            }
            _ if facets.is_benchmark() => Role::Benchmark,
            Unit::Percent | Unit::Ratio => Role::Share,
            _ => Role::Value,
        };
        let place = sentence.place(window.figure..window.figure + 1);
        let doubts = self.known.doubts(place);
        // A number that stands alone in a cell of a sheet is printed in the way of the sheet.
        quantity.rounded |= self.known.conventions(place).rounded;
        if let Some(cell) = self.known.cell_numeral(place, last) {
            (quantity.value, quantity.decimals) = (cell.quantity.value, cell.quantity.decimals);
        }
        let name = naming::label(sentence.text, &sentence.tokens, window, before.map(Figure::name));
        Some(Figure {
            quantity,
            scale: 0,
            facets,
            context: sentence.context.clone(),
            role,
            words: [sentence.words(words).into(), name.unwrap_or_default().into()],
            home: Home::Prose { block: sentence.block, sentence: sentence.number },
            place,
            method: Method::Prose,
            misread: !doubts.is_empty(),
            doubts: doubts.into(),
        })
    }

    /// The period of a figure, and whether it is printed. It is the one in the figure's own words; for a figure that
    /// is compared with, else the year before; else the one at the head of the sentence; else that of the document.
    fn period(
        &self,
        sentence: &Sentence,
        window: &Window,
        all: &[Window],
        before: Option<&Figure>,
    ) -> (Option<Period>, bool) {
        if let Some(period) = respective_period(sentence, all, window, self.reporting.year) {
            return (Some(period), true);
        }
        // In "fewer than in 2019 (412)", the 412 is of 2019, although the sentence compares with it. In "85 more than in
        // 2019 (21%)", the share is how much more.
        let counts = sentence.quantity(window.figure).is_some_and(|q| q.unit != Unit::Percent);
        let bracketed = clause::dated_bracket(&sentence.tokens, window.figure).filter(|_| counts);
        if let Some(period) = bracketed.and_then(|at| sentence.period_at(at, self.reporting.year)) {
            return (Some(period), true);
        }
        // What is compared with has a period of its own.
        let compares = |at: &usize| clause::is_class(&sentence.tokens, *at, &TermClass::Compare);
        let end = window.right.clone().find(compares).unwrap_or(window.right.end);
        let own = sentence
            .period_in(window.right.start..end, self.reporting.year)
            .or_else(|| sentence.period_in(window.left.clone(), self.reporting.year));
        if own.is_some() {
            return (own, true);
        }
        // In "from 81 in 2018/19 and from 97 in the same period", the 97 is of 2018/19 too.
        if let Some(before) = before.filter(|_| sentence.names_same_period(window.right.clone())) {
            return (before.facets.period, before.facets.period_stated);
        }
        // In "6 in the year before, of which 1 was upheld", the 1 is of the same period as the 6, and so are the cases behind a
        // share: "2019 had 33% (18 of 54)".
        let part = window.left.clone().any(|i| clause::is_class(&sentence.tokens, i, &TermClass::PartOf));
        let cases = |share: &Figure| window.bracketed && counts && share.quantity.unit == Unit::Percent;
        if let Some(before) = before.filter(|before| part || cases(before)) {
            return (before.facets.period, before.facets.period_stated);
        }
        let lead = all.first().map_or(0, |w| w.figure);
        let head = sentence.period_in(0..lead, self.reporting.year);
        let base = head.or(self.reporting.span);
        let target = window.left.clone().any(|i| clause::is_class(&sentence.tokens, i, &TermClass::Target));
        if window.compared && !window.bracketed && !target {
            return (base.and_then(|p| p.shift_years(-1)), false);
        }
        (base, head.is_some())
    }

    /// Gives figures the roles of their slots. A value in the slot "before" is of the year before.
    fn apply_statements(&self, windows: &[Window], statements: &[Statement], figures: &mut [Figure]) {
        let index = |token: usize| windows.iter().position(|w| w.figure == token);
        for statement in statements {
            for (slot, token) in &statement.slots {
                let Some(figure) = index(*token).and_then(|i| figures.get_mut(i)) else { continue };
                match slot {
                    Slot::Change => figure.role = Role::Change,
                    // "Up to 47 from 32" tells where a movement ends and sets no limit.
                    Slot::After if figure.quantity.qualifier == Qualifier::AtMost => {
                        figure.quantity.qualifier = Qualifier::Equal;
                    }
                    Slot::Share if figure.role == Role::Value => figure.role = Role::Share,
                    _ => {}
                }
                if statement.says(&StatementMark::Target) {
                    figure.role = Role::Target;
                }
            }
            share_subject(statement, index, figures);
            let after = slot_token(statement, Slot::After).and_then(index).and_then(|i| figures.get(i));
            let after_period = after.map_or(self.reporting.span, |f| f.facets.period);
            let of_others = statement.says(&StatementMark::Benchmark);
            if let Some(before) = slot_token(statement, Slot::Before)
                .filter(|_| !of_others)
                .and_then(index)
                .and_then(|i| figures.get_mut(i))
                && before.facets.period == after_period
                && !before.facets.period_stated
            {
                before.facets.period = after_period.and_then(|p| p.shift_years(-1));
            }
        }
    }

    /// Says what the figures of a sentence most likely measure that do not say so, in a document about complaints: what
    /// another figure of the sentence does, or the sentences before; or compensation, where money is told to be paid. In such
    /// a document, what has an outcome, or was brought by people of some kind, is a complaint.
    fn presume(&self, sentence: &Sentence, figures: &mut [Figure]) {
        if !self.words.of_complaints {
            return;
        }
        let cases =
            |figure: &Figure| Some(figure.measure()).filter(|m| m.is_of_complaints() || m.is_of_ombudsman());
        let beside = figures.iter().find_map(cases);
        let paid = pack().labels.paid.within(&sentence.text.to_lowercase());
        for figure in figures.iter_mut().filter(|figure| figure.measure() == Measure::Other) {
            let of_case =
                [Dimension::Outcome, Dimension::Disability, Dimension::Ethnicity, Dimension::Gender];
            let case = of_case.into_iter().any(|dimension| figure.facets.dimensions.has(dimension));
            let case = case.then_some(Measure::ComplaintsReceived);
            let presumed = match figure.quantity.unit {
                unit if unit.is_money() => paid.then_some(Measure::Compensation),
                _ if figure.role == Role::Target => None,
                _ => beside.or(case).or(Some(self.counted.get())),
            };
            if let Some(measure) = presumed.filter(|measure| *measure != Measure::Other) {
                figure.facets.presumed = measure;
            }
        }
        let counts = |figure: &&Figure| {
            figure.quantity.unit == Unit::Count
                && !matches!(figure.measure(), Measure::Other | Measure::OnTime)
        };
        if let Some(figure) = figures.iter().rev().find(counts) {
            self.counted.set(cases(figure).unwrap_or(Measure::Other));
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn state(
        &self,
        sentence: &Sentence,
        statement: Statement,
        windows: &[Window],
        first: usize,
        section: &Meaning,
        before: Option<&Meaning>,
        figures: &[Figure],
    ) -> Stated {
        let slots: Vec<(Slot, FigureIdx)> = statement
            .slots
            .iter()
            .filter_map(|(slot, token)| {
                let at = windows.iter().position(|w| w.figure == *token)?;
                Some((*slot, FigureIdx::from(first + at)))
            })
            .collect();
        let about = slots
            .iter()
            .find(|(slot, _)| matches!(slot, Slot::Change | Slot::Share | Slot::Total | Slot::Whole));
        let facets = match about.or(slots.first()).and_then(|(_, i)| figures.get(i.index())) {
            Some(figure) => figure.facets.clone(),
            None => {
                let clause = clause::clause(&sentence.tokens, statement.tokens.clone());
                let mut meaning = sentence.meaning(clause.clone());
                if !meaning.names_measure()
                    && let Some(known) = before.or(Some(section))
                {
                    meaning.inherit_measure(known);
                }
                let mut facets = self.words.facets(&meaning, Unit::Count);
                let stated = sentence.period_in(clause, self.reporting.year);
                facets.period = stated.or(self.reporting.span);
                facets.period_stated = stated.is_some();
                facets
            }
        };
        Stated {
            place: sentence.place(statement.tokens.clone()),
            text: sentence.text.trim().to_owned(),
            block: sentence.block,
            figures: slots,
            base_period: sentence.base_period(self.reporting.year),
            context: sentence.context.clone(),
            facets,
            statement,
        }
    }
}

/// The period of a figure that is told with others by the order of the periods before them: of "2019/20 and 2020/21 (40 and 55
/// respectively)" the 40 are of 2019/20.
fn respective_period(
    sentence: &Sentence,
    all: &[Window],
    window: &Window,
    document: Option<Period>,
) -> Option<Period> {
    let at = all.partition_point(|other| other.figure < window.figure);
    let alone = |i: usize| sentence.tokens.get(i).is_none_or(|t| !matches!(t.kind, TokenKind::Period(_)));
    // Figures of which each follows the last with no more than a comma and "and" between are told together.
    let joined = |i: usize| {
        let pair = all.get(i).zip(all.get(i + 1));
        pair.is_some_and(|(a, b)| b.figure - a.figure <= JOINED && (a.figure + 1..b.figure).all(alone))
    };
    let before = (0..at).rev().take(TOLD).take_while(|i| joined(*i)).count();
    let after = (at..all.len()).take(TOLD).take_while(|i| joined(*i)).count();
    let (from, to) = (all.get(at - before)?.figure, all.get(at + after)?.figure);
    let mut behind = to + 1..to + 1 + JOINED;
    if before + after == 0 || !behind.any(|i| sentence.is_printed(i, &pack().rules.respectively)) {
        return None;
    }
    let periods: Vec<Period> = (0..from).filter_map(|i| sentence.period_at(i, document)).collect();
    let skipped = periods.len().checked_sub(before + after + 1)?;
    periods.get(skipped + before).copied()
}

/// How many figures before and after one are told with it at most: more are a table in disguise.
const TOLD: usize = 6;

/// The most tokens from one of several figures that are told together to the next.
const JOINED: usize = 3;

/// The figure from which one in brackets, or behind a word of comparison, takes its meaning. That is the figure
/// before it. But a count is compared with a count and not with a share that stands between: "168 reviews, or 13% of
/// all, compared with 146".
fn compared_with<'a>(
    sentence: &Sentence,
    windows: &[Window],
    window: &Window,
    meanings: &'a [Meaning],
) -> Option<&'a Meaning> {
    let is_share = |w: &Window| {
        sentence.quantity(w.figure).is_some_and(|q| matches!(q.unit, Unit::Percent | Unit::Ratio))
    };
    if window.bracketed || is_share(window) {
        return meanings.last();
    }
    let alike = windows.iter().zip(meanings).rev().find(|(w, _)| !is_share(w));
    alike.map(|(_, meaning)| meaning).or(meanings.last())
}

/// Gives both ends of a change ("from 25 to 52") what is said of the first.
fn share_subject(statement: &Statement, index: impl Fn(usize) -> Option<usize>, figures: &mut [Figure]) {
    let end = |slot| slot_token(statement, slot).and_then(&index);
    let Some((a, b)) = end(Slot::Before).zip(end(Slot::After)) else { return };
    let Some(first) = figures.get(a.min(b)).map(|f| f.facets.clone()) else { return };
    let Some(second) = figures.get_mut(a.max(b)).map(|f| &mut f.facets) else { return };
    if second.topic().is_empty() && second.dimensions.is_empty() {
        second.dimensions.clone_from(&first.dimensions);
        let words = second.wording_mut();
        words.topic.clone_from(first.topic());
        words.open.clone_from(first.open());
    }
}

fn slot_token(statement: &Statement, wanted: Slot) -> Option<usize> {
    statement.slots.iter().find(|(slot, _)| *slot == wanted).map(|(_, token)| *token)
}
