//! What a cell's text looks like. This is a view of [`super::numeral::read`].

pub(crate) use super::numeral::{CellKind, figure};
pub(crate) use super::period::{is_month, is_period, is_year};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_cells() {
        for text in [
            "212",
            "1,315",
            "7% decrease",
            "<1%",
            "£9,432.00",
            "60% (6/10)",
            "303 (351)",
            "0 (not recorded)",
            "1*",
            "76 per month",
            "-3",
            "11% increase",
            "546,00",
            "27.3%",
        ] {
            assert_eq!(CellKind::of(text), CellKind::Number, "{text}");
        }
        for text in [
            "2016/17",
            "2016-17",
            "Apr16-Mar17",
            "Apr 15 Mar 16",
            "Q1",
            "April 2015 to March 2016",
            "16/17",
            "Quarter 1 2018/19",
            "May",
        ] {
            assert_eq!(CellKind::of(text), CellKind::Period, "{text}");
        }
        for text in [
            "Duty",
            "0808 800 5792",
            "60 complaints were received",
            "12 March 2021 event",
            "2a Closed",
            "3 April School",
            "Stage 1",
            "Total 2019/20",
        ] {
            assert_eq!(CellKind::of(text), CellKind::Text, "{text}");
        }
        assert_eq!(CellKind::of("n/a"), CellKind::Mark);
        assert_eq!(CellKind::of("-"), CellKind::Mark);
    }
}
