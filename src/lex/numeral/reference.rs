//! Numerals that name something and count nothing: sections and stages, codes, telephone numbers, ages, times.

use super::words;
use crate::lex::lexeme::{Lexeme, LexemeKind, Rest, before, from};
use crate::pack::pack;

/// Whether the numeral at `at` names something instead of counting it. Returns the index after the whole name
/// ("Stages 1 and 2"), or `None` where the numeral is a figure.
pub(crate) fn reference(tokens: Rest, at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    if token.is_numeral() {
        let joined = glued_before(tokens, at).or_else(|| glued_after(tokens, at, token));
        if let Some(end) =
            joined.or_else(|| code(tokens, at, token)).or_else(|| list_number(tokens, at, token))
        {
            return Some(end);
        }
    }
    labelled(tokens, at).or_else(|| age(tokens, at)).or_else(|| stretch_of_time(tokens, at))
}

/// Finds numerals that are part of a name because of what is joined to their left: S47, COVID-19, complaints.3,
/// 10:30, #12, +44.
fn glued_before(tokens: Rest, at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let previous = before(tokens, at, 1).filter(|_| token.glued)?;
    let earlier = before(tokens, at, 2).filter(|_| previous.glued);
    let named = match (previous.kind, previous.text) {
        (LexemeKind::Word, _) => !previous.is_in(&pack().references.run_together),
        (_, "-") => earlier.is_some_and(|t| t.is_capitals() || t.is_in(&pack().references.hyphened)),
        (_, "." | "_") => earlier.is_some(),
        (_, "/" | ":") => earlier.is_some_and(Lexeme::is_word),
        (_, "#" | "@" | "\\") => true,
        (_, "+") => token.text.starts_with("44"),
        _ => false,
    };
    named.then_some(at + 1)
}

/// Finds numerals that are part of a name because of what is joined to their right: 21st, 2a, 12s, 0EH, 10:30, 9am,
/// 24/7, 01-23-45.
fn glued_after(tokens: Rest, at: usize, token: &Lexeme) -> Option<usize> {
    let r = &pack().references;
    let next = tokens.get(at + 1)?;
    if next.is_in(&r.times) {
        return Some(at + 2);
    }
    if let [half, point, m, ..] = from(tokens, at + 1)
        && half.is_in(&r.half_days)
        && point.is(".")
        && m.glued
        && m.is_in(&r.meridiem)
    {
        return Some(at + 4);
    }
    if !next.glued {
        return None;
    }
    if next.is_word() {
        let unit = next.is_in(&r.glued_units) || (next.text.len() > 2 && !next.is_capitals());
        return (!unit).then_some(at + 2);
    }
    if !next.is_any(&[":", "/", "-"]) {
        return None;
    }
    let chain = chain(tokens, at, next.text);
    let slashed = next.is("/") && chain == at + 3 && !is_part_of(token, tokens.get(at + 2));
    let reference = match next.text {
        ":" => chain > at + 1,
        "/" => chain > at + 3 || slashed || tokens.get(at + 2).is_some_and(|t| t.glued && t.is_word()),
        "-" => chain > at + 3,
        _ => false,
    };
    reference.then(|| chain.max(at + 1))
}

/// Returns the index after numerals that are joined by one and the same sign, as in 01-23-45.
fn chain(tokens: Rest, at: usize, sign: &str) -> usize {
    let mut end = at + 1;
    while let (Some(joint), Some(next)) = (tokens.get(end), tokens.get(end + 1)) {
        if !(joint.glued
            && joint.is(sign)
            && next.glued
            && (next.is_numeral() || next.kind == LexemeKind::Dotted))
        {
            break;
        }
        end += 2;
    }
    end
}

/// Whether two numerals with a slash between them are a part and its whole. 6/10 is; 24/7 and 2016/0123 are not.
fn is_part_of(part: &Lexeme, whole: Option<&Lexeme>) -> bool {
    let plain = |t: &Lexeme| !t.text.starts_with('0') || t.text == "0";
    let Some(whole) = whole.filter(|t| plain(part) && plain(t)) else { return false };
    part.small().zip(whole.small()).is_some_and(|(part, whole)| part <= whole)
}

/// Finds telephone numbers, case numbers and codes (0808 800 5792, 19 005 432, 007), and numerals too long to be
/// figures.
fn code(tokens: Rest, at: usize, token: &Lexeme) -> Option<usize> {
    let leading = |t: &Lexeme| t.text.len() > 1 && t.text.starts_with('0') && !t.text.starts_with("0.");
    let case = token.is_plain(2) && tokens.get(at + 1).is_some_and(|t| t.is_plain(3) && leading(t));
    if leading(token) || case {
        let more =
            from(tokens, at + 1).iter().take(4).take_while(|t| t.is_numeral() && t.text.len() > 2).count();
        return Some(at + 1 + more);
    }
    // "1 (ii)" names a paragraph.
    if let [open, roman, close, ..] = from(tokens, at + 1)
        && open.is("(")
        && close.is(")")
        && roman.is_in(&pack().references.items)
    {
        return Some(at + 4);
    }
    super::unit::digits(token).is_none().then_some(at + 1)
}

/// Finds the numbers of headings and list items: "1. Introduction", "5.2 Timescales" and "2 HOUSING" at the start of
/// the text, "3) ..." and "## 4."
fn list_number(tokens: Rest, at: usize, token: &Lexeme) -> Option<usize> {
    let heading = before(tokens, at, 1).is_some_and(|t| t.is("#"));
    let after_stop = before(tokens, at, 1).is_none_or(|t| t.is_any(&[".", ":", ";"]));
    if !(token.fresh && after_stop || heading) || token.text.len() > 4 || token.text.contains(',') {
        return None;
    }
    let (next, later) = (tokens.get(at + 1)?, tokens.get(at + 2));
    let spaced_word = later.is_none_or(|t| !t.glued);
    let pointed = next.glued && next.is_any(&[".", ")"]) && spaced_word;
    let decimal = token.text.contains('.') && next.is_capitalised();
    // No report has a hundred sections: "327 VOTES CAST" counts.
    let capitals = token.text.len() <= 2 && next.is_capitals() && next.text.len() > 3;
    (pointed || decimal || capitals).then_some(at + 1)
}

/// Finds numerals behind a word that is followed by a number and not a count: "Section 118", "Stages 1 and 2",
/// "Regulation 13 (3)", "stage-two", "PO Box 4771", "per 1,000".
fn labelled(tokens: Rest, at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let mut back = 1;
    while back < 3 && before(tokens, at, back).is_some_and(|t| t.is(".") || t.is("-") && token.glued) {
        back += 1;
    }
    let (r, n) = (&pack().references, &pack().numerals);
    let told = before(tokens, at, 1).is_some_and(|t| t.is(":"))
        && before(tokens, at, 2).is_some_and(|t| t.is_in(&r.told));
    let label = before(tokens, at, back + usize::from(told))?;
    if label.is_in(&n.per) && token.is_numeral() {
        return Some(at + 1);
    }
    // "No" without a point is a negation and no label ("No 12 …"), and "number" in "a total number 12" labels
    // nothing.
    let negation = label.is_in(&n.no) && back == 1;
    let counted = token.text.contains([',', '%']) || tokens.get(at + 1).is_some_and(|t| t.is("%"));
    if !label.is_word() || !label.is_in(&pack().references.labels) || negation || counted {
        return None;
    }
    let end = after_number(tokens, at)?;
    if label.is_in(&pack().references.legal) {
        return Some(subsections(tokens, end));
    }
    Some(continued(tokens, at, end, label))
}

/// The index after a numeral or a number in words.
fn after_number(tokens: Rest, at: usize) -> Option<usize> {
    let rest = from(tokens, at);
    if rest.first()?.is_numeral() {
        return Some(
            at + 1 + usize::from(rest.get(1).is_some_and(|t| t.glued && t.is_word() && t.text.len() == 1)),
        );
    }
    words::spelled(rest).ok().map(|(left, _)| at + rest.len() - left.len())
}

/// Returns the index after the subsections of a law: "13 (3) (b)".
fn subsections(tokens: Rest, mut end: usize) -> usize {
    for _ in 0..3 {
        match from(tokens, end) {
            [open, inner, close, ..] if open.is("(") && inner.text.len() < 4 && close.is(")") => end += 3,
            _ => break,
        }
    }
    end
}

/// Returns the index after the further numbers of a label: "Stages 1, 2 and 3", "Stage 1 and 2", "pages 4 of 12".
/// After a plural label any number belongs to it. After a singular label only the next number does, and only where
/// that number does not begin a clause of its own.
fn continued(tokens: Rest, at: usize, end: usize, label: &Lexeme) -> usize {
    let r = &pack().references;
    let paged = label.is_in(&r.page);
    let plural = label.text.ends_with(['s', 'S']) && label.text.len() > 2;
    let mut end = end;
    let mut last = tokens.get(at).and_then(number_of);
    for _ in 0..8 {
        let (Some(joint), Some(next)) = (tokens.get(end), tokens.get(end + 1)) else { break };
        let spaced_dash = joint.is("-") && !next.glued;
        let joins = (joint.is_in(&r.joints) || joint.is_mark("&-/")) && (plural || !spaced_dash);
        let lists = (plural && joint.is(",")) || (paged && joint.is_in(&pack().numerals.of));
        let (Some(from), Some(number)) = (last, number_of(next)) else { break };
        let clause = tokens
            .get(end + 2)
            .is_some_and(|t| t.is_in(&r.after_clause) || t.is("%") || (t.glued && t.is_word()));
        let follows = plural || paged || (number > from && number <= from + 2 && !clause);
        if !((joins || lists) && follows) {
            break;
        }
        last = Some(number);
        end += 2;
    }
    end
}

fn number_of(token: &Lexeme) -> Option<u64> {
    token.small().map(u64::from).or_else(|| words::small(token))
}

/// Finds ages: "aged 11-17", "age of 25", "ages 0 to 5", "16 year olds", "18 years of age", "over 65s" (known by its
/// "s").
fn age(tokens: Rest, at: usize) -> Option<usize> {
    let r = &pack().references;
    let mut back = 1;
    while back < 4 && before(tokens, at, back).is_some_and(|t| t.is_in(&r.in_age) || t.is_mark(":-")) {
        back += 1;
    }
    let told = before(tokens, at, back).is_some_and(|t| t.is_in(&r.ages));
    let young = before(tokens, at, 1).is_some_and(|t| t.is_in(&r.bounds))
        && before(tokens, at, 2).is_some_and(|t| t.is_in(&r.people));
    let upwards = matches!(from(tokens, at + 1), [and, over, ..] if and.is_in(&pack().numerals.and) && over.is_in(&r.bounds));
    if !told && !young && !upwards {
        return None;
    }
    let end = after_number(tokens, at)?;
    match from(tokens, end) {
        [joint, next, ..] if (joint.is("-") || joint.is_in(&r.age_joints)) && number_of(next).is_some() => {
            Some(end + 2)
        }
        [unit, ..] if unit.is("%") => None,
        _ => Some(end),
    }
}

/// Finds lengths of time, which count no cases: "five years", "a 2 year programme", "16 year olds", "the last 12
/// months".
fn stretch_of_time(tokens: Rest, at: usize) -> Option<usize> {
    let r = &pack().references;
    let mut end = after_number(tokens, at)?;
    if let [joint, next, ..] = from(tokens, end)
        && (joint.is("-") || joint.is_in(&r.time_joints))
        && next.is_numeral()
    {
        end += 2;
    }
    end += usize::from(tokens.get(end).is_some_and(|t| t.is("-") && t.glued));
    let unit = tokens.get(end)?;
    if unit.is_in(&r.years) {
        return Some(end + 1);
    }
    let spans = unit.is_in(&r.spans);
    let framed = before(tokens, at, 1).is_some_and(|t| t.is_in(&r.before_spans));
    (spans && framed).then_some(end + 1)
}
