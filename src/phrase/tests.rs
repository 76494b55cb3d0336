//! The embedded grammar: its files are sound, and it reads what reports print.

use super::*;
use crate::model::statement::{Direction, Slot, StatementMark};

fn show(text: &str) -> Vec<String> {
    shown(Grammar::embedded(), text)
}

fn shown(grammar: &Grammar, text: &str) -> Vec<String> {
    let tokens = grammar.lex(text);
    tokens
        .iter()
        .map(|t| match &t.kind {
            TokenKind::Term(term) => format!("{}={}", term.class.name(), term.value),
            TokenKind::Quantity(_) => format!("#{}", &text[t.range.clone()]),
            TokenKind::Period(_) => format!("@{}", &text[t.range.clone()]),
            TokenKind::Reference => format!("&{}", &text[t.range.clone()]),
            TokenKind::Word(word) => word.to_string(),
            TokenKind::Punctuation(mark) => mark.to_string(),
        })
        .collect()
}

/// The grammar of the program as its files have it, with the examples.
fn of_files() -> Grammar {
    Grammar::read(&source::embedded()).unwrap_or_else(|broken| panic!("{broken:?}"))
}

#[test]
fn a_term_whose_last_word_a_period_begins_in_ends_before_it() {
    // "s3" is the third stage, and "3 June" is a day.
    for text in [
        "s3 June 2010",
        "Updated: 's3 June",
        "received at s1 April 2020",
        "In the th)stage1rd quarter it was",
    ] {
        assert!(show(text).iter().any(|token| token.starts_with(['@', '&'])), "{text}: {:?}", show(text));
    }
}

#[test]
fn tokens_do_not_overlap_where_a_space_was_lost() {
    let text = "Ashmere Council2015/16\nThe figures";
    assert!(show(text).contains(&"@2015/16".to_owned()), "{:?}", show(text));
    let long = format!("the outcom8888,{}e of both", "8".repeat(50));
    for text in [text, &long] {
        let tokens = Grammar::embedded().lex(text);
        assert!(tokens.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{tokens:?}");
    }
}

#[test]
fn the_program_is_built_with_its_files() {
    let read = of_files();
    let embedded = Grammar::embedded();
    assert_eq!(read.vocabulary.terms, embedded.vocabulary.terms);
    assert_eq!(read.vocabulary.forms.bytes(), embedded.vocabulary.forms.bytes());
    for (read, built) in read.phrases.stanzas.iter().zip(&embedded.phrases.stanzas) {
        assert_eq!((&read.name, &read.marks), (&built.name, &built.marks));
        assert_eq!(format!("{:?}", read.programs), format!("{:?}", built.programs), "{}", read.name);
    }
}

#[test]
fn the_longest_term_wins_and_may_hold_a_label_but_no_figure() {
    assert_eq!(show("Stage 2 complaints received"), ["stage=2", "measure=complaints_received"]);
    assert_eq!(show("12 stage-one complaints"), ["#12", "stage=1", "measure=complaints"]);
    assert_eq!(show("part-upheld; not upheld"), ["outcome=partially_upheld", ";", "outcome=not_upheld"]);
    assert_eq!(show("upholders"), ["upholder"]);
}

/// What a fragment or statement gives, in the form of the examples.
fn given(text: &str, tokens: &[Token], slots: &[(Slot, usize)], name: &str) -> String {
    let Some(slot) = pattern::slot_named(name) else { return String::new() };
    let mut held: Vec<usize> = slots.iter().filter(|(s, _)| *s == slot).map(|(_, token)| *token).collect();
    held.sort_unstable();
    held.iter().map(|t| &text[tokens[*t].range.clone()]).collect::<Vec<_>>().join("|")
}

fn direction_name(direction: Option<Direction>) -> String {
    direction.map_or(String::new(), |d| format!("{d:?}").to_lowercase())
}

const SLOTS: [&str; 10] =
    ["total", "part", "share", "whole", "change", "before", "after", "same", "bound", "mean"];

/// How an example differs from what it must give; slots that it does not name must be empty.
fn difference(
    gives: &stanzas::Gives,
    slot: impl Fn(&str) -> String,
    direction: String,
    marks: &[StatementMark],
) -> Vec<String> {
    let mut wrong = Vec::new();
    for name in SLOTS {
        let (wanted, found) = (gives.get(name).cloned().unwrap_or_default(), slot(name));
        if wanted != found {
            wrong.push(format!("{name}: wanted `{wanted}`, found `{found}`"));
        }
    }
    match gives.get("direction") {
        Some(wanted) if *wanted != direction => wrong.push(format!("direction is `{direction}`")),
        _ => {}
    }
    for mark in gives.get("marks").into_iter().flat_map(|m| m.split('|')) {
        if !marks.iter().any(|m| m.name() == mark) {
            wrong.push(format!("mark `{mark}` is not in {marks:?}"));
        }
    }
    wrong
}

#[test]
fn every_phrase_reads_its_examples_and_none_of_its_near_misses() {
    let grammar = &of_files();
    let mut wrong = Vec::new();
    for (number, stanza) in grammar.phrases.stanzas.iter().enumerate() {
        let of_stanza = |text: &str| {
            let tokens = grammar.lex(text);
            let tape = matcher::Tape::new(text, &tokens);
            let mut found = fragments::find(&grammar.phrases, &tape);
            found.retain(|f| f.stanzas == [number]);
            found.sort_by_key(|f| (std::cmp::Reverse(f.slots.len()), f.tokens.len()));
            (tokens, found)
        };
        for example in &stanza.examples {
            let text = example.text.as_str();
            let (tokens, found) = of_stanza(text);
            let Some(first) = found.first() else {
                wrong.push(format!("{}: nothing in `{text}`: {:?}", stanza.name, show(text)));
                continue;
            };
            let slot = |name: &str| given(text, &tokens, &first.slots, name);
            let misses = difference(&example.gives, slot, direction_name(first.direction), &first.marks);
            wrong.extend(misses.iter().map(|m| format!("{}: `{text}`: {m}; {:?}", stanza.name, show(text))));
        }
        for text in &stanza.near {
            let (_, found) = of_stanza(text);
            if !found.is_empty() {
                wrong.push(format!("{}: near-miss `{text}` gives {found:?} {:?}", stanza.name, show(text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[derive(serde::Deserialize)]
struct Sentences {
    sentence: Vec<Sentence>,
}

#[derive(serde::Deserialize)]
struct Sentence {
    text: String,
    gives: Vec<stanzas::Gives>,
}

#[test]
fn whole_sentences_give_all_their_statements_and_no_more() {
    let grammar = Grammar::embedded();
    let sentences: Sentences = toml::from_str(include_str!("../../grammars/en-GB/sentences.toml")).unwrap();
    let mut wrong = Vec::new();
    for Sentence { text, gives } in &sentences.sentence {
        let tokens = grammar.lex(text);
        let found = grammar.statements(text, &tokens);
        if found.len() != gives.len() {
            wrong.push(format!("`{text}`: {} statements: {found:#?}", found.len()));
            continue;
        }
        for (statement, gives) in found.iter().zip(gives) {
            let slot = |name: &str| given(text, &tokens, &statement.slots, name);
            let mut misses = difference(gives, slot, direction_name(statement.direction), &statement.marks);
            let kind = gives.get("relation").and_then(|k| stanzas::kind_named(k));
            misses.extend((kind != Some(statement.kind)).then(|| format!("it is {:?}", statement.kind)));
            wrong.extend(misses.iter().map(|m| format!("`{text}`: {m}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A folder of grammar files that is removed at the end of its test.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let root = std::env::temp_dir().join(format!("crossfoot-grammar-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Folder(root)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Line and expectation of the error that a file gives.
fn fault(name: &str, file: &str, text: &str) -> (usize, String) {
    let folder = Folder::new(name, &[(file, text)]);
    match Grammar::load(&folder.0) {
        Err(Error::Grammar { path, line, expected }) => {
            assert!(path.ends_with(file), "{path}");
            (line, expected)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_folder_replaces_files_of_the_same_name_and_adds_others() {
    let phrase =
        "[[phrase]]\nname = 'tally'\nrelation = 'count'\npatterns = ['{bound:count} geese']\nexamples = []\n";
    let phrase = phrase.replace("[]", "[{ text = '5 geese', gives = { bound = '5' } }]");
    let term = "[[term]]\nclass = 'channel'\nvalue = 'pigeon'\nforms = ['pigeon post']\n";
    let files = [("phrases/own.toml", &*phrase), ("vocabulary/channel.toml", term)];
    let folder = Folder::new("add", &files);
    let grammar = Grammar::load(&folder.0).unwrap();
    assert_eq!(shown(&grammar, "By pigeon post"), ["by", "channel=pigeon"]);
    assert_eq!(shown(&grammar, "By letter"), ["by", "letter"]);
    let tokens = grammar.lex("We keep 5 geese");
    let found = grammar.statements("We keep 5 geese", &tokens);
    assert_eq!(found.iter().map(|s| &*s.phrases[0]).collect::<Vec<_>>(), ["tally"]);
}

#[test]
fn a_broken_phrase_file_says_where_and_what_it_wants() {
    let stanza = |change: (&str, &str)| {
        let good = "# own\n[[phrase]]\nname = 'x'\nrelation = 'count'\npatterns = ['{bound:count} geese']\n\
                    examples = [\n  { text = '5 geese', gives = { bound = '5' } },\n]\n";
        good.replace(change.0, change.1)
    };
    let faults = [
        (("'x'", ""), 3, "string values must be quoted"),
        (("'count'", "'sums'"), 4, "sum, ratio"),
        (("{bound", "{bond"), 5, "a slot in place of `bond`"),
        (("{bound:count}", "{geese}"), 5, "a class of the vocabulary in place of `geese`"),
        (("{bound:count} geese", ""), 5, "a pattern that is not empty"),
        ((", gives = { bound = '5' }", ""), 7, "`gives` in each example"),
        (("bound = '5'", "bond = '5'"), 7, "in place of `bond`"),
        (("relation", "relations"), 4, "unknown field"),
    ];
    for (number, (change, line, expected)) in faults.into_iter().enumerate() {
        let found = fault(&number.to_string(), "phrases/own.toml", &stanza(change));
        assert!(found.0 == line && found.1.contains(expected), "{change:?}: {found:?}");
    }
}

#[test]
fn any_text_can_be_read() {
    let grammar = Grammar::embedded();
    let lone =
        ["", " ", "’", "£", "é%", "1", "(((", "- - -", "12% of of of", "\u{0}\u{feff}٣ ½", "stage", "up to"];
    for text in lone {
        let tokens = grammar.lex(text);
        assert!(tokens.windows(2).all(|w| w[0].range.end <= w[1].range.start), "{text}");
        grammar.statements(text, &tokens);
    }
    let runs =
        ["12 upheld, ", "an increase of ", "Of the 12 (5%) ", "compared to 12 ", "and 1% not upheld ", "( "];
    for run in runs {
        let text = run.repeat(3_000);
        let tokens = grammar.lex(&text);
        assert!(tokens.len() >= 3_000);
        grammar.statements(&text, &tokens);
    }
}
