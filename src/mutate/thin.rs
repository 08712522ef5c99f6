//! Keeps a bounded number of things out of however many there are, evenly spread.

/// The most that is kept.
const MOST: usize = 4096;

/// What is kept so far.
#[derive(Debug)]
pub struct Thinned<T> {
    kept: Vec<T>,
    seen: usize,
    every: usize,
}

impl<T> Default for Thinned<T> {
    fn default() -> Self {
        Self { kept: Vec::new(), seen: 0, every: 1 }
    }
}

impl<T> Thinned<T> {
    /// Offers one; it is only made when it is kept.
    pub fn offer(&mut self, make: impl FnOnce() -> T) {
        if self.seen.is_multiple_of(self.every) {
            if self.kept.len() == MOST {
                let mut odd = true;
                self.kept.retain(|_| {
                    odd = !odd;
                    !odd
                });
                self.every *= 2;
            }
            if self.seen.is_multiple_of(self.every) {
                self.kept.push(make());
            }
        }
        self.seen += 1;
    }

    /// What was kept, in order.
    pub fn into_vec(self) -> Vec<T> {
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_all_kept_and_many_evenly() {
        let kept = |count: usize| {
            let mut thinned = Thinned::default();
            (0..count).for_each(|number| thinned.offer(|| number));
            thinned.into_vec()
        };
        assert_eq!(kept(5), [0, 1, 2, 3, 4]);
        assert_eq!(kept(MOST).len(), MOST);
        let many = kept(MOST * 10 + 3);
        assert!(many.len() <= MOST && many.len() > MOST / 2, "{}", many.len());
        assert!(many.windows(2).all(|pair| pair[1] - pair[0] == 16), "{many:?}");
    }
}
