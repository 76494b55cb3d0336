//! The texts of a diagram (SmartArt), in the order in which they were made.

use crate::read::flow::Inline;
use crate::read::xml::{Piece, Xml};

/// Adds the paragraphs of a part.
pub(crate) fn read(texts: &mut Vec<String>, xml: &mut Xml<'_>) -> Result<(), String> {
    let (mut text, mut within) = (Inline::default(), false);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(start) => within = start.local_name().as_ref() == "t",
            Piece::Text(own) if within => text.push(&own),
            Piece::End(end) if end.local_name().as_ref() == "p" => {
                texts.extend(Some(text.take()).filter(|text| !text.is_empty()));
            }
            Piece::End(_) => within = false,
            _ => {}
        }
    }
    Ok(())
}
