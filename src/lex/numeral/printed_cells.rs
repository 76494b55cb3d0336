//! One table of what cells print and how they are read: the printed text, its kind, and its numerals in their usual
//! form.

use super::{CellKind, Conventions, DecimalMark, read};

/// Cells of English reports.
const REPORT: &str = "
    212                     | number | 212
    1,315                   | number | 1,315
    1,234,567               | number | 1,234,567
    1937                    | number | 1,937
    0                       | number | 0
    0.5                     | number | 0.5
    .5                      | number | 0.5
    12.50                   | number | 12.50
    1,055.50                | number | 1,055.50
    546,00                  | number | 54,600
    1'375'213               | number | 1,375,213
    1’375’213               | number | 1,375,213
    1\u{a0}375              | number | 1,375
    1\u{2009}375\u{2009}213 | number | 1,375,213
    1\u{202f}375.5          | number | 1,375.5
    1 375 213               | number | 1,375,213
    1 375                   | text   | 1; 375
    9 31 202                | text   | 9; 31; 202
    -3                      | number | -3
    −132                    | number | -132
    –132                    | number | -132
    -1,200                  | number | -1,200
    - 7                     | number | 7
    132-                    | number | -132
    +3                      | number | 3
    ↓4%                     | number | 4%
    ▲ 12                    | number | 12
    -7%                     | number | -7%
    (12)                    | number | 12
    (-12)                   | number | -12
    (65%)                   | number | 65%
    65%                     | number | 65%
    96.4%                   | number | 96.4%
    12 %                    | number | 12%
    65 per cent             | number | 65%
    11 percent              | number | 11%
    65 per-cent             | number | 65%
    3pp                     | number | 3 percentage points
    2 percentage points     | number | 2 percentage points
    7% decrease             | number | 7%
    11% increase            | number | 11%
    £986                    | number | £986
    £9,432.00               | number | £9,432.00
    £ 12,610                | number | £12,610
    -£500                   | number | -£500
    £-500                   | number | -£500
    £2.3m                   | number | about £2,300,000
    £1.2 million            | number | about £1,200,000
    £500k                   | number | about £500,000
    £3bn                    | number | about £3,000,000,000
    £0.05                   | number | £0.05
    1,200 £                 | number | £1,200
    50p                     | number | £0.50
    75 pence                | number | £0.75
    $1,000                  | number | $1,000
    $1,000.50               | number | $1,000.50
    -$3.5m                  | number | about -$3,500,000
    $ 40                    | number | $40
    40 $                    | number | $40
    €75                     | number | €75
    € 75.25                 | number | €75.25
    1,200 €                 | number | €1,200
    1,200.50€               | number | €1,200.50
    €2.5bn                  | number | about €2,500,000,000
    12k                     | number | about 12,000
    3.4m                    | number | about 3,400,000
    1.2bn                   | number | about 1,200,000,000
    12 million              | number | about 12,000,000
    5 thousand              | number | about 5,000
    21 days                 | number | 21 days
    1 day                   | number | 1 day
    10 working days         | number | 10 working days
    3 hours                 | number | 3 hours
    2½ hours                | number | 2.5 hours
    2½                      | number | 2.5
    6 months                | number | 6 months
    7.2 per 1,000           | number | 7.2 per 1,000
    35 per 1000             | number | 35 per 1,000
    4 per 100,000           | number | 4 per 100,000
    2.5 per 10,000          | number | 0.25 per 1,000
    76 per month            | number | 76
    12 cases                | number | 12
    3-fold                  | number | 3-fold
    <5                      | number | under 5
    < 5                     | number | under 5
    <1%                     | number | under 1%
    >7                      | number | over 7
    >£100                   | number | over £100
    ~12                     | number | about 12
    ≈ 40                    | number | about 40
    about 12                | text   | about 12
    c. 40                   | text   | about 40
    1*                      | number | 1
    1,234*                  | number | 1,234
    1,234 **                | number | 1,234
    1,234†                  | number | 1,234
    12#                     | number | 12
    1,234¹                  | number | 1,234
    65%²                    | number | 65%
    1,234 [2]               | number | 1,234
    1,234[b]                | number | 1,234
    12 (c)                  | number | 12
    £1.2m*                  | number | about £1,200,000
    1 (ii)                  | number |
    303 (351)               | number | 303; 351
    296 (65%)               | number | 296; 65%
    296 (65 %)              | number | 296; 65%
    65% (296)               | number | 65%; 296
    £1,200 (12)             | number | £1,200; 12
    12 (<1%)                | number | 12; under 1%
    12 (-3)                 | number | 12; -3
    60% (6/10)              | number | 60%; 6; 10
    94% (16/17)             | number | 94%; 16; 17
    139 = 46% (51%)         | text   | 139; 46%; 51%
    0 (not recorded)        | number | 0
    498 (all processes)     | number | 498
    12 £40                  | text   | 12; £40
    6/10                    | text   | 6; 10
    12/100                  | number | 12; 100
    Three                   | text   | 3
    Twenty-one              | text   | 21
    None                    | text   |
    Half                    | text   |
    -                       | mark   | -
    –                       | mark   | -
    —                       | mark   | -
    --                      | mark   | -
    nil                     | mark   | -
    Nil                     | mark   | -
    N/A                     | mark   | n/a
    n.a.                    | mark   | n/a
    not applicable          | mark   | n/a
    [z]                     | mark   | n/a
    *                       | mark   | *
    c                       | mark   | *
    [c]                     | mark   | *
    ..                      | mark   | not recorded
    ...                     | mark   | not recorded
    [x]                     | mark   | not recorded
    tbc                     | mark   | not recorded
    Not held                | mark   | not recorded
    Data not available      | mark   | not recorded
    x                       | mark   |
    HC 12                   | number | 12
    FTE 10.8                | number | 10.8
    WTE                     | text   |
    12 x Case Officer       | text   | 12
    7 x Officer [3 at A, 4] | text   | 7; 3; 4
    2019                    | number |
    2040                    | number | 2,040
    2019*                   | number | 2,019
    -2019                   | number | -2,019
    £2,019                  | number | £2,019
    2016/17                 | period |
    2016-17                 | period |
    Apr16-Mar17             | period |
    Q1                      | period |
    May 12                  | period |
    April 2015              | period |
    Quarter 1 2018/19       | period |
    16/17                   | period |
    0-5                     | text   |
    11-20 days              | text   |
    >20 days                | number |
    65+                     | text   |
    ≥65                     | number |
    Over 20 days            | text   |
    16 - 25                 | text   |
    Stage 1                 | text   |
    Within 10 days          | text   |
    1. Introduction         | text   |
    2a Closed               | text   |
    S47                     | text   |
    1st                     | number |
    0808 800 5792           | text   |
    007                     | text   |
    £000                    | text   |
    3.4.1                   | text   |
    10:30                   | text   |
    01/04/2020              | text   |
    Benefits*               | text   |
    Total 2019/20           | text   |
                            | empty  |
";

/// Cells of accounts, where brackets are a minus.
const ACCOUNTS: &str = "
    (132,000)               | number | -132,000
    (12)                    | number | -12
    (£1.2m)                 | number | about -£1,200,000
    £(132)                  | number | -£132
    ($ 45.10)               | number | -$45.10
    (2.1)%                  | number | -2.1%
    (2.1%)                  | number | -2.1%
    (2.1) %                 | number | -2.1%
    (12)*                   | number | -12
    (12 )                   | number | -12
    - 132                   | number | -132
    -£ 132                  | number | -£132
    (-132)                  | number | -132
    132-                    | number | -132
    296 (65%)               | number | 296; 65%
    (296) (65%)             | text   | -296; 65%
    12 (c)                  | number | 12
    (c)                     | text   |
    (a)                     | text   |
    ()                      | text   |
";

/// Cells of sheets.
const SHEET: &str = "
    12 610                  | number | 12,610
    217 162.5               | number | 217,162.5
    (12 610)                | number | -12,610
    4,800E                  | number | 4,800
    12r                     | number | 12
    12 34                   | text   | 12; 34
    $ (1 200)               | number | -$1,200
    4/16                    | text   | 4; 16
    1990-91                 | period |
    $000                    | text   |
    -0.7                    | number | -0.7
";

/// Cells whose decimal mark is a comma.
const COMMA: &str = "
    12,5                    | number | 12.5
    12,5 %                  | number | 12.5%
    1.234,5                 | number | 1,234.5
    1.234                   | number | 1,234
    1.234.567               | number | 1,234,567
    3\u{a0}064,7            | number | 3,064.7
    3 064,7                 | number | 3,064.7
    (12,5)                  | number | -12.5
    -0,7                    | number | -0.7
    ,5                      | number | 0.5
    € 1.200,50              | number | €1,200.50
    296 (6,5%)              | number | 296; 6.5%
";

#[test]
fn cells_say_what_they_print() {
    let report = Conventions::default();
    let accounts = Conventions { brackets: true, ..report };
    let sheet = Conventions { spaces: true, sheet: true, ..accounts };
    let comma = Conventions { decimal: DecimalMark::Comma, ..sheet };
    let tables = [(REPORT, report), (ACCOUNTS, accounts), (SHEET, sheet), (COMMA, comma)];
    let mut wrong = Vec::new();
    let mut count = 0;
    for (table, conventions) in tables {
        for line in table.lines().filter(|line| line.contains('|')) {
            let [printed, looks, says] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let reading = read(printed, &conventions);
            let found: Vec<String> = reading.numerals.iter().map(|n| n.quantity.to_string()).collect();
            let found = (format!("{:?}", reading.kind).to_lowercase(), found.join("; "));
            if found != (looks.to_owned(), says.to_owned()) {
                wrong.push(format!("{printed:?} is {found:?}, not {:?}", (looks, says)));
            }
            // The kind of a cell decides where tables are found, so it must not depend on the conventions.
            if conventions == report && printed != "1 375" {
                assert_eq!(CellKind::of(printed), reading.kind, "{printed}");
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 150);
}
