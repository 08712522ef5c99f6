//! A seeded generator. It is our own, so that a seed means the same mutants in every version of every library.

/// `SplitMix64`.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A generator for a seed and what it is used for: each use has a sequence of its own, whatever the others take.
    pub fn new(seed: u64, purpose: &[&str]) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in purpose.iter().flat_map(|part| part.bytes().chain([0xff])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(seed ^ hash)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.bits() % end).unwrap_or(0)
    }

    /// One of them, if there are any.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// Puts them into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// At most `want` of the numbers below `count`, evenly spread, in any order.
    pub fn spread(&mut self, count: usize, want: usize) -> Vec<usize> {
        let mut chosen: Vec<usize> = if count <= want {
            (0..count).collect()
        } else {
            // Where each stretch of `count / want` begins; one is picked in each.
            let begin = |stretch: usize| stretch.saturating_mul(count) / want.max(1);
            (0..want).map(|stretch| begin(stretch) + self.below(begin(stretch + 1) - begin(stretch))).collect()
        };
        self.shuffle(&mut chosen);
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_purpose_make_a_sequence() {
        let sequence = |seed, purpose: &[&str]| {
            let mut random = Random::new(seed, purpose);
            [random.bits(), random.bits()]
        };
        assert_eq!(sequence(1, &["a", "b"]), sequence(1, &["a", "b"]));
        assert_ne!(sequence(1, &["a", "b"]), sequence(2, &["a", "b"]));
        assert_ne!(sequence(1, &["a", "b"]), sequence(1, &["ab"]));
    }

    #[test]
    fn what_is_spread_covers_all_parts() {
        let mut random = Random::new(7, &[]);
        let mut chosen = random.spread(1000, 10);
        chosen.sort_unstable();
        let tenths: Vec<usize> = chosen.iter().map(|at| at / 100).collect();
        assert_eq!(tenths, (0..10).collect::<Vec<_>>());
        let mut all = random.spread(5, 10);
        all.sort_unstable();
        assert_eq!(all, [0, 1, 2, 3, 4]);
        assert!(random.spread(0, 10).is_empty() && random.spread(10, 0).is_empty());
    }
}
