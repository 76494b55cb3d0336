//! Shares that are called a rate of answers, of the counts beside them: "1,240 forms were sent and 310 came back, a response
//! rate of 25%", or three numbers of a panel that stand over their labels.

use crate::layout::sentences;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::quantity::Unit;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, OperandRole, Reading, Relation, UNCERTAIN};
use crate::reconcile::solve;

/// How many sentences before it the counts of a share are looked for.
const SENTENCES: usize = 2;
/// Of more counts two make any share by chance.
const COUNTS: usize = 4;
/// How many blocks of a panel are looked at on either side: three numbers with their labels, and the signs between them.
const AROUND: usize = 8;
/// The label of a number in a panel is no longer than this.
const LABEL: usize = 60;

/// Emits a share for each rate of answers that two of the counts beside it make right. Nothing says which counts it means, so
/// that they bear it out and accuse nobody.
pub(super) fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for share in ledger.document.figures.ids() {
        let Some(figure) = ledger.figure(share).filter(|figure| is_share(figure)) else { continue };
        let Home::Prose { block, sentence } = figure.home else { continue };
        let counts = if sentence_of(ledger, block, sentence).is_some_and(names_rate) {
            before(ledger, block, share, sentence)
        } else if is_bare(ledger, block) && is_labelled(ledger, block) {
            in_panel(ledger, block)
        } else {
            Vec::new()
        };
        let readings = readings(ledger, figure, share, &counts);
        if !readings.is_empty() {
            let relation = Relation::of_figure(ledger, share, "CF203", Arithmetic::Share);
            out.push(Relation { readings, ..relation });
        }
    }
}

fn is_share(figure: &Figure) -> bool {
    figure.quantity.unit == Unit::Percent && figure.role == Role::Share
}

fn is_count(figure: &Figure) -> bool {
    figure.is_plain_count() && matches!(figure.home, Home::Prose { .. })
}

fn names_rate(text: &str) -> bool {
    pack().rules.answer_rate.within(&text.to_lowercase())
}

fn text<'a>(ledger: &Ledger<'a>, block: BlockIdx) -> Option<&'a str> {
    ledger.document.blocks.get(block).map(|block| block.passage.text.trim())
}

fn sentence_of<'a>(ledger: &Ledger<'a>, block: BlockIdx, number: usize) -> Option<&'a str> {
    let text = &ledger.document.blocks.get(block)?.passage.text;
    text.get(sentences(text).into_iter().nth(number)?)
}

/// The counts of its own sentence, and of those before it, that a share can be concluded from.
fn before(ledger: &Ledger, block: BlockIdx, share: FigureIdx, sentence: usize) -> Vec<FigureIdx> {
    let is_near = |figure: &Figure| {
        let near = |number: usize| number <= sentence && sentence - number <= SENTENCES;
        matches!(figure.home, Home::Prose { sentence, .. } if near(sentence)) && is_count(figure)
    };
    let before = ledger.before_in_block(block, share).iter().copied();
    before.filter(|i| ledger.figure(*i).is_some_and(is_near)).collect()
}

/// Whether a block is a number without words, which its label stands above or below.
fn is_bare(ledger: &Ledger, block: BlockIdx) -> bool {
    text(ledger, block).is_some_and(|text| !text.contains(char::is_alphabetic))
        && !figures(ledger, block).is_empty()
}

fn figures<'a>(ledger: &'a Ledger, block: BlockIdx) -> &'a [FigureIdx] {
    ledger.prose_in_block(block)
}

/// Whether the words right above or below a number name a rate of answers.
fn is_labelled(ledger: &Ledger, block: BlockIdx) -> bool {
    let sides = [block.minus(1), Some(block.plus(1))];
    sides
        .into_iter()
        .flatten()
        .filter_map(|side| text(ledger, side))
        .any(|text| text.len() <= LABEL && names_rate(text))
}

/// The counts of the panel that a number stands in: those without words of their own, among blocks that are no longer than a
/// label.
fn in_panel(ledger: &Ledger, block: BlockIdx) -> Vec<FigureIdx> {
    let is_part = |block: &BlockIdx| {
        let short = text(ledger, *block).is_some_and(|text| text.len() <= LABEL);
        short && (is_bare(ledger, *block) || figures(ledger, *block).is_empty())
    };
    let above = (1..=AROUND).map_while(|far| block.minus(far)).take_while(is_part);
    let below = (1..=AROUND).map(|far| block.plus(far)).take_while(is_part);
    let all = above.chain(below).flat_map(|block| figures(ledger, block)).copied();
    all.filter(|i| ledger.figure(*i).is_some_and(is_count)).collect()
}

fn readings(ledger: &Ledger, share: &Figure, at: FigureIdx, counts: &[FigureIdx]) -> Vec<Reading> {
    if counts.len() > COUNTS {
        return Vec::new();
    }
    let quantity = |i: &FigureIdx| ledger.figure(*i).map(|figure| &figure.quantity);
    let makes = |(part, whole): &(&FigureIdx, &FigureIdx)| {
        quantity(part)
            .zip(quantity(whole))
            .is_some_and(|(n, w)| n.value < w.value && solve::share_fit(n, w, &share.quantity).holds())
    };
    let pairs = counts.iter().flat_map(|part| counts.iter().map(move |whole| (part, whole)));
    let reading = |(part, whole): (&FigureIdx, &FigureIdx)| {
        let operands = vec![
            (OperandRole::Share, ledger.id(at)),
            (OperandRole::Part, ledger.id(*part)),
            (OperandRole::Whole, ledger.id(*whole)),
        ];
        Reading { operands, cost: UNCERTAIN, note: None }
    };
    pairs.filter(makes).map(reading).collect()
}
