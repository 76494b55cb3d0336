//! Parses the few kinds of formulas that are evaluated.

/// Longer formulas are not evaluated.
pub const LONGEST: usize = 4096;

/// The last column and row that a spreadsheet can have.
const LAST: (u32, u32) = (16_383, 1_048_575);

/// A rectangle of cells: first and last of its rows and columns, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CellRange {
    pub rows: (u32, u32),
    pub cols: (u32, u32),
}

impl CellRange {
    pub fn has(&self, row: u32, col: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.cols.0..=self.cols.1).contains(&col)
    }
}

/// How the cells are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    Sum,
    Average,
    /// `a+b+c`
    Plus,
    /// `a-b`
    Minus,
    /// `(a-b)/b`, also as `a/b-1`
    Change,
    /// `a/b`
    Ratio,
}

impl Function {
    /// It adds cells up; the others compare two.
    pub fn is_sum(self) -> bool {
        matches!(self, Function::Sum | Function::Average | Function::Plus)
    }
}

/// A formula that only adds up, or compares, cells of its own sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    pub function: Function,
    pub areas: Vec<CellRange>,
}

/// Reads `SUM(B2:B4,B6)`, `AVERAGE(B2:B4)`, `B2+B3`, `B2-B3`, `(B2-B3)/B3` and `B2/B3`, as spreadsheets of all kinds
/// write them.
pub fn expression(text: &str, sheet: &str) -> Option<Expression> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.strip_prefix("of:").or_else(|| text.strip_prefix("oooc:")).unwrap_or(text);
    let text = text.strip_prefix('=').unwrap_or(text).trim();
    // In OpenDocument, a point before an address stands for the sheet itself.
    let text = text.replace("[.", "").replace(":.", ":").replace(']', "").replace(['$', ' '], "");
    let own = [
        format!("'{}'!", sheet.replace('\'', "''").replace(['$', ' '], "")),
        format!("{sheet}!").replace(['$', ' '], ""),
    ];
    let text = own.iter().fold(text, |text, own| text.replace(own.as_str(), ""));
    let upper = text.to_ascii_uppercase();
    let call = |name: &str| upper.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')').map(str::to_owned);
    if let Some(compared) = comparison(&upper) {
        return Some(compared);
    }
    let (function, list) = match (call("SUM"), call("AVERAGE")) {
        (Some(list), _) => (Function::Sum, list),
        (_, Some(list)) => (Function::Average, list),
        _ => (Function::Plus, upper.trim_start_matches('+').to_owned()),
    };
    let marks: &[char] = if function == Function::Plus { &['+'] } else { &[',', ';'] };
    let areas: Option<Vec<CellRange>> = list.split(marks).map(area).collect();
    let areas = areas.filter(|areas| !areas.is_empty())?;
    let single = areas.iter().all(|area| area.rows.0 == area.rows.1 && area.cols.0 == area.cols.1);
    let fits = function != Function::Plus || single && areas.len() > 1;
    fits.then_some(Expression { function, areas })
}

/// A comparison of two cells: the first is the later one, the part or what is taken from.
fn comparison(text: &str) -> Option<Expression> {
    let text = text.trim_start_matches('+');
    let text = bare(text).unwrap_or(text);
    let of = |function, first: &str, second: &str| {
        let areas = [cell(first)?, cell(second)?];
        let areas = areas.map(|(row, col)| CellRange { rows: (row, row), cols: (col, col) });
        Some(Expression { function, areas: areas.to_vec() })
    };
    let Some((above, below)) = text.split_once('/') else {
        let (from, taken) = text.split_once('-')?;
        return of(Function::Minus, from, taken);
    };
    if let Some(base) = below.strip_suffix("-1") {
        return of(Function::Change, above, base);
    }
    match bare(above).and_then(|difference| difference.split_once('-')) {
        Some((after, before)) => of(Function::Change, after, before).filter(|_| before == below),
        None => of(Function::Ratio, above, below),
    }
}

/// What stands in the brackets around a text.
fn bare(text: &str) -> Option<&str> {
    text.strip_prefix('(')?.strip_suffix(')').filter(|inner| !inner.contains(['(', ')']))
}

/// A formula as it reads in another cell that shares it: addresses without `$` move along.
pub fn moved(text: &str, from: (u32, u32), to: (u32, u32)) -> String {
    let mut moved = String::with_capacity(text.len());
    let mut word = String::new();
    let mut quoted = false;
    for c in text.chars().chain(['\0']) {
        if !quoted && (c.is_ascii_alphanumeric() || matches!(c, '$' | '_' | '.')) {
            word.push(c);
            continue;
        }
        match place(&word, from, to).filter(|_| c != '(' && c != '!') {
            Some(place) => moved += &place,
            None => moved += &word,
        }
        word.clear();
        quoted ^= matches!(c, '"' | '\'');
        if c != '\0' {
            moved.push(c);
        }
    }
    moved
}

/// The moved address, if the word is one.
fn place(word: &str, from: (u32, u32), to: (u32, u32)) -> Option<String> {
    let (row, col) = cell(&word.replace('$', ""))?;
    let fixed = (word.get(1..)?.contains('$'), word.starts_with('$'));
    let shift =
        |at: u32, from: u32, to: u32| u32::try_from(i64::from(at) + i64::from(to) - i64::from(from)).ok();
    let row = if fixed.0 { row } else { shift(row, from.0, to.0)? };
    let col = if fixed.1 { col } else { shift(col, from.1, to.1)? };
    Some(crate::model::sheet::address(row as usize, col as usize))
}

/// The rectangle of `B2` or `B2:D4`.
pub fn area(text: &str) -> Option<CellRange> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (a, b) = (cell(first)?, cell(last)?);
    Some(CellRange { rows: (a.0.min(b.0), a.0.max(b.0)), cols: (a.1.min(b.1), a.1.max(b.1)) })
}

/// The row and column of `B2`, from 0.
pub fn cell(text: &str) -> Option<(u32, u32)> {
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (letters, digits) = text.split_at_checked(letters)?;
    if !(1..=3).contains(&letters.len()) || !(1..=7).contains(&digits.len()) || digits.starts_with('0') {
        return None;
    }
    let letter = |col: u32, byte: u8| col * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
    let col = letters.bytes().fold(0, letter) - 1;
    let row = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?? - 1;
    (col <= LAST.0 && row <= LAST.1).then_some((row, col))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First row and column, last row and column.
    type Corners = (u32, u32, u32, u32);

    fn read(text: &str) -> Option<(Function, Vec<Corners>)> {
        let Expression { function, areas } = expression(text, "My sheet")?;
        Some((function, areas.into_iter().map(|a| (a.rows.0, a.cols.0, a.rows.1, a.cols.1)).collect()))
    }

    #[test]
    fn sums_of_all_kinds_are_read() {
        assert_eq!(read("SUM(B2:B4)"), Some((Function::Sum, vec![(1, 1, 3, 1)])));
        assert_eq!(read("=sum($B$2:B4, B6)"), Some((Function::Sum, vec![(1, 1, 3, 1), (5, 1, 5, 1)])));
        assert_eq!(read("of:=SUM([.B2:.B4];[.B6])"), Some((Function::Sum, vec![(1, 1, 3, 1), (5, 1, 5, 1)])));
        assert_eq!(read("+B2+C2"), Some((Function::Plus, vec![(1, 1, 1, 1), (1, 2, 1, 2)])));
        assert_eq!(
            read("AVERAGE(A1:XFD1048576)"),
            Some((Function::Average, vec![(0, 0, 1_048_575, 16_383)]))
        );
        assert_eq!(read("SUM('My sheet'!B2:B4)"), Some((Function::Sum, vec![(1, 1, 3, 1)])));
    }

    #[test]
    fn comparisons_of_two_cells_are_read() {
        let two = vec![(1, 2, 1, 2), (1, 1, 1, 1)];
        assert_eq!(read("=(C2-B2)"), Some((Function::Minus, two.clone())));
        assert_eq!(read("+C2-B2"), Some((Function::Minus, two.clone())));
        assert_eq!(read("(C2-B2)/B2"), Some((Function::Change, two.clone())));
        assert_eq!(read("of:=([.C2]-[.B2])/[.B2]"), Some((Function::Change, two.clone())));
        assert_eq!(read("C2/B2-1"), Some((Function::Change, two.clone())));
        assert_eq!(read("C2/$B$2"), Some((Function::Ratio, two)));
    }

    #[test]
    fn shared_formulas_move_along() {
        let there = |text| moved(text, (3, 1), (4, 2));
        assert_eq!(there("SUM(B2:$B3)"), "SUM(C3:$B3)".replace("$B3", "B4"));
        assert_eq!(there("SUM(B$2:B3)+\"B2\"+LOG10(B2)"), "SUM(C2:C4)+\"B2\"+LOG10(C3)");
    }

    #[test]
    fn nothing_else_is() {
        for text in [
            "B2",
            "B2-B3-B4",
            "B2-1",
            "(B2-B3)/B4",
            "B2/12",
            "SUM(B2:B4)/2",
            "SUM(Other!B2:B4)",
            "SUM(B2:B4)+1",
            "SUM(A0)",
            "SUM()",
            "1+2",
            "SUM(XFE1)",
            "B2:B3+C1",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
