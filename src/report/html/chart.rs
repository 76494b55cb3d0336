//! Small charts: what each body received and upheld by year. Each bar says where its figure stands.

use super::safe;
use crate::model::document::Document;
use crate::model::period::PeriodKind;
use crate::model::quantity::Unit;
use crate::report::panel::{Cell, Panel, Row, Status, place};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// So many bodies have a chart at most, and so many years each.
const BODIES: usize = 24;
const YEARS: usize = 12;

/// Sizes in units of the picture, which is as wide as it needs for its years.
const BAR: f64 = 22.0;
const YEAR: f64 = 64.0;
const HEIGHT: f64 = 120.0;
const LABELS: f64 = 22.0;
const LEFT: f64 = 8.0;

/// The charts of all bodies of which figures of two years or more are known; nothing where there are none.
pub(super) fn charts(documents: &[Document], panel: &Panel) -> String {
    let years: Vec<&str> =
        panel.periods.iter().filter(|p| p.kind == PeriodKind::Year).map(|p| p.name.as_str()).collect();
    let mut bodies: BTreeMap<&str, [Option<&Row>; 2]> = BTreeMap::new();
    for row in &panel.rows {
        for (series, is_of) in [is_received as fn(&Row) -> bool, is_upheld].into_iter().enumerate() {
            let [received, upheld] = bodies.entry(&row.organisation).or_default();
            let place = if series == 0 { received } else { upheld };
            // Of several rows that could be meant, the one over most years is.
            if is_of(row) && place.is_none_or(|before| before.cells.len() < row.cells.len()) {
                *place = Some(row);
            }
        }
    }
    let drawn: Vec<String> = bodies
        .into_iter()
        .filter_map(|(body, series)| chart(documents, body, series, &years))
        .take(BODIES)
        .collect();
    if drawn.is_empty() {
        return String::new();
    }
    format!(
        "<h2>Over the years</h2>\n<p class=\"soft\">As printed; a bar says where its figure stands.</p>\n<div class=\"charts\">\n{}</div>\n",
        drawn.concat()
    )
}

/// All complaints, of no service, stage or group.
fn is_received(row: &Row) -> bool {
    row.measure == "complaints_received"
        && row.unit == Unit::Count
        && row.dimensions.is_empty()
        && row.population.is_none()
}

fn is_upheld(row: &Row) -> bool {
    let outcome = row.dimensions.get("outcome").is_some_and(|outcome| outcome == "upheld");
    let complaints =
        row.measure.starts_with("complaints_") || row.measure == "other" && row.counted.is_empty();
    outcome && row.dimensions.len() == 1 && row.unit == Unit::Count && complaints
}

/// The value of a cell that one can draw, and where it stands.
fn value<'a>(documents: &'a [Document], cell: &'a Cell) -> Option<(f64, &'a str, String)> {
    let text = cell.value.as_deref().filter(|_| cell.status != Status::Several)?;
    let print = cell.prints.first()?;
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)?;
    Some((number, text, format!("{}, {}", documents.get(print.document)?.path(), place(&print.span))))
}

fn chart(documents: &[Document], body: &str, series: [Option<&Row>; 2], years: &[&str]) -> Option<String> {
    let of = |row: Option<&'_ Row>, year: &str| -> Option<(f64, String, String)> {
        let (number, text, place) = value(documents, row?.cells.get(year)?)?;
        Some((number, text.to_owned(), place))
    };
    let known: Vec<&&str> =
        years.iter().filter(|year| series.iter().any(|row| of(*row, year).is_some())).collect();
    let known = known.get(known.len().saturating_sub(YEARS)..).filter(|known| known.len() > 1)?;
    let most = known.iter().flat_map(|year| series.iter().filter_map(|row| Some(of(*row, year)?.0)));
    let most = most.fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let (width, height) = (2.0 * LEFT + YEAR * known.len() as f64, HEIGHT + 2.0 * LABELS);
    let mut bars = String::new();
    let mut told = Vec::new();
    for (place, year) in known.iter().enumerate() {
        let left = LEFT + YEAR * place as f64;
        for (which, (row, name)) in series.iter().zip(["received", "upheld"]).enumerate() {
            let Some((number, text, stands)) = of(*row, year) else { continue };
            let size = HEIGHT * number / most;
            let (x, y) = (left + BAR * which as f64 + 4.0, LABELS + HEIGHT - size);
            let _ = writeln!(
                bars,
                "<g><title>{year}: {text} {name}; {}</title><rect class=\"{name}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{size:.1}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{text}</text></g>",
                safe(&stands),
                BAR - 2.0,
                x + BAR / 2.0 - 1.0,
                y - 4.0,
            );
            told.push(format!("{year}: {text} {name}"));
        }
        let _ = writeln!(
            bars,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            left + BAR + 4.0,
            LABELS + HEIGHT + 16.0,
            safe(year),
        );
    }
    let key = ["received", "upheld"].into_iter().zip(series).filter(|(_, row)| row.is_some()).map(|(name, _)| {
        format!("<svg class=\"chart\" width=\"12\" height=\"12\" aria-hidden=\"true\"><rect class=\"{name}\" width=\"12\" height=\"12\"/></svg> {name} ")
    });
    Some(format!(
        "<figure><svg class=\"chart\" role=\"img\" aria-label=\"{}\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\">\n\
         {bars}</svg><figcaption>{}: {}</figcaption></figure>\n",
        safe(&format!("{body}. {}", told.join("; "))),
        safe(body),
        key.collect::<String>(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Crossfoot;
    use crate::report::panel::panel;

    #[test]
    fn a_bar_says_its_value_and_where_it_stands() {
        let text = "Larkmere Council: complaints 2021/22\n\nOutcome | 2020/21 | 2021/22\nComplaints received | 150 | 200\nUpheld | 30 | 50\n";
        let report = Crossfoot::new().read_bytes("larkmere.txt", text).unwrap();
        let documents = [report];
        let drawn = charts(&documents, &panel(&documents));
        assert!(
            drawn.contains("<title>2021/22: 200 received; larkmere.txt, page 1, line 4</title>"),
            "{drawn}"
        );
        assert!(drawn.contains("height=\"120.0\"") && drawn.contains("height=\"90.0\""), "{drawn}");
        assert_eq!(charts(&[], &panel(&[])), "");
    }
}
