//! Recognises heads that repeat over the columns ("No. | % | No. | %"). Each head above them stands over one
//! repetition.

use super::heads::Head;
use super::pieces::Piece;
use crate::model::geometry::Rect;

/// The head of one column, in the last line of heads.
struct Leaf {
    col: usize,
    text: Vec<String>,
    area: Rect,
}

/// Lets each head above a line of repeated heads reach over one repetition.
pub(crate) fn repeated(pieces: &[Piece], heads: &mut [Head]) {
    let Some(last) = heads.last().map(|h| h.line) else { return };
    let leaf = |head: &Head| Leaf {
        col: head.cols.0,
        text: head
            .chunk
            .members
            .iter()
            .filter_map(|i| pieces.get(*i))
            .map(|p| p.text.to_lowercase())
            .collect(),
        area: head.chunk.area,
    };
    let leaves: Vec<Leaf> =
        heads.iter().filter(|h| h.line == last && h.cols.0 == h.cols.1).map(leaf).collect();
    let Some((leaves, length)) = rounds(&leaves) else { return };
    let first = leaves.first().map_or(0, |leaf| leaf.col);
    for line in 0..last {
        let own: Vec<usize> = (0..heads.len())
            .filter(|i| heads.get(*i).is_some_and(|h| h.line == line && h.cols.1 >= first))
            .collect();
        let rounds = || own.iter().zip(leaves.chunks(length));
        let fits = own.len() == leaves.len() / length
            && rounds().all(|(i, round)| heads.get(*i).is_some_and(|head| is_over(head, round)));
        for (i, round) in rounds().filter(|_| fits) {
            if let (Some(head), Some(a), Some(b)) = (heads.get_mut(*i), round.first(), round.last()) {
                (head.cols, head.over) = ((a.col, b.col), true);
            }
        }
    }
}

/// Whether a head stands over a whole repetition and not over one of its heads.
fn is_over(head: &Head, round: &[Leaf]) -> bool {
    let (Some(first), Some(last)) = (round.first(), round.last()) else { return false };
    let mid = head.chunk.area.mid_x();
    let whole = (first.area.union(last.area).mid_x() - mid).abs();
    let within = first.col <= head.cols.0 && head.cols.1 <= last.col;
    !head.over && within && round.iter().all(|leaf| whole < (leaf.area.mid_x() - mid).abs())
}

/// The heads that repeat, and how many of them make one repetition.
fn rounds(leaves: &[Leaf]) -> Option<(&[Leaf], usize)> {
    // The head of the labels may stand before the first repetition.
    for skip in 0..leaves.len().min(3) {
        let rest = leaves.get(skip..)?;
        if !rest.windows(2).all(|w| matches!(w, [a, b] if a.col + 1 == b.col)) {
            continue;
        }
        for length in 2..=rest.len() / 2 {
            let again = rest.iter().zip(rest.get(length..)?).all(|(a, b)| a.text == b.text);
            if rest.len() % length == 0 && again && rest.first()?.text != rest.get(1)?.text {
                return Some((rest, length));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(texts: &[&str]) -> Vec<Leaf> {
        let leaf = |(col, text): (usize, &&str)| Leaf {
            col,
            text: vec![(*text).to_owned()],
            area: Rect::new(0.0, 0.0, 1.0, 1.0),
        };
        texts.iter().enumerate().map(leaf).collect()
    }

    fn found(texts: &[&str]) -> Option<(usize, usize)> {
        rounds(&leaves(texts)).map(|(rest, length)| (rest.first().map_or(0, |l| l.col), length))
    }

    #[test]
    fn rounds_are_what_the_whole_line_repeats() {
        assert_eq!(found(&["no.", "%", "no.", "%"]), Some((0, 2)));
        assert_eq!(found(&["stage", "a", "b", "c", "a", "b", "c"]), Some((1, 3)));
        assert_eq!(found(&["no.", "%", "no."]), None);
        assert_eq!(found(&["%", "%", "%", "%"]), None);
        assert_eq!(found(&["no.", "%", "change"]), None);
    }
}
