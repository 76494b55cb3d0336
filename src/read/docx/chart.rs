//! Reads the numbers that a chart was last drawn from, as a table with a row for each category and a column for each
//! series. Charts of 2016 and later (`cx`) keep their numbers apart from their series, which refer to them.

use crate::read::flow::{Inline, SpannedCell, SpannedTable};
use crate::read::shown::Format;
use crate::read::xml::{Xml, XmlPiece, attribute};
use quick_xml::events::BytesStart;
use std::collections::{BTreeMap, BTreeSet};

/// Points after this many are left out.
const MOST_POINTS: usize = 10_000;

#[derive(Default)]
struct Series {
    /// The id of its numbers, where they are kept apart.
    id: Option<String>,
    name: String,
    categories: BTreeMap<usize, String>,
    values: BTreeMap<usize, String>,
    /// The number formats of its categories and values.
    formats: [String; 2],
}

/// The element that the reader is in.
#[derive(Clone, Copy, Default, PartialEq)]
enum Within {
    #[default]
    Nothing,
    Title,
    Name,
    Category,
    Value,
}

/// A chart.
#[derive(Default)]
pub(crate) struct Chart {
    title: Inline,
    series: Vec<Series>,
    within: Within,
    /// The text since the last start of an element.
    text: String,
    /// The name of the series that is being read.
    name: String,
    point: usize,
    plotted: bool,
    /// The depth inside an extension for newer programs, which repeats the same content.
    added: usize,
}

impl Chart {
    /// Reads a part.
    pub(crate) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), String> {
        while let Some(piece) = xml.next()? {
            match piece {
                XmlPiece::Start(start) => self.open(&start),
                XmlPiece::End(end) => self.close(end.local_name().as_ref()),
                XmlPiece::Text(text) => self.text += &text,
                XmlPiece::Other => {}
            }
        }
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>) {
        self.text.clear();
        let value = |name| attribute(start, name);
        match start.local_name().as_ref() {
            "extLst" => self.added += 1,
            _ if self.added > 0 => {}
            "plotArea" => self.plotted = true,
            "title" if !self.plotted => self.within = Within::Title,
            "ser" | "data" => self.series.push(Series { id: value("id"), ..Series::default() }),
            "series" => self.name.clear(),
            "dataId" => {
                let id = value("val");
                let named = self.series.iter_mut().find(|series| series.id.is_some() && series.id == id);
                named.into_iter().for_each(|series| series.name = std::mem::take(&mut self.name));
            }
            "tx" if self.within != Within::Title => self.within = Within::Name,
            "cat" | "xVal" | "strDim" => self.within = Within::Category,
            "val" | "yVal" | "numDim" => self.within = Within::Value,
            "lvl" => self.format(value("formatCode").unwrap_or_default()),
            "pt" => self.point = value("idx").and_then(|at| at.parse().ok()).unwrap_or(0),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        let text = std::mem::take(&mut self.text);
        match name {
            "extLst" => self.added = self.added.saturating_sub(1),
            _ if self.added > 0 => {}
            "t" | "v" if self.within == Within::Title => self.title.push(&text),
            "p" if self.within == Within::Title => self.title.space(),
            "v" | "pt" if !text.trim().is_empty() => self.value(text.trim()),
            "formatCode" => self.format(text),
            // The end of a text element comes before that of the title.
            "tx" if self.within == Within::Title => {}
            "ser" => {
                let name = std::mem::take(&mut self.name);
                self.series.last_mut().into_iter().for_each(|series| series.name = name.clone());
            }
            "title" | "tx" | "cat" | "xVal" | "strDim" | "val" | "yVal" | "numDim" => {
                self.within = Within::Nothing;
            }
            _ => {}
        }
    }

    fn format(&mut self, code: String) {
        let Some(Series { formats: [labels, values], .. }) = self.series.last_mut() else { return };
        match self.within {
            Within::Category => *labels = code,
            Within::Value => *values = code,
            _ => {}
        }
    }

    /// Adds a name, or a point of a series.
    fn value(&mut self, text: &str) {
        if self.within == Within::Name {
            return self.name += text;
        }
        let Some(series) = self.series.last_mut().filter(|_| self.point < MOST_POINTS) else { return };
        match self.within {
            Within::Category => {
                let label = series.categories.entry(self.point).or_default();
                // Labels of several levels are listed from the innermost to the outermost.
                *label = if label.is_empty() { text.to_owned() } else { format!("{text} {label}") };
            }
            Within::Value => drop(series.values.insert(self.point, text.to_owned())),
            _ => {}
        }
    }

    /// The table of the chart; `None` where it holds no numbers itself.
    pub(crate) fn grid(mut self) -> Option<SpannedTable> {
        let series = self.series;
        if series.iter().all(|s| s.values.is_empty()) {
            return None;
        }
        let labels: BTreeMap<usize, String> = series.iter().rev().flat_map(Series::labels).collect();
        let points = series.iter().flat_map(|s| s.values.keys()).chain(labels.keys()).copied();
        let points: BTreeSet<usize> = points.collect();
        let columns: Vec<BTreeMap<usize, String>> = series.iter().map(Series::shown).collect();
        let row = |label: String, rest: Vec<String>, header| {
            let rest = rest.into_iter().map(|text| SpannedCell::of(text, header));
            [SpannedCell::of(label, true)].into_iter().chain(rest).collect::<Vec<SpannedCell>>()
        };
        let named = series.iter().any(|s| !s.name.is_empty());
        let heads = || row(String::new(), series.iter().map(|s| s.name.clone()).collect(), true);
        let mut rows: Vec<Vec<SpannedCell>> = named.then(heads).into_iter().collect();
        rows.extend(points.into_iter().map(|point| {
            let label = labels.get(&point).cloned().unwrap_or_else(|| (point + 1).to_string());
            let values = columns.iter().map(|column| column.get(&point).cloned().unwrap_or_default());
            row(label, values.collect(), false)
        }));
        let caption = Some(self.title.take()).filter(|title| !title.is_empty());
        Some(SpannedTable { rows, head_rows: usize::from(named), caption, ..SpannedTable::default() })
    }
}

impl Series {
    /// The category names; days and years are numbers with a format.
    fn labels(&self) -> BTreeMap<usize, String> {
        let [code, _] = &self.formats;
        if code.is_empty() { self.categories.clone() } else { shown(&self.categories, code) }
    }

    fn shown(&self) -> BTreeMap<usize, String> {
        let [_, code] = &self.formats;
        shown(&self.values, code)
    }
}

/// Values as their number format shows them.
fn shown(values: &BTreeMap<usize, String>, code: &str) -> BTreeMap<usize, String> {
    let format = Format::of_code(code);
    let show = |value: &String| {
        value.parse().map_or_else(|_| value.clone(), |number| format.show(number, false).text)
    };
    values.iter().map(|(at, value)| (*at, show(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Option<SpannedTable> {
        let mut chart = Chart::default();
        chart.read(&mut Xml::new(text.as_bytes())).unwrap();
        chart.grid()
    }

    fn texts(grid: &SpannedTable) -> Vec<Vec<&str>> {
        grid.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn values_are_shown_as_their_formats_say() {
        let cases = [
            ("0.34000000000000002", "0%", "34%"),
            ("0.345", "0.0%", "34.5%"),
            ("1284", "#,##0", "1,284"),
            ("11730.5", "\"£\"#,##0.00", "£11,730.50"),
            ("12.300000000000001", "General", "12.3"),
            ("7", "", "7"),
            ("n/a", "0", "n/a"),
        ];
        for (value, format, wanted) in cases {
            let values = BTreeMap::from([(0, value.to_owned())]);
            assert_eq!(shown(&values, format)[&0], wanted, "{value} {format}");
        }
    }

    #[test]
    fn series_are_columns() {
        let chart = r#"<c:chartSpace><c:chart><c:title><c:tx><a:p><a:t>By </a:t><a:t>year</a:t></a:p></c:tx></c:title><c:plotArea><c:barChart>
            <c:ser><c:tx><c:strRef><c:f>S!B1</c:f><c:strCache><c:pt idx="0"><c:v>Stage 1</c:v></c:pt></c:strCache></c:strRef></c:tx>
            <c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>2019/20</c:v></c:pt><c:pt idx="1"><c:v>Under &amp; over</c:v></c:pt></c:strCache></c:strRef></c:cat>
            <c:val><c:numRef><c:numCache><c:formatCode>General</c:formatCode><c:pt idx="0"><c:v>45</c:v></c:pt><c:pt idx="1"><c:v>52</c:v></c:pt></c:numCache></c:numRef></c:val>
            <c:extLst><c:ext><c15:tx><c:v>Again</c:v></c15:tx></c:ext></c:extLst></c:ser>
            </c:barChart><c:valAx><c:title><a:p><a:t>cases</a:t></a:p></c:title></c:valAx></c:plotArea></c:chart></c:chartSpace>"#;
        let found = grid(chart).unwrap();
        assert_eq!(texts(&found), [["", "Stage 1"], ["2019/20", "45"], ["Under & over", "52"]]);
        assert_eq!((found.caption.as_deref(), found.head_rows), (Some("By year"), 1));
        assert!(grid("<c:chartSpace/>").is_none());
    }

    #[test]
    fn categories_have_levels_and_formats() {
        let point = |at: usize, text: &str| format!("<c:pt idx='{at}'><c:v>{text}</c:v></c:pt>");
        let values = format!("<c:val><c:numCache>{}{}</c:numCache></c:val>", point(0, "45"), point(1, "52"));
        let cat =
            format!("<c:lvl>{}{}</c:lvl><c:lvl>{}</c:lvl>", point(0, "Q1"), point(1, "Q2"), point(0, "2020"));
        let levels = grid(&format!("<c:ser><c:cat>{cat}</c:cat>{values}</c:ser>")).unwrap();
        assert_eq!(texts(&levels), [["2020 Q1", "45"], ["Q2", "52"]]);
        let cat = format!("<c:formatCode>mmm-yy</c:formatCode>{}{}", point(0, "43922"), point(1, "43952"));
        let days = grid(&format!("<c:ser><c:cat>{cat}</c:cat>{values}</c:ser>")).unwrap();
        assert_eq!(texts(&days), [["Apr-20", "45"], ["May-20", "52"]]);
    }

    #[test]
    fn newer_charts_have_their_numbers_apart() {
        let data = |id: usize, kind: &str, value: &str| {
            format!(
                "<cx:data id='{id}'><cx:strDim type='cat'><cx:f>S!A1</cx:f><cx:lvl><cx:pt idx='0'>Homes</cx:pt></cx:lvl></cx:strDim>\
                 <cx:numDim type='{kind}'><cx:lvl formatCode='0%'><cx:pt idx='0'>{value}</cx:pt></cx:lvl></cx:numDim></cx:data>"
            )
        };
        let series = |id: usize, name: &str| {
            format!(
                "<cx:series><cx:tx><cx:txData><cx:f>S!B1</cx:f><cx:v>{name}</cx:v></cx:txData></cx:tx><cx:dataId val='{id}'/></cx:series>"
            )
        };
        let chart = format!(
            "<cx:chartSpace><cx:chartData>{}{}</cx:chartData><cx:chart><cx:title><cx:tx><cx:txData><cx:v>Shares</cx:v></cx:txData></cx:tx></cx:title>\
             <cx:plotArea>{}{}<cx:axis><cx:title><cx:tx><cx:v>none</cx:v></cx:tx></cx:title></cx:axis></cx:plotArea></cx:chart></cx:chartSpace>",
            data(0, "val", "0.34"),
            data(1, "size", "0.5"),
            series(1, "This"),
            series(0, "Last")
        );
        let found = grid(&chart).unwrap();
        assert_eq!(texts(&found), [["", "Last", "This"], ["Homes", "34%", "50%"]]);
        assert_eq!(found.caption.as_deref(), Some("Shares"));
    }
}
