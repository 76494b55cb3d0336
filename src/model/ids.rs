//! Numbers of the parts of a document. Each kind of part has a type of its own, so that one is not taken for another. They
//! take 32 bits, since long sheets have millions of figures and each number is kept many times.

/// Makes the type of the numbers of one kind of part.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The plain number.
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The number of the part that comes so many after this one, whether or not there is such a part.
            pub fn plus(self, parts: usize) -> $name {
                $name::from(self.index().saturating_add(parts))
            }

            /// The numbers of this part and those after it, up to another that is not included.
            pub fn until(self, end: $name) -> impl DoubleEndedIterator<Item = $name> + ExactSizeIterator {
                (self.index()..end.index()).map($name::from)
            }

            /// The number of the part that comes so many before this one; `None` before the first.
            pub fn minus(self, parts: usize) -> Option<$name> {
                self.index().checked_sub(parts).map($name::from)
            }
        }

        impl From<usize> for $name {
            #[inline]
            fn from(index: usize) -> $name {
                $name(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }

        impl From<$name> for usize {
            #[inline]
            fn from(id: $name) -> usize {
                id.index()
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
