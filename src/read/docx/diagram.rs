//! The texts of a diagram (SmartArt), in the order in which they were made.

use crate::read::flow::Inline;
use crate::read::xml::{Xml, XmlPiece};

/// Adds the paragraphs of a part.
pub(crate) fn read(texts: &mut Vec<String>, xml: &mut Xml<'_>) -> Result<(), String> {
    let (mut text, mut within) = (Inline::default(), false);
    while let Some(piece) = xml.next()? {
        match piece {
            XmlPiece::Start(start) => within = start.local_name().as_ref() == "t",
            XmlPiece::Text(own) if within => text.push(&own),
            XmlPiece::End(end) if end.local_name().as_ref() == "p" => {
                texts.extend(Some(text.take()).filter(|text| !text.is_empty()));
            }
            XmlPiece::End(_) => within = false,
            _ => {}
        }
    }
    Ok(())
}
