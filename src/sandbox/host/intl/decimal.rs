//! A number as decimal digits: what rounding and formatting work on.

/// Digits and where the point is. `point` counts the digits before it and may be negative or beyond the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) negative: bool,
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    /// Reads what JavaScript prints for a finite number or a `BigInt`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = text.strip_prefix('-').map_or((false, text), |r| (true, r));
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: Vec<u8> = whole
            .bytes()
            .chain(fraction.bytes())
            .map(|b| b.is_ascii_digit().then(|| b - b'0'))
            .collect::<Option<_>>()?;
        if digits.is_empty() || exponent.abs() > 10_000 {
            return None;
        }
        let point = i64::try_from(whole.len()).ok()? + exponent;
        Some(Self { negative, digits, point }.trimmed())
    }

    /// Without leading zeros; zero has no digits.
    fn trimmed(mut self) -> Self {
        let leading = self.digits.iter().take_while(|d| **d == 0).count();
        self.digits.drain(..leading);
        self.point -= i64::try_from(leading).unwrap_or(0);
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// How many digits stand before the point; 0 or less below one.
    pub(super) fn magnitude(&self) -> i64 {
        self.point
    }

    /// Times ten to the power of `by`.
    pub(super) fn shifted(mut self, by: i64) -> Self {
        if !self.is_zero() {
            self.point += by;
        }
        self
    }

    /// Rounded half away from zero to that many digits after the point (before it, if negative).
    pub(super) fn rounded(mut self, places: i64) -> Self {
        let Ok(keep) = usize::try_from(self.point.saturating_add(places)) else {
            self.digits.clear();
            return self.trimmed();
        };
        let Some(&next) = self.digits.get(keep) else { return self };
        self.digits.truncate(keep);
        if next >= 5 {
            let mut carry = true;
            for digit in self.digits.iter_mut().rev() {
                *digit += 1;
                carry = *digit == 10;
                if !carry {
                    break;
                }
                *digit = 0;
            }
            if carry {
                self.digits.insert(0, 1);
                self.point += 1;
            }
        }
        self.trimmed()
    }

    /// Digits before and after the point, with at least so many of each.
    pub(super) fn split(&self, min_integer: usize, min_fraction: usize) -> (String, String) {
        let at = |i: i64| usize::try_from(i).ok().and_then(|i| self.digits.get(i)).copied().unwrap_or(0);
        let digit = |i: i64| char::from(b'0' + at(i));
        let count = i64::try_from(self.digits.len()).unwrap_or(0);
        let whole: String = (0..self.point.max(0)).map(digit).collect();
        let mut fraction: String = (self.point.min(0)..count).filter(|i| *i >= self.point).map(digit).collect();
        if self.is_zero() {
            fraction.clear();
        }
        while fraction.len() < min_fraction {
            fraction.push('0');
        }
        (format!("{whole:0>min_integer$}"), fraction)
    }
}
