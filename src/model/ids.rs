//! Numbers of the parts of a document. Each kind of part has a type of its own, so that one is not taken for another.

/// Makes the type of the numbers of one kind of part.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(usize);

        impl $name {
            /// The plain number.
            pub fn index(self) -> usize {
                self.0
            }

            /// The number of the part that comes so many after this one, whether or not there is such a part.
            pub fn plus(self, parts: usize) -> $name {
                $name(self.0.saturating_add(parts))
            }

            /// The numbers of this part and those after it, up to another that is not included.
            pub fn until(self, end: $name) -> impl DoubleEndedIterator<Item = $name> + ExactSizeIterator {
                (self.0..end.0).map($name)
            }

            /// The number of the part that comes so many before this one; `None` before the first.
            pub fn minus(self, parts: usize) -> Option<$name> {
                self.0.checked_sub(parts).map($name)
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> $name {
                $name(index)
            }
        }

        impl From<$name> for usize {
            fn from(id: $name) -> usize {
                id.0
            }
        }

        /// As a plain number.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }
    )* };
}

ids! {
    /// A block of a document, from 0 in reading order.
    BlockIdx,
    /// A table of a document, from 0 in reading order.
    TableIdx,
    /// A figure of a document, from 0 in reading order. A figure among the documents of a run is a `FigureId`.
    FigureIdx,
}
