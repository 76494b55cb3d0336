//! Parses the code of a number format into sections.

use super::digits::Digits;

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum FormatToken {
    /// Printed as it is.
    Literal(String),
    /// A place for a digit: `0`, `#` or `?`.
    Place(char),
    /// The decimal point.
    Point,
    /// A run of one of `y m d h s e`, or AM/PM (`a`).
    Date(char, usize),
    /// Elapsed hours, minutes or seconds: `[h]`.
    Elapsed(char),
}

impl FormatToken {
    /// What is printed as it is.
    pub fn literal(&self) -> Option<&str> {
        match self {
            FormatToken::Literal(text) => Some(text),
            _ => None,
        }
    }

    fn is_digit(&self) -> bool {
        matches!(self, FormatToken::Place(_) | FormatToken::Point)
    }
}

/// The numbers to which a section applies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    least: bool,
    equal: bool,
    most: bool,
    than: f64,
}

impl Condition {
    fn of(text: &str) -> Option<Condition> {
        let number = text.trim_start_matches(['<', '>', '=']);
        let signs = text.get(..text.len() - number.len())?;
        let than = number.trim().parse().ok().filter(|_| !signs.is_empty())?;
        let (least, most) = (signs.contains('>'), signs.contains('<'));
        Some(Condition { least, equal: signs.contains('='), most, than })
    }

    pub fn holds(&self, value: f64) -> bool {
        if self.least && self.most {
            return value != self.than;
        }
        self.least && value > self.than || self.most && value < self.than || self.equal && value == self.than
    }
}

/// How the numbers of one section are shown.
#[derive(Clone, Debug, Default)]
pub struct Section {
    pub tokens: Vec<FormatToken>,
    pub condition: Option<Condition>,
    pub date: bool,
    pub scientific: bool,
    /// Whether it is a fraction or a code that is not supported.
    pub unknown: bool,
    thousands: bool,
    /// How often the number is divided by a thousand.
    scaled: i32,
    percents: i32,
}

/// The sections of a code.
pub fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut chars = code.chars().peekable();
    let mut commas = 0;
    while let Some(c) = chars.next() {
        let Some(section) = sections.last_mut() else { break };
        if c == ',' && section.has_digits() {
            commas += 1;
            continue;
        }
        if matches!(c, '0' | '#' | '?') {
            section.thousands |= commas > 0;
        } else if commas > 0 {
            section.scaled += commas;
        }
        commas = 0;
        match c {
            ';' => sections.push(Section::default()),
            '"' => section.put(&chars.by_ref().take_while(|c| *c != '"').collect::<String>()),
            '\\' => section.put(&chars.next().map_or(String::new(), String::from)),
            '_' => {
                chars.next();
                section.put(" ");
            }
            '*' => drop(chars.next()),
            '[' => section.bracket(&chars.by_ref().take_while(|c| *c != ']').collect::<String>()),
            '0' | '#' | '?' if section.scientific => {}
            '0' | '#' | '?' => section.tokens.push(FormatToken::Place(c)),
            '.' if section.date => section.put("."),
            '.' => section.tokens.push(FormatToken::Point),
            '%' => {
                section.percents += 1;
                section.put("%");
            }
            'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => section.scientific = true,
            '/' if section.has_digits() && !section.date => section.unknown = true,
            '@' => {}
            'G' | 'g' if section.tokens.is_empty() => section.unknown = true,
            'A' | 'a' if matches!(chars.peek(), Some('M' | 'm' | '/')) => {
                while chars.next_if(|c| matches!(c, 'A' | 'a' | 'M' | 'm' | 'P' | 'p' | '/')).is_some() {}
                section.push_date('a');
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' => {
                section.push_date(c.to_ascii_lowercase());
            }
            _ if section.scientific => {}
            c => section.put(&c.to_string()),
        }
    }
    if let Some(section) = sections.last_mut() {
        section.scaled += commas;
    }
    sections
}

impl Section {
    fn put(&mut self, text: &str) {
        self.tokens.push(FormatToken::Literal(text.to_owned()));
    }

    fn push_date(&mut self, letter: char) {
        self.date = true;
        match self.tokens.last_mut() {
            Some(FormatToken::Date(last, count)) if *last == letter => *count += 1,
            _ => self.tokens.push(FormatToken::Date(letter, 1)),
        }
    }

    /// Reads what stands in square brackets: a currency, a condition, elapsed time or a colour.
    fn bracket(&mut self, text: &str) {
        if let Some(currency) = text.strip_prefix('$') {
            let symbol = currency.split('-').next().unwrap_or_default();
            return self.put(symbol);
        }
        if let Some(condition) = Condition::of(text) {
            self.condition = Some(condition);
        } else if let Some(unit) = ['h', 'm', 's']
            .into_iter()
            .find(|unit| !text.is_empty() && text.chars().all(|c| c.eq_ignore_ascii_case(unit)))
        {
            self.date = true;
            self.tokens.push(FormatToken::Elapsed(unit));
        }
    }

    pub fn has_digits(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, FormatToken::Place(_)))
    }

    /// The power of ten between the stored number and the shown one.
    pub fn shift(&self) -> i32 {
        self.percents * 2 - self.scaled * 3
    }

    /// How many decimals are shown at most.
    pub fn decimals(&self) -> usize {
        let behind = self.tokens.iter().skip_while(|token| **token != FormatToken::Point);
        behind.filter(|token| matches!(token, FormatToken::Place(_))).count()
    }

    /// The section with its places filled.
    pub fn fill(&self, value: &Digits) -> String {
        let point =
            self.tokens.iter().position(|token| *token == FormatToken::Point).unwrap_or(self.tokens.len());
        let (before, behind) = self.tokens.split_at_checked(point).unwrap_or((&self.tokens, &[]));
        self.fill_whole(before, &value.whole()) + &fill_decimals(behind, &value.decimals())
    }

    /// Fills the places before the point from the right; the leftmost place takes all remaining digits.
    fn fill_whole(&self, tokens: &[FormatToken], digits: &str) -> String {
        let mut digits: Vec<char> = digits.chars().collect();
        let first = tokens.iter().position(FormatToken::is_digit);
        let mut reversed: Vec<char> = Vec::new();
        let mut filled = 0;
        let mut put = |reversed: &mut Vec<char>, digit: char| {
            if self.thousands && filled > 0 && filled % 3 == 0 {
                reversed.push(',');
            }
            filled += 1;
            reversed.push(digit);
        };
        for (at, token) in tokens.iter().enumerate().rev() {
            match token {
                FormatToken::Place(place) => {
                    match digits.pop() {
                        Some(digit) => put(&mut reversed, digit),
                        None if *place == '0' => put(&mut reversed, '0'),
                        None => {}
                    }
                    if Some(at) == first {
                        while let Some(digit) = digits.pop() {
                            put(&mut reversed, digit);
                        }
                    }
                }
                other => reversed.extend(other.literal().unwrap_or_default().chars().rev()),
            }
        }
        // A format such as ".00" has no place before the point.
        let mut text: String = digits.into_iter().collect();
        text.extend(reversed.into_iter().rev());
        text
    }
}

fn fill_decimals(tokens: &[FormatToken], digits: &str) -> String {
    let mut digits = digits.chars();
    let (mut text, mut point) = (String::new(), false);
    for token in tokens {
        match token {
            FormatToken::Place(place) => {
                let digit = digits.next().or((*place == '0').then_some('0'));
                if let Some(digit) = digit {
                    if !point {
                        text.push('.');
                        point = true;
                    }
                    text.push(digit);
                }
            }
            other => text += other.literal().unwrap_or_default(),
        }
    }
    text
}
