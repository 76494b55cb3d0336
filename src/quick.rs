//! A hash of little cost, for maps whose keys are of the program's own making or few: it withstands no attack.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map with this hash.
pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// See the module.
#[derive(Clone, Copy, Default)]
pub(crate) struct Quick(u64);

impl Quick {
    fn add(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Quick {
    /// The last product is best mixed at its upper end, and maps look at the lower one first.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.add(word.try_into().map_or(0, u64::from_le_bytes));
        }
        let rest = words.remainder().iter().fold(0, |rest, byte| rest << 8 | u64::from(*byte));
        if !words.remainder().is_empty() {
            self.add(rest);
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.add(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.add(u64::from(value));
    }

    fn write_i32(&mut self, value: i32) {
        self.add(u64::from(value.cast_unsigned()));
    }

    fn write_usize(&mut self, value: usize) {
        self.add(value as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::hash::{BuildHasher, BuildHasherDefault};

    #[test]
    fn neighbours_fall_apart() {
        let hash = BuildHasherDefault::<Quick>::default();
        let cells = (0..64).flat_map(|x: i32| (0..64).map(move |y: i32| (x, y)));
        let low: HashSet<u64> = cells.map(|cell| hash.hash_one(cell) & 0xffff).collect();
        assert!(low.len() > 3_000, "{}", low.len());
        assert_ne!(hash.hash_one("complaint"), hash.hash_one("complaints"));
    }
}
