//! Serialisation of types for which serde has no form of its own: static texts, facets shared by many figures, and
//! numbers that are not finite.

use super::facets::{Sense, Wording};
use super::known::Known;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A word or sentence of the program's own: a code, a reason, a media type.
pub type StaticText = &'static str;

/// The limit of distinct texts. The program itself has about two hundred. Each text that is read back is leaked, so
/// their number must be limited.
const MOST_WORDS: usize = 4_096;
/// The longest text that is read back. The longest of the program's own are sentences.
const LONGEST_WORD: usize = 512;

fn kept(text: &str) -> Option<StaticText> {
    static WORDS: OnceLock<Mutex<HashSet<StaticText>>> = OnceLock::new();
    let mut words = WORDS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(text) {
        return Some(known);
    }
    if words.len() >= MOST_WORDS || text.len() > LONGEST_WORD {
        return None;
    }
    let word: StaticText = Box::leak(text.to_owned().into_boxed_str());
    words.insert(word);
    Some(word)
}

/// For a field that is a [`StaticText`].
pub(super) fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<StaticText, D::Error> {
    let text = String::deserialize(deserializer)?;
    kept(&text).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &"a word of the program"))
}

/// For a field that is a list of [`StaticText`]s.
pub(super) fn words<'de, D: Deserializer<'de>, W: FromIterator<StaticText>>(
    deserializer: D,
) -> Result<W, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let known = |text: &String| {
        kept(text).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(text), &"a word of the program"))
    };
    texts.iter().map(known).collect()
}

/// Makes the form of a field that is an `Arc` of values that many figures share: equal ones are stored once again when they
/// are read back.
macro_rules! shared {
    ($($(#[$doc:meta])* $name:ident of $Value:ident),*) => { $(
        $(#[$doc])*
        pub(super) mod $name {
            use super::{Arc, Deserialize, Deserializer, Known, RefCell, Serialize, Serializer, $Value};

            thread_local! {
                static KNOWN: RefCell<Known<$Value>> = RefCell::default();
            }

            pub fn serialize<S: Serializer>(value: &Arc<$Value>, serializer: S) -> Result<S::Ok, S::Error> {
                $Value::serialize(value, serializer)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<$Value>, D::Error> {
                let value = Arc::new($Value::deserialize(deserializer)?);
                Ok(KNOWN.with_borrow_mut(|known| known.the(value)))
            }
        }
    )* };
}

shared! {
    /// For a field that is an `Arc<Sense>`.
    sense of Sense,
    /// For a field that is an `Arc<Wording>`.
    wording of Wording
}

/// For a field that is a list of `Arc<str>`.
pub(super) mod texts {
    use super::{Arc, Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(texts: &[Arc<str>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(texts.iter().map(|text| &**text))
    }

    pub fn deserialize<'de, D: Deserializer<'de>, L: FromIterator<Arc<str>>>(
        deserializer: D,
    ) -> Result<L, D::Error> {
        Ok(Vec::<String>::deserialize(deserializer)?.into_iter().map(Arc::from).collect())
    }
}

/// A coordinate of a page. A broken file can make it infinite, which JSON cannot express.
#[derive(Clone, Copy)]
struct Float(f32);

impl Serialize for Float {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() || !serializer.is_human_readable() {
            serializer.serialize_f32(self.0)
        } else {
            serializer.collect_str(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Float {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Float, D::Error> {
        if !deserializer.is_human_readable() {
            return f32::deserialize(deserializer).map(Float);
        }
        deserializer.deserialize_any(FloatVisitor)
    }
}

struct FloatVisitor;

impl Visitor<'_> for FloatVisitor {
    type Value = Float;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Float, E> {
        Ok(Float(value as f32))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Float, E> {
        Ok(Float(value as f32))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Float, E> {
        Ok(Float(value as f32))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Float, E> {
        text.parse().map(Float).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// For a field that is an `f32`.
pub(super) mod float {
    use super::{Deserialize, Deserializer, Float, Serialize, Serializer};

    pub fn serialize<S: Serializer>(number: &f32, serializer: S) -> Result<S::Ok, S::Error> {
        Float(*number).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
        Float::deserialize(deserializer).map(|number| number.0)
    }
}

/// For a field that is a `Box<[f32]>`.
pub(super) mod floats {
    use super::{Deserialize, Deserializer, Float, Serializer};

    pub fn serialize<S: Serializer>(numbers: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(numbers.iter().map(|number| Float(*number)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<[f32]>, D::Error> {
        Ok(Vec::<Float>::deserialize(deserializer)?.into_iter().map(|number| number.0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::facets::Facets;
    use super::*;

    #[test]
    fn numbers_that_are_not_finite_are_read_back() {
        for number in [0.1, -7.25, f32::MAX, f32::MIN_POSITIVE, f32::INFINITY, f32::NEG_INFINITY] {
            let json = serde_json::to_string(&Float(number)).unwrap();
            assert_eq!(serde_json::from_str::<Float>(&json).unwrap().0, number, "{json}");
        }
        let json = serde_json::to_string(&Float(f32::NAN)).unwrap();
        assert!(serde_json::from_str::<Float>(&json).unwrap().0.is_nan());
    }

    #[test]
    fn words_are_kept_once_and_not_without_end() {
        let (one, two) = (kept("a word for this test"), kept(&["a word", "for this test"].join(" ")));
        assert!(one.zip(two).is_some_and(|(one, two)| std::ptr::eq(one, two)));
        assert_eq!(kept(&"long".repeat(LONGEST_WORD)), None);
    }

    #[test]
    fn equal_facets_are_stored_once_when_read_back() {
        let json = serde_json::to_string(&[Facets::default(), Facets::default()]).unwrap();
        let [one, two] = serde_json::from_str::<[Facets; 2]>(&json).unwrap();
        assert_eq!(one.halves(), two.halves());
    }
}
