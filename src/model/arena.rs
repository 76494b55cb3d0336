//! A list whose members are numbered by a type of their own.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// A list of `T` whose members are numbered by `Id`. It is serialised as a plain list and can be used as a slice.
/// Only `get` and `push` take an `Id`, so the number of another kind of part does not compile.
#[derive(Clone, PartialEq, Eq)]
pub struct Arena<Id, T> {
    members: Vec<T>,
    id: PhantomData<fn(Id) -> Id>,
}

impl<Id: From<usize> + Into<usize>, T> Arena<Id, T> {
    /// The member with this number.
    pub fn get(&self, id: Id) -> Option<&T> {
        self.members.get(id.into())
    }

    /// The members from a number on. There are none where no member has that number.
    pub fn starting(&self, id: Id) -> &[T] {
        self.members.get(id.into()..).unwrap_or_default()
    }

    /// Adds a member at the end and returns its number.
    pub fn push(&mut self, member: T) -> Id {
        let id = self.end();
        self.members.push(member);
        id
    }

    /// Adds members at the end. The first are taken over as they are, since a copy of all figures of a long table takes
    /// as much memory once more.
    pub fn append(&mut self, mut members: Vec<T>) {
        if self.members.is_empty() {
            self.members = members;
        } else {
            self.members.append(&mut members);
        }
    }

    /// The number that the next member would have.
    pub fn end(&self) -> Id {
        Id::from(self.members.len())
    }

    /// All numbers, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id> + ExactSizeIterator + use<Id, T> {
        (0..self.members.len()).map(Id::from)
    }

    /// All members with their numbers.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (Id, &T)> + ExactSizeIterator {
        self.members.iter().enumerate().map(|(index, member)| (Id::from(index), member))
    }
}

impl<Id, T> Deref for Arena<Id, T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.members
    }
}

impl<Id, T> DerefMut for Arena<Id, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.members
    }
}

impl<Id, T> Default for Arena<Id, T> {
    fn default() -> Arena<Id, T> {
        Arena::from_iter([])
    }
}

impl<Id, T> From<Vec<T>> for Arena<Id, T> {
    fn from(members: Vec<T>) -> Arena<Id, T> {
        Arena { members, id: PhantomData }
    }
}

impl<Id, T> FromIterator<T> for Arena<Id, T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Arena<Id, T> {
        Arena::from(Vec::from_iter(members))
    }
}

impl<Id, T> Extend<T> for Arena<Id, T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        self.members.extend(members);
    }
}

impl<Id, T> IntoIterator for Arena<Id, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<'a, Id, T> IntoIterator for &'a Arena<Id, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.members.iter()
    }
}

impl<Id, T: std::fmt::Debug> std::fmt::Debug for Arena<Id, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.members.fmt(f)
    }
}

impl<Id, T: serde::Serialize> serde::Serialize for Arena<Id, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.members.serialize(serializer)
    }
}

impl<'de, Id, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Arena<Id, T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Arena<Id, T>, D::Error> {
        Vec::deserialize(deserializer).map(Arena::from)
    }
}

#[cfg(test)]
mod tests {
    use super::Arena;
    use crate::model::ids::TableIdx;

    #[test]
    fn it_is_written_as_a_plain_list() {
        let mut arena = Arena::<TableIdx, char>::default();
        let (first, second) = (arena.push('a'), arena.push('b'));
        assert_eq!(
            (arena.get(first), arena.get(second), arena.get(arena.end())),
            (Some(&'a'), Some(&'b'), None)
        );
        assert_eq!((first.plus(1), second.minus(2)), (second, None));
        let json = serde_json::to_string(&(&arena, second)).unwrap();
        assert_eq!(json, r#"[["a","b"],1]"#);
        assert_eq!(
            serde_json::from_str::<(Arena<TableIdx, char>, TableIdx)>(&json).unwrap(),
            (arena, second)
        );
    }
}
