//! A part of a list, for one of several machines.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::digest;

/// `i/n`: part `i`, from 1, of `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Which, from 1.
    pub index: u32,
    /// Of how many.
    pub count: u32,
}

impl Shard {
    /// The whole list.
    pub const WHOLE: Self = Self { index: 1, count: 1 };
    /// More parts than anybody has machines.
    const MOST: u32 = 100_000;

    /// Whether the row with this id belongs to the part: the first 16 bytes of the SHA-256 of the id, as a number, modulo
    /// `n`, plus 1, is `i`. So it depends on the id alone, whatever else is in the list.
    pub fn has(self, id: &str) -> bool {
        self.count <= 1 || digest::short(id) % u128::from(self.count) + 1 == u128::from(self.index)
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        let (index, count) = parts.ok_or("not of the form i/n, such as 2/4")?;
        if count > Self::MOST {
            return Err(format!("more than {} parts", Self::MOST));
        }
        if (1..=count).contains(&index) { Ok(Self { index, count }) } else { Err(format!("i goes from 1 to {count}")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_disjoint_and_complete_whatever_their_number() {
        for count in 1..=7 {
            let mut sizes = [0_usize; 7];
            for row in 0..2000 {
                let id = format!("student-{row}");
                let of: Vec<u32> = (1..=count).filter(|index| Shard { index: *index, count }.has(&id)).collect();
                assert_eq!(of.len(), 1, "{id} of {count}");
                sizes[of[0] as usize - 1] += 1;
            }
            let fair = 2000 / count as usize;
            assert!(sizes.iter().take(count as usize).all(|size| size.abs_diff(fair) < fair / 4), "{sizes:?}");
        }
    }

    #[test]
    fn an_id_stays_in_its_part() {
        // Journals of other versions and machines rest on it: sha256("ana") begins with 24d4b96f…
        let part = |id: &str| (1..=4).find(|index| Shard { index: *index, count: 4 }.has(id));
        assert_eq!([part("ana"), part("ben"), part("line-3")], [Some(3), Some(1), Some(1)]);
    }

    #[test]
    fn is_written_as_i_of_n() {
        assert_eq!("2/4".parse(), Ok(Shard { index: 2, count: 4 }));
        for bad in ["", "2", "0/4", "5/4", "a/b", "1/0", "1/999999999", "1/2/3"] {
            assert!(bad.parse::<Shard>().is_err(), "{bad}");
        }
    }
}
