//! The numbers that a chart was last drawn from, as a table: a row for each category, a column for each series.

use super::xml::{Token, Xml};
use crate::format::flow::{Cell, Grid, Inline};
use std::collections::BTreeMap;

/// Points after this many are left out.
const MOST_POINTS: usize = 10_000;

#[derive(Default)]
struct Series {
    name: String,
    categories: BTreeMap<usize, String>,
    values: BTreeMap<usize, String>,
    format: String,
}

/// Where in a series the reader is.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Name,
    Category,
    Value,
}

/// The table of a chart; nothing where it has no numbers of its own.
pub(super) fn grid(text: &str) -> Option<Grid> {
    let (title, series) = read(text);
    let points: BTreeMap<usize, String> = series.iter().rev().flat_map(|s| s.categories.clone()).collect();
    let all: std::collections::BTreeSet<usize> =
        series.iter().flat_map(|s| s.values.keys()).chain(points.keys()).copied().collect();
    if all.is_empty() || series.iter().all(|s| s.values.is_empty()) {
        return None;
    }
    let cell = |text: String, header| Cell { text, row_span: 1, col_span: 1, header };
    let mut rows = vec![vec![cell(String::new(), true)]];
    if let Some(head) = rows.first_mut() {
        head.extend(series.iter().map(|s| cell(s.name.clone(), true)));
    }
    for point in all {
        let label = points.get(&point).cloned().unwrap_or_else(|| (point + 1).to_string());
        let mut row = vec![cell(label, true)];
        let value = |s: &Series| s.values.get(&point).map_or(String::new(), |value| shown(value, &s.format));
        row.extend(series.iter().map(|s| cell(value(s), false)));
        rows.push(row);
    }
    let named = series.iter().any(|s| !s.name.is_empty());
    if !named {
        rows.remove(0);
    }
    Some(Grid { rows, head_rows: usize::from(named), caption: title, ..Grid::default() })
}

fn read(text: &str) -> (Option<String>, Vec<Series>) {
    let mut xml = Xml::new(text);
    let mut series: Vec<Series> = Vec::new();
    let (mut title, mut titled, mut in_text) = (Inline::default(), 0usize, false);
    let (mut open, mut part, mut point, mut in_value) = (false, None, 0, false);
    let (mut in_format, mut plotted) = (false, false);
    while let Some(token) = xml.next() {
        match token {
            Token::Open(tag) => match tag.name() {
                "plotArea" => plotted = true,
                "title" if !plotted => titled += 1,
                "t" => in_text = titled > 0,
                "ser" => {
                    series.push(Series::default());
                    open = true;
                }
                "tx" if open => part = Some(Part::Name),
                "cat" | "xVal" if open => part = Some(Part::Category),
                "val" | "yVal" if open => part = Some(Part::Value),
                "pt" => point = tag.attr("idx").and_then(|at| at.parse().ok()).unwrap_or(0),
                "v" => in_value = true,
                "formatCode" => in_format = true,
                _ => {}
            },
            Token::Close(name) => match name.as_str() {
                "title" if !plotted => titled = titled.saturating_sub(1),
                "p" if titled > 0 => title.space(),
                "t" => in_text = false,
                "ser" => (open, part) = (false, None),
                "tx" | "cat" | "xVal" | "val" | "yVal" => part = None,
                "v" => in_value = false,
                "formatCode" => in_format = false,
                _ => {}
            },
            Token::Text(text) => {
                if in_text {
                    title.push(&text);
                }
                let Some(last) = series.last_mut().filter(|_| open && point < MOST_POINTS) else { continue };
                match part {
                    Some(Part::Name) if in_value => last.name.push_str(&text),
                    Some(Part::Category) if in_value => {
                        let label = last.categories.entry(point).or_default();
                        // Labels of several levels stand from the inner to the outer.
                        *label = if label.is_empty() { text } else { format!("{text} {label}") };
                    }
                    Some(Part::Value) if in_value => last.values.entry(point).or_default().push_str(&text),
                    Some(Part::Value) if in_format => last.format.push_str(&text),
                    _ => {}
                }
            }
        }
    }
    (Some(title.take()).filter(|title| !title.is_empty()), series)
}

/// A value as its number format shows it.
fn shown(value: &str, format: &str) -> String {
    let Ok(number) = value.trim().parse::<f64>() else { return value.trim().to_owned() };
    let format = format.split(';').next().unwrap_or_default();
    let percent = format.contains('%');
    let number = if percent { number * 100.0 } else { number };
    let coded = format.contains(['0', '#']);
    let places = if coded {
        let after = format.split('.').nth(1).unwrap_or_default();
        after.chars().take_while(|c| matches!(c, '0' | '#')).count().min(9)
    } else {
        6
    };
    let mut text = format!("{number:.places$}");
    if !coded && text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    let sign = if format.contains('£') { "£" } else { "" };
    format!("{sign}{text}{}", if percent { "%" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_their_formats_say() {
        let cases = [
            ("0.34000000000000002", "0%", "34%"),
            ("0.345", "0.0%", "34.5%"),
            ("1284", "#,##0", "1284"),
            ("11730.5", "\"£\"#,##0.00", "£11730.50"),
            ("12.300000000000001", "General", "12.3"),
            ("7", "", "7"),
            ("n/a", "0", "n/a"),
        ];
        for (value, format, wanted) in cases {
            assert_eq!(shown(value, format), wanted, "{value} {format}");
        }
    }

    #[test]
    fn series_are_columns() {
        let chart = r#"<c:chartSpace><c:chart><c:title><a:p><a:t>By </a:t><a:t>year</a:t></a:p></c:title><c:plotArea><c:barChart>
            <c:ser><c:tx><c:strRef><c:f>S!B1</c:f><c:strCache><c:pt idx="0"><c:v>Stage 1</c:v></c:pt></c:strCache></c:strRef></c:tx>
            <c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>2019/20</c:v></c:pt><c:pt idx="1"><c:v>2020/21</c:v></c:pt></c:strCache></c:strRef></c:cat>
            <c:val><c:numRef><c:numCache><c:formatCode>General</c:formatCode><c:pt idx="0"><c:v>45</c:v></c:pt><c:pt idx="1"><c:v>52</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>
            </c:barChart><c:valAx><c:title><a:p><a:t>cases</a:t></a:p></c:title></c:valAx></c:plotArea></c:chart></c:chartSpace>"#;
        let grid = grid(chart).unwrap();
        let texts: Vec<Vec<&str>> =
            grid.rows.iter().map(|r| r.iter().map(|c| c.text.as_str()).collect()).collect();
        assert_eq!(texts, [["", "Stage 1"], ["2019/20", "45"], ["2020/21", "52"]]);
        assert_eq!((grid.caption.as_deref(), grid.head_rows), (Some("By year"), 1));
        assert!(super::grid("<c:chartSpace/>").is_none());
    }
}
