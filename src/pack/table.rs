//! A table of words with a number each, kept as bytes. Words are looked up in the bytes themselves, so nothing has to
//! be loaded first.
//!
//! The bytes begin with the number of slots, a power of two, the lengths of the words and their first bytes, both as
//! sets of bits: most words of a text are in no list, and these settle it. Then come the slots, each the place of an
//! entry or zero, and then the entries: a number, the length of the word, and the word. All numbers have 32 bits, the
//! lowest byte first.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A table of words, made at run time or lent by the program file.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct WordTable(Cow<'static, [u8]>);

/// How many bytes stand before the slots: the number of slots, the set of lengths, that of first bytes.
const HEAD: usize = 4 + 4 + 16;

impl WordTable {
    /// Makes a table of words with their numbers. A word that is given twice has the last of its numbers.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = (&'a str, u32)>) -> WordTable {
        let words: std::collections::BTreeMap<&str, u32> = words.into_iter().collect();
        if words.is_empty() {
            return WordTable::default();
        }
        let slots = (words.len() * 2).next_power_of_two();
        let mut heads = vec![0_u32; slots];
        let mut entries: Vec<u8> = Vec::new();
        let (mut lengths, mut initials) = (0, 0);
        for (word, number) in words {
            lengths |= length_bit(word.as_bytes());
            initials |= initial_bit(word.as_bytes());
            let free = probes(word.as_bytes(), slots).find(|slot| heads.get(*slot) == Some(&0));
            if let Some(head) = free.and_then(|slot| heads.get_mut(slot)) {
                *head = narrow(HEAD + 4 * slots + entries.len());
            }
            entries.extend(number.to_le_bytes());
            entries.extend(narrow(word.len()).to_le_bytes());
            entries.extend(word.as_bytes());
        }
        let mut bytes = narrow(slots).to_le_bytes().to_vec();
        bytes.extend(u32::to_le_bytes(lengths));
        bytes.extend(u128::to_le_bytes(initials));
        bytes.extend(heads.into_iter().flat_map(u32::to_le_bytes));
        bytes.extend(entries);
        WordTable(Cow::Owned(bytes))
    }

    /// Uses the bytes of a table that was written before. Look-ups in any other bytes do no harm, but what they find
    /// is undefined.
    pub(crate) fn lent(bytes: &'static [u8]) -> WordTable {
        WordTable(Cow::Borrowed(bytes))
    }

    /// The bytes of the table, to be written.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether a word has the length and the first letter of one of the table, in any case.
    pub(crate) fn may_hold(&self, word: &[u8]) -> bool {
        let Some([_, _, _, _, head @ ..]) = self.0.first_chunk::<HEAD>() else { return false };
        let Some((lengths, initials)) = head.split_first_chunk() else { return false };
        u32::from_le_bytes(*lengths) & length_bit(word) != 0
            && initials.first_chunk().is_some_and(|set| u128::from_le_bytes(*set) & initial_bit(word) != 0)
    }

    /// The length of its shortest word, up to 31.
    pub(crate) fn shortest(&self) -> usize {
        self.number(4).map_or(0, |lengths| lengths.trailing_zeros() as usize)
    }

    /// The number of a word.
    pub(crate) fn get(&self, word: &[u8]) -> Option<u32> {
        if !self.may_hold(word) {
            return None;
        }
        let slots = self.number(0)? as usize;
        for slot in probes(word, slots) {
            let (entry, number, _) = self.entry(self.number(HEAD + 4 * slot)? as usize)?;
            if entry == word {
                return Some(number);
            }
        }
        None
    }

    /// Its words with their numbers, in the order of the alphabet.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        let mut at = self.number(0).map_or(0, |slots| HEAD + 4 * slots as usize);
        std::iter::from_fn(move || {
            let (word, number, next) = self.entry(at)?;
            at = next;
            Some((std::str::from_utf8(word).ok()?, number))
        })
    }

    /// The word and the number at a place, and the place behind them.
    fn entry(&self, at: usize) -> Option<(&[u8], u32, usize)> {
        if at == 0 {
            return None;
        }
        let number = self.number(at)?;
        let end = (at + 8).checked_add(self.number(at + 4)? as usize)?;
        Some((self.0.get(at + 8..end)?, number, end))
    }

    fn number(&self, at: usize) -> Option<u32> {
        self.0.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

impl fmt::Debug for WordTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for WordTable {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(self.bytes())
    }
}

impl<'de> Deserialize<'de> for WordTable {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<WordTable, D::Error> {
        <&[u8]>::deserialize(from).map(|bytes| WordTable(Cow::Owned(bytes.to_vec())))
    }
}

/// The slots that may hold a word, in the order in which they are tried. Each comes once.
fn probes(word: &[u8], slots: usize) -> impl Iterator<Item = usize> {
    let first = hash(word) as usize;
    (0..slots).map(move |step| first.wrapping_add(step) & slots.wrapping_sub(1))
}

/// The bit of a word's length. All lengths from 31 on share one.
fn length_bit(word: &[u8]) -> u32 {
    1 << word.len().min(31)
}

/// The bit of a word's first byte, which is the same for a capital and its small letter.
fn initial_bit(word: &[u8]) -> u128 {
    1 << word.first().map_or(0, |byte| byte.to_ascii_lowercase() & 0x7f)
}

/// FNV-1a. It gives the same on every machine, which is needed because tables are made on one machine and read on
/// another.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Tables are far smaller than 4 GB. A word that lay beyond would not be found.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_with_their_numbers() {
        let words: Vec<String> = (0..500).map(|n| format!("word {n}")).collect();
        let table = WordTable::new(words.iter().map(String::as_str).zip(0..));
        for (word, number) in words.iter().zip(0..) {
            assert_eq!(table.get(word.as_bytes()), Some(number));
        }
        assert_eq!(table.get(b"word 500"), None);
        assert_eq!(table.iter().count(), 500);
        assert_eq!(WordTable(Cow::Owned(table.bytes().to_vec())), table);
    }

    #[test]
    fn no_bytes_do_harm() {
        assert_eq!(WordTable::default().get(b"a"), None);
        assert_eq!(WordTable::new([]).iter().count(), 0);
        let sound = WordTable::new([("total", 1), ("sum", 2), ("all", 3)]).bytes().to_vec();
        for at in 0..sound.len() {
            let cut = WordTable(Cow::Owned(sound.get(..at).unwrap().to_vec()));
            assert!(cut.iter().count() <= 3 && cut.get(b"of").is_none());
            let mut broken = sound.clone();
            broken[at] ^= 0xff;
            let broken = WordTable(Cow::Owned(broken));
            assert!(broken.iter().take(9).count() <= 9 && broken.get(b"of").is_none());
        }
    }
}
