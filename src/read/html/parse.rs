//! Parses a web page into a tree, with limits against hostile or broken pages.

use super::tree::{Handle, Sink, Tree};
use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use std::cell::Cell;

/// Elements nested deeper than this become text of their parent, as in browsers.
const DEEPEST: usize = 512;
/// A page may have this many nodes whatever its length.
const FREE_NODES: usize = 100_000;

/// Elements whose content is not parsed as markup.
const RAW: [&str; 9] =
    ["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"];

/// A parsed page.
pub(crate) struct Parsed {
    pub(crate) tree: Tree,
    /// How many elements were nested too deep.
    pub(crate) flattened: usize,
    /// Whether the end of the page was left out.
    pub(crate) cut: bool,
}

/// Passes tags on to the tree builder unless they are nested too deep.
struct Guard {
    builder: TreeBuilder<Handle, Sink>,
    most_nodes: usize,
    flattened: Cell<usize>,
    cut: Cell<bool>,
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if let Token::TagToken(Tag { kind: TagKind::StartTag, name, .. }) = &token
            && self.builder.sink.depth() > DEEPEST
            && !RAW.contains(&&**name)
        {
            self.flattened.set(self.flattened.get() + 1);
            return TokenSinkResult::Continue;
        }
        if self.builder.sink.count() > self.most_nodes && token != Token::EOFToken {
            self.cut.set(true);
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Parses a page as browsers do.
pub(crate) fn parse(text: &str) -> Parsed {
    let builder = TreeBuilder::new(Sink::new(), TreeBuilderOpts::default());
    let most_nodes = FREE_NODES + text.len() / 2;
    let guard = Guard { builder, most_nodes, flattened: Cell::new(0), cut: Cell::new(false) };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let Guard { builder, flattened, cut, .. } = tokenizer.sink;
    Parsed { tree: builder.sink.finish(), flattened: flattened.get(), cut: cut.get() }
}
