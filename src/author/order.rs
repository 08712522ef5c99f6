//! The place of a challenge within its block.

/// The `order` after all of these.
pub(super) fn next(orders: impl Iterator<Item = f64>) -> f64 {
    orders
        .filter(|order| order.is_finite())
        .fold(None, |most: Option<f64>, order| Some(most.map_or(order, |most| most.max(order))))
        .map_or(1.0, |most| most.floor() + 1.0)
}

/// An `order` behind `before` and before all that follow it: a whole number where there is room for one.
pub(super) fn after(before: f64, orders: impl Iterator<Item = f64>) -> f64 {
    let following = orders.filter(|order| order.is_finite() && *order > before).min_by(f64::total_cmp);
    let whole = before.floor() + 1.0;
    match following {
        Some(following) if whole >= following => before + (following - before) / 2.0,
        _ => whole,
    }
}

/// The start of a file name that is a number: the number, its digits and what follows it.
fn numbered(stem: &str) -> Option<(u32, usize, char)> {
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let separator = stem.get(digits..)?.chars().next().filter(|next| matches!(next, '-' | '_'))?;
    Some((stem.get(..digits)?.parse().ok()?, digits, separator))
}

/// What is put before the name of a file where all of its neighbours' names begin with numbers; else nothing.
pub(super) fn prefix<'s>(stems: impl Iterator<Item = &'s str>) -> String {
    let mut last: Option<(u32, usize, char)> = None;
    for stem in stems {
        let Some(found) = numbered(stem) else { return String::new() };
        if last.is_none_or(|(most, ..)| found.0 >= most) {
            last = Some(found);
        }
    }
    last.map_or_else(String::new, |(most, digits, separator)| format!("{:0digits$}{separator}", u64::from(most) + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_and_the_one_between() {
        let same = |left: f64, right: f64| (left - right).abs() < f64::EPSILON;
        assert!(same(next([].into_iter()), 1.0));
        assert!(same(next([1.0, 8.0, 2.5].into_iter()), 9.0));
        assert!(same(next([2.5, f64::INFINITY].into_iter()), 3.0));
        assert!(same(after(2.0, [1.0, 2.0].into_iter()), 3.0));
        assert!(same(after(2.0, [1.0, 2.0, 3.0].into_iter()), 2.5));
        assert!(same(after(2.0, [2.0, 10.0].into_iter()), 3.0));
        assert!(same(after(2.5, [2.5, 3.0].into_iter()), 2.75));
    }

    #[test]
    fn numbers_before_names_go_on() {
        assert_eq!(prefix(["001-a", "009-b", "002-c"].into_iter()), "010-");
        assert_eq!(prefix(["9_a"].into_iter()), "10_");
        assert_eq!(prefix(["1-a", "b"].into_iter()), "");
        assert_eq!(prefix(["5895f700f9fc0f352b528e63"].into_iter()), "");
        assert_eq!(prefix([].into_iter()), "");
    }
}
