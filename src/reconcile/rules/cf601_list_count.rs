//! CF601 list-count: as many things are listed as are announced.

use super::propose::announced;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;
use crate::model::block::BlockKind;
use crate::model::document::Stated;
use crate::model::ids::BlockIdx;
use crate::model::statement::{RelationKind, Slot, StatementMark};
use crate::model::table::{Form, Table};
use crate::model::text::Place;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Relation};
use std::collections::BTreeSet;

pub(crate) const CHECK: Check = Check {
    code: "CF601",
    name: "list-count",
    gist: "as many things are listed as are announced",
    severity: Severity::Error,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Counts what is listed after "three stages", "five themes" or "the four services below", and compares the count
with the number stated. Listed are items, rows of the table that follows, stages that are numbered in
headings or sentences, or what the rest of the sentence names after a colon or in brackets.

A table whose head is "Top 5 themes", or of which a sentence before it says that it shows the top five, has five rows.
Where it has more it is a warning. A count before a sentence that only opens a list ("These are:") is borne out by
the list, and never refuted. So is a count of what a table within a few paragraphs names in its first column, where that is headed
by the noun and by nothing else.

## Why it matters

A list that is one short has lost something that the reader is told to expect.

## Example

```text
The procedure has three stages:
Stage 1 – Local resolution
Stage 2 – Investigation
```

## When it stays quiet

- Where no list follows within a few paragraphs, or it is not clear where it ends.
- Where stages are mentioned but not set out one by one.
- Where the number is part of a name ("the three rivers team").
- Where a list within a sentence has another number of things: a name can hold a comma or "and".
- Where a table of the top so many has fewer rows, or the first row too many has a value of the one before it and shares its
  place.
"#,
    message: "The text counts {published}; the list has {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

How we deal with complaints

The procedure has three stages:

Stage 1 - Local resolution

The team concerned answers.

Stage 2 - Investigation

Somebody from outside the team looks into it.

Stage 3 - Review panel

A panel looks at the investigation.
"#, r#"Larkmere Council
Annual complaints report 2021/22

What we learned

Four themes stood out in the year: delay, staff, charges, and parking.
"#, r#"Larkmere Council
Schools in the district 2021/22

There are 5 schools in the north of the district, with 1,208 pupils.

| School | Place | Pupils |
| --- | --- | --- |
| Ash Lane | Wick | 210 |
| Elm Road | Wick | 305 |
| Oak Street | Farrow | 187 |
| Saint Ann | Farrow | 240 |
| Weir Bank | Holt | 266 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

How we deal with complaints

The procedure has three stages:

Stage 1 - Local resolution

The team concerned answers.

Stage 2 - Investigation

Somebody from outside the team looks into it.
"#],
};

/// How many blocks after the statement a list can stand.
const REACH: usize = 16;

/// Emits a relation for every stated count of things that a list follows, and for the tables and lists that are announced in
/// other ways.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    announced::emit(ledger, out);
    let counts = || ledger.document.stated.iter().filter(|s| s.statement.kind == RelationKind::Count);
    let announcing: BTreeSet<BlockIdx> = counts().map(|s| s.block).collect();
    for stated in counts() {
        let Some(&(_, figure)) = stated.figures.iter().find(|(slot, _)| *slot == Slot::Bound) else {
            continue;
        };
        let number = number(ledger, stated);
        let Some((number, (listed, list))) = number.zip(listed(ledger, stated, &announcing)) else { continue };
        let arithmetic = Arithmetic::Count { stated: number, listed, list };
        out.push(Relation {
            readings: vec![crate::reconcile::relation::Reading { operands: Vec::new(), cost: 0, note: None }],
            ..Relation::of_figure(ledger, figure, "CF601", arithmetic)
        });
    }
}

/// A number of things, and where they stand.
type Listed = (u32, Place);

/// The number of things listed after a statement: numbered stages in headings and sentences, the rows of the table
/// that follows, or the items of the list that follows.
fn listed(ledger: &Ledger, stated: &Stated, announcing: &BTreeSet<BlockIdx>) -> Option<Listed> {
    let stages = stated.statement.says(&StatementMark::Stage);
    if stages {
        let announces = stated.statement.says(&StatementMark::List);
        return numbered_stages(ledger, stated, announcing)
            .filter(|(listed, _)| announces || says(ledger, stated, *listed));
    }
    if let Some(listed) = in_sentence(ledger, stated).filter(|listed| says(ledger, stated, *listed)) {
        return Some((listed, place_of(ledger, stated.block, stated.block)?));
    }
    // The items after an item that counts are set in under it and stand beside it: how many it means is not told.
    if ledger.document.blocks.get(stated.block).is_some_and(|block| block.kind == BlockKind::Item) {
        return None;
    }
    let following = ledger.document.blocks.starting(stated.block.plus(1)).iter();
    let mut items = 0;
    for block in following.take(REACH) {
        match block.kind {
            BlockKind::Table(index) if items == 0 => {
                let points_below = stated.statement.says(&StatementMark::Below)
                    || stated.text.trim_end().ends_with(':');
                let table = ledger.document.tables.get(index).filter(|_| points_below)?;
                if !is_whole(ledger, table) {
                    return None;
                }
                let rows = (table.header_rows..table.rows).filter(|r| !table.is_total_row(*r));
                return Some((rows.count() as u32, table.place));
            }
            BlockKind::Item => items += 1,
            _ => break,
        }
    }
    let list = place_of(ledger, stated.block.plus(1), stated.block.plus(items));
    (items > 1 && stated.text.trim_end().ends_with(':')).then_some(u32::try_from(items).ok()?).zip(list)
}

/// Where the blocks from one to another stand.
fn place_of(ledger: &Ledger, first: BlockIdx, last: BlockIdx) -> Option<Place> {
    let place = |index| ledger.document.blocks.get(index).map(|block| block.passage.place(0..block.passage.text.len()));
    Some(place(first)?.to(place(last)?))
}

/// The number of things that the rest of the sentence lists: after a colon, or in brackets. A name can hold a comma or "and",
/// so that the list can bear its number out and not refute it.
fn in_sentence(ledger: &Ledger, stated: &Stated) -> Option<u32> {
    let (_, figure) = stated.figures.iter().find(|(slot, _)| *slot == Slot::Bound)?;
    let printed = ledger.document.text_at(ledger.figure(*figure)?.place);
    let (_, rest) = stated.text.split_once(printed.as_str())?;
    let opens = rest.find([':', '('])?;
    let list = rest.get(opens + 1..)?;
    let list = if rest.get(opens..)?.starts_with('(') { list.split(')').next()? } else { list };
    let joins = |part: &str| {
        let words = part.split_whitespace();
        words.filter(|word| pack().words.joins_clause.has(&word.to_lowercase())).count()
    };
    let parts: Vec<&str> = list.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    // "A, B and C" and "A, B, and C" both list three.
    let last = parts.last().map_or(0, |part| {
        let leads = part.split_whitespace().next().is_some_and(|word| joins(word) > 0);
        joins(part) - usize::from(leads && joins(part) > 0)
    });
    u32::try_from(parts.len() + last).ok().filter(|listed| *listed > 1)
}

/// Whether a table begins and ends where its rows do: no line follows it at once that can be a row without its figures, and no
/// number stands in the heads below the first.
fn is_whole(ledger: &Ledger, table: &Table) -> bool {
    let below = table.place.line_end.saturating_add(1);
    let in_lines = matches!(table.form, Form::Pipes | Form::Tabs | Form::Slashes | Form::Spaces);
    let followed =
        in_lines && ledger.document.line(below).is_some_and(|line| !line.text.trim().is_empty());
    let is_number = |text: &str| text.split_whitespace().any(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let heads = (1..table.header_rows).flat_map(|row| (0..table.cols).map(move |col| (row, col)));
    !followed && !heads.into_iter().any(|(row, col)| is_number(table.text(row, col)))
}

/// The number that is stated.
fn number(ledger: &Ledger, stated: &Stated) -> Option<u32> {
    let (_, index) = stated.figures.iter().find(|(slot, _)| *slot == Slot::Bound)?;
    u32::try_from(ledger.figure(*index)?.quantity.value.as_ref()?.to_i128()?).ok()
}

/// Whether the stated number is the listed one.
fn says(ledger: &Ledger, stated: &Stated, listed: u32) -> bool {
    number(ledger, stated) == Some(listed)
}

/// Stages named in headings after the statement, up to the first that comes again; else in the sentences around it.
fn numbered_stages(ledger: &Ledger, stated: &Stated, announcing: &BTreeSet<BlockIdx>) -> Option<Listed> {
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut last = stated.block;
    let blocks = &ledger.document.blocks;
    for (index, block) in blocks.entries().skip(stated.block.index() + 1).take(REACH) {
        if announcing.contains(&index) {
            break;
        }
        let is_heading = matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Item);
        if let Some(stage) = leading_stage(&block.passage.text).filter(|_| is_heading)
        {
            if !seen.insert(stage) {
                break;
            }
            last = index;
        }
    }
    if seen.len() < 2 {
        last = stated.block;
        let around = blocks.starting(stated.block).iter().take(3);
        seen = around.flat_map(|b| ordinal_stages(&b.passage.text)).collect();
    }
    let highest = *seen.last()?;
    let list = place_of(ledger, stated.block, last);
    (highest > 1 && seen.len() as u32 == highest).then_some(highest).zip(list)
}

/// The number of a heading "Stage 2 - …".
fn leading_stage(text: &str) -> Option<u32> {
    let lower = text.trim_start().to_lowercase();
    let rest = pack().rules.stage.iter().find_map(|stage| lower.strip_prefix(stage))?;
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let small = pack().numerals.small.get(&word).and_then(|n| u32::try_from(*n).ok());
    small.or_else(|| word.parse().ok()).filter(|n| *n < 10)
}

/// Stages named by ordinals: "the first stage …; the second stage …".
fn ordinal_stages(text: &str) -> Vec<u32> {
    let lower = text.to_lowercase();
    let stages = &pack().rules.stages;
    let mut named: Vec<u32> = stages
        .words()
        .filter(|name| lower.contains(name))
        .filter_map(|name| stages.get(name).copied())
        .collect();
    named.sort_unstable();
    named
}
