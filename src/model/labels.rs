//! The dimensions that a figure names, each with its label.

use super::facets::{Dimension, Label};
use super::known::Known;
use ecow::EcoVec;
use std::sync::Arc;

/// A small map, in the order of the dimensions. Maps that are made of the same words share its labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Labels(EcoVec<(Dimension, Arc<Label>)>);

impl serde::Serialize for Labels {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> serde::Deserialize<'de> for Labels {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Labels, D::Error> {
        let mut labels = Labels::default();
        for (dimension, label) in Vec::<(Dimension, Label)>::deserialize(deserializer)? {
            labels.set(dimension, Arc::new(label));
        }
        Ok(labels)
    }
}

impl Labels {
    /// The label of a dimension; one that is absent is unknown.
    pub fn get(&self, dimension: Dimension) -> Option<&Label> {
        let at = self.0.binary_search_by_key(&dimension, |(known, _)| *known).ok()?;
        self.0.get(at).map(|(_, label)| &**label)
    }

    /// Whether a dimension is named.
    pub fn has(&self, dimension: Dimension) -> bool {
        self.get(dimension).is_some()
    }

    /// Sets the label of a dimension, in place of the one before.
    pub fn set(&mut self, dimension: Dimension, label: Arc<Label>) {
        match self.0.binary_search_by_key(&dimension, |(known, _)| *known) {
            Ok(at) => {
                self.0.make_mut().get_mut(at).into_iter().for_each(|known| known.1 = Arc::clone(&label))
            }
            Err(at) => self.0.insert(at, (dimension, label)),
        }
    }

    /// Adds the labels of another map.
    pub fn extend(&mut self, other: &Labels) {
        other.0.iter().for_each(|(dimension, label)| self.set(*dimension, Arc::clone(label)));
    }

    /// Keeps only some dimensions.
    pub fn retain(&mut self, keep: impl Fn(Dimension, &Label) -> bool) {
        self.0.retain(|(dimension, label)| keep(*dimension, label));
    }

    /// The dimensions with their labels.
    pub fn iter(&self) -> impl Iterator<Item = (Dimension, &Label)> {
        self.0.iter().map(|(dimension, label)| (*dimension, &**label))
    }

    /// The same of labels that are known already, where they are equal, and without memory left over.
    pub(crate) fn shared(&self, known: &mut Known<Label>) -> Labels {
        // A list that is collected has room for four.
        let mut shared = EcoVec::with_capacity(self.0.len());
        shared.extend(self.0.iter().map(|(dimension, label)| (*dimension, known.the(Arc::clone(label)))));
        Labels(shared)
    }

    /// Whether no dimension is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
