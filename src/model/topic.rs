//! Content words of a label, in order and each once.

use super::known::Known;
use ecow::EcoVec;
use std::fmt;
use std::sync::Arc;

/// A small set of words. Sets that are made of the same label share its words.
#[derive(Clone, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Topic(#[serde(with = "super::data::texts")] EcoVec<Arc<str>>);

impl Topic {
    /// Adds a word.
    pub fn insert(&mut self, word: &str) {
        if let Err(at) = self.find(word) {
            self.0.insert(at, word.into());
        }
    }

    /// Adds the words of another topic.
    pub fn extend(&mut self, other: &Topic) {
        for word in &other.0 {
            if let Err(at) = self.find(word) {
                self.0.insert(at, Arc::clone(word));
            }
        }
    }

    /// Removes the words that another topic does not have.
    pub fn intersect(&mut self, other: &Topic) {
        self.0.retain(|word| other.contains(word));
    }

    /// Removes the words that another topic has.
    pub fn remove(&mut self, other: &Topic) {
        self.0.retain(|word| !other.contains(word));
    }

    /// Whether a word is in it.
    pub fn contains(&self, word: &str) -> bool {
        self.find(word).is_ok()
    }

    /// The words in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|word| &**word)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same of words that are known already, where they are equal, and without memory left over.
    pub(crate) fn shared(&self, known: &mut Known<str>) -> Topic {
        // A list that is collected has room for four.
        let mut shared = EcoVec::with_capacity(self.0.len());
        shared.extend(self.0.iter().map(|word| known.the(Arc::clone(word))));
        Topic(shared)
    }

    fn find(&self, word: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|known| (**known).cmp(word))
    }
}

impl fmt::Debug for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
