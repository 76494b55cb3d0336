//! Draws without a clock: the same names give the same draws.

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Chance(u64);

impl Chance {
    /// Seeded by a name, with FNV-1a, so that another document or kind draws nothing away from this one.
    pub fn named(name: &str) -> Chance {
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`; 0 where that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// So many of all, by turns from each list, in an order that the seed decides. With each, the number of its list.
pub fn evenly<T>(lists: &mut [Vec<T>], most: usize, seed: &str) -> Vec<(usize, T)> {
    for (index, list) in lists.iter_mut().enumerate() {
        let mut chance = Chance::named(&format!("{seed} {index}"));
        for at in (1..list.len()).rev() {
            list.swap(at, chance.below(at + 1));
        }
    }
    let mut picked = Vec::new();
    while picked.len() < most && lists.iter().any(|list| !list.is_empty()) {
        for (index, list) in lists.iter_mut().enumerate() {
            picked.extend(list.pop().map(|one| (index, one)));
        }
    }
    picked.truncate(most);
    picked
}
