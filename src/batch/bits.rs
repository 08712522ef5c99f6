//! A set of row numbers: a bit for each row.

/// A set of numbers that are not large.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

const SIZE: u64 = 64;

impl Bits {
    fn place(number: u64) -> (usize, u64) {
        (usize::try_from(number / SIZE).unwrap_or(usize::MAX), 1 << (number % SIZE))
    }

    /// Whether a number is in it.
    pub fn has(&self, number: u64) -> bool {
        let (word, bit) = Self::place(number);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Puts a number in.
    pub fn add(&mut self, number: u64) {
        let (word, bit) = Self::place(number);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Takes a number out.
    pub fn remove(&mut self, number: u64) {
        let (word, bit) = Self::place(number);
        if let Some(bits) = self.0.get_mut(word) {
            *bits &= !bit;
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }

    /// The first number from `from` on.
    pub fn next(&self, from: u64) -> Option<u64> {
        let (start, _) = Self::place(from);
        let rest = self.0.get(start..)?;
        rest.iter().enumerate().find_map(|(index, bits)| {
            let bits = if index == 0 { bits & (u64::MAX << (from % SIZE)) } else { *bits };
            (bits != 0).then(|| (start + index) as u64 * SIZE + u64::from(bits.trailing_zeros()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_numbers() {
        let mut bits = Bits::default();
        for number in [0, 5, 63, 64, 200] {
            bits.add(number);
        }
        bits.remove(5);
        bits.remove(999);
        let mut all = Vec::new();
        let mut at = 0;
        while let Some(number) = bits.next(at) {
            all.push(number);
            at = number + 1;
        }
        assert_eq!(all, [0, 63, 64, 200]);
        assert_eq!(bits.count(), 4);
        assert!(bits.has(64) && !bits.has(65) && !bits.has(5) && !bits.has(1 << 40));
    }
}
