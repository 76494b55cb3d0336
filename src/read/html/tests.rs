use super::of_text;
use crate::model::hint::LineRole;

/// The lines that are content, the furniture in brackets.
fn lines(page: &str) -> Vec<String> {
    let flow = of_text(page);
    let shown = flow.lines.iter().zip(&flow.hints).filter(|(line, _)| !line.text.is_empty());
    shown.map(|(l, h)| if h.furniture { format!("[{}]", l.text) } else { l.text.clone() }).collect()
}

fn heads(page: &str) -> Vec<(Option<usize>, Option<usize>)> {
    of_text(page).tables.iter().map(|t| (t.header_rows, t.header_cols)).collect()
}

#[test]
fn blocks_are_told_apart() {
    let page =
        "<h1>Report</h1>Loose <b>text</b><p>One<br>Two</p><ul><li>a<p>more</p><ul><li>b</ul><li>c</ul>";
    assert_eq!(lines(page), ["Report", "Loose text", "One", "Two", "a", "more", "b", "c"]);
}

#[test]
fn a_role_makes_an_element_what_it_is() {
    let page = "<div role=heading aria-level=1>Report</div><div role=navigation>Menu</div><div role=main><span role=heading>Part</span>\
                <div role=list><div role=listitem>one</div><div role=listitem>two</div></div></div>";
    assert_eq!(lines(page), ["Report", "[Menu]", "Part", "one", "two"]);
    let told: Vec<Option<LineRole>> = of_text(page).hints.into_iter().map(|hint| hint.told).collect();
    assert_eq!(
        (told[0], told[4], told[6]),
        (Some(LineRole::Heading(1)), Some(LineRole::Heading(2)), Some(LineRole::Item))
    );
}

#[test]
fn what_is_not_shown_is_left_out() {
    let page = "<h1>R</h1><p>We had <del>12</del><ins>14</ins> cases<span hidden> of 90</span>.<script>1</script></p>\
                <p style='display: NONE'>99</p><div aria-hidden=true></div><select><option>7</select>";
    assert_eq!(lines(page), ["R", "We had 14 cases."]);
    let told: Vec<String> = of_text(page).diagnostics.into_iter().map(|d| d.message).collect();
    assert_eq!(
        told,
        [
            "parts of the page that are not shown were left out: 2",
            "stretches that are marked as deleted were left out: 1"
        ]
    );
}

#[test]
fn buttons_of_an_accordion_are_headings() {
    let page = "<h1>R</h1><h2><button>Stage 1</button></h2><div>45 cases</div><button>Show all 12</button>";
    assert_eq!(lines(page), ["R", "Stage 1", "45 cases"]);
    assert_eq!(
        lines("<h1>R</h1><details><summary>Stage 2</summary><p>9 cases</p></details>"),
        ["R", "Stage 2", "9 cases"]
    );
}

#[test]
fn furniture_is_kept_apart() {
    let page = "<header><a>Council</a></header><nav><a>Home</a></nav><main><h1>R</h1><header>Lead 5</header>\
                <aside>Aside 6</aside><aside><a>Read 7</a></aside></main><footer>Foot 8</footer>";
    assert_eq!(lines(page), ["[Council]", "[Home]", "R", "Lead 5", "Aside 6", "[Read 7]", "[Foot 8]"]);
    assert_eq!(lines("<header><h1>Report</h1><nav>Menu</nav></header>"), ["Report", "[Menu]"]);
}

#[test]
fn a_page_without_a_title_has_that_of_its_head() {
    assert_eq!(lines("<title>Report 2020/21</title><p>Text"), ["Report 2020/21", "Text"]);
}

#[test]
fn spanning_heads_and_rows() {
    let page = "<h1>R</h1><table><caption>Cases</caption><thead><tr><th rowspan=2>Team<th colspan=2>Stage 1</tr>\
                <tr><th>Last<th>This</thead><tbody><tr><th scope=row>Homes<td>1<td>2<tr><th>Roads<td>3<td>4</table>";
    assert_eq!(lines(page), ["R", "Cases", "Team\tStage 1\t", "\tLast\tThis", "Homes\t1\t2", "Roads\t3\t4"]);
    assert_eq!(heads(page), [(Some(2), Some(1))]);
    let page = "<h1>R</h1><table><tr><td>Team<td>Cases<td>Share<tr><td>Homes<td>5<td>50%</table>";
    assert_eq!(heads(page), [(None, None)]);
}

#[test]
fn marks_of_notes_are_no_digits() {
    let page = "<h1>R</h1><table><tr><th>A<th>B<tr><td>x<br>y<td>45<sup><a href=#n>1</a></sup></table>";
    assert_eq!(lines(page), ["R", "A\tB", "x y\t45¹"]);
}

#[test]
fn tables_for_layout_are_text() {
    let page = "<h1>R</h1><table><tr><td><h2>Left</h2><p>5 cases</p><td><table><tr><th>A<th>B<tr><td>x<td>1</table></table>";
    assert_eq!(lines(page), ["R", "Left", "5 cases", "A\tB", "x\t1"]);
    let page = "<h1>R</h1><table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>";
    assert_eq!(lines(page), ["R", "a", "b", "c", "d"]);
}

#[test]
fn tables_are_told_by_their_roles_too() {
    let page = "<h1>R</h1><div role=table aria-label='Cases by team'><div class=scroll><div role=rowgroup>\
                <div role=row><span role=columnheader>Team</span><span role=columnheader aria-colspan=2>Cases</span></div></div>\
                <div role=rowgroup><div role=row><span role=rowheader>Homes</span><div><span role=cell>1</span></div><span role=cell>2</span></div>\
                <div role=row><span role=rowheader>Roads</span><span role=cell>3</span><span role=cell>4</span></div></div></div></div><p>end";
    assert_eq!(lines(page), ["R", "Cases by team", "Team\tCases\t", "Homes\t1\t2", "Roads\t3\t4", "end"]);
    assert_eq!(heads(page), [(Some(1), Some(1))]);
    let page = "<h1>R</h1><ul role=grid><li role=row><a role=gridcell>Stage 1</a><li role=row><a role=gridcell>Stage 2</a></ul>";
    assert_eq!(
        (lines(page), heads(page).len()),
        (vec!["R".to_owned(), "Stage 1".into(), "Stage 2".into()], 0)
    );
}

#[test]
fn hidden_rows_and_cells_are_left_out_and_told() {
    let page = "<h1>R</h1><table><tr><th>A<th hidden>Old<th>B<tr><td>x<td hidden>9<td>1<tr style='display:none'><td>y<td>8<td>2<tr><td>z<td hidden><td>3</table>";
    assert_eq!(lines(page), ["R", "A\tB", "x\t1", "z\t3"]);
    assert_eq!(of_text(page).diagnostics[0].message, "parts of the page that are not shown were left out: 3");
}

#[test]
fn what_is_printed_keeps_its_spaces() {
    let page =
        "<h1>R</h1><p>Before<pre>\nTeam    2021  2022\n\nHomes <b>   12    14</b>  \n\tlast</pre><p>After";
    let flow = of_text(page);
    let texts: Vec<&str> = flow.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        texts,
        ["R", "", "Before", "", "Team    2021  2022", "", "Homes    12    14", "\tlast", "", "After"]
    );
    assert_eq!((flow.printed.len(), flow.printed[0].clone()), (1, 4..8));
    assert_eq!(lines("<nav><pre>a\n  b</pre></nav><h1>R</h1>"), ["[a]", "[b]", "R"]);
}

#[test]
fn a_table_in_a_cell_follows_its_table() {
    let page = "<h1>R</h1><table><tr><th>A<th>B<tr><td>x<td>1 <table><tr><th>C<th>D<tr><td>y<td>2</table></table><p>end";
    assert_eq!(lines(page), ["R", "A\tB", "x\t1", "C\tD", "y\t2", "end"]);
}

#[test]
fn captions_of_figures_and_texts_of_charts() {
    let page = "<h1>R</h1><figure><table><tr><th>A<th>B<tr><td>x<td>1</table><figcaption>Table 1: Xs</figcaption></figure>";
    assert_eq!(lines(page), ["R", "Table 1: Xs", "A\tB", "x\t1"]);
    let page = "<h1>R</h1><p><img alt='Chart: 45 complaints were upheld'><img alt=logo><img src=x>\
                <svg><title>Upheld by year</title><desc>12 in 2019, 14 in 2020</desc><text>9</text></svg>";
    assert_eq!(lines(page), ["R", "Chart: 45 complaints were upheld", "12 in 2019, 14 in 2020"]);
}

#[test]
fn lists_of_terms_are_tables_or_items() {
    assert_eq!(
        lines("<h1>R</h1><dl><dt>Received<dd>1,284<dt>Upheld:<dd>52%</dl>"),
        ["R", "Received\t1,284", "Upheld\t52%"]
    );
    assert_eq!(lines("<h1>R</h1><dl><div><dt>Period<dd>A year</div></dl>"), ["R", "Period: A year"]);
    let long = "word ".repeat(40);
    assert_eq!(lines(&format!("<h1>R</h1><dl><dt>T<dd>{long}</dl>")), ["R", "T", long.trim()]);
}

#[test]
fn what_the_head_says() {
    let info = of_text(
        "<title> A\n report </title><meta name=Author content='The council'><meta name=dcterms.created content=2024-05-01>\
         <meta name=dcterms.modified content=yesterday><meta name=generator content=CMS>",
    )
    .info;
    assert_eq!(info.title.as_deref(), Some("A report"));
    assert_eq!(info.author.as_deref(), Some("The council"));
    assert_eq!(info.created.as_deref(), Some("2024-05-01"));
    assert_eq!((info.modified, info.producer.as_deref()), (None, Some("CMS")));
}

#[test]
fn entities_are_characters() {
    assert_eq!(
        lines("<h1>R</h1><p>&pound;5&nbsp;&ndash;&#163;6 &amp;lt; &bogus; &#0;"),
        ["R", "£5 -£6 &lt; &bogus; \u{fffd}"]
    );
}
