//! How far a run is, and how it ended, in a line.

use std::time::Duration;

use crate::batch::Totals;
use crate::report::text::count;

/// `400 submissions: 310 passed, 60 failed, 25 could not be checked, 5 not graded`.
pub fn summary(totals: Totals) -> String {
    let all = usize::try_from(totals.count()).unwrap_or(usize::MAX);
    format!("{}: {}", count(all, "submission"), parts(totals))
}

/// The verdicts, counted. What there is none of is not said, but for those that passed.
pub(super) fn parts(totals: Totals) -> String {
    let mut text = format!("{} passed", totals.passed);
    for (number, words) in
        [(totals.failed, "failed"), (totals.errored, "could not be checked"), (totals.ungraded, "not graded")]
    {
        if number > 0 {
            text += &format!(", {number} {words}");
        }
    }
    text
}

/// `312/s`, or `7/min` for what is slow.
pub fn rate(done: u64, elapsed: Duration) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let per_second = done as f64 / elapsed.as_secs_f64().max(0.001);
    if per_second >= 10.0 {
        format!("{per_second:.0}/s")
    } else if per_second >= 1.0 {
        format!("{per_second:.1}/s")
    } else {
        format!("{:.1}/min", per_second * 60.0)
    }
}

/// `2 h 5 min`, `3 min 20 s`, `4.2 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        3600.. => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
        60.. => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grader::Counts;

    #[test]
    fn in_words() {
        let hints = Counts::default();
        let totals = Totals { passed: 1, failed: 0, errored: 2, ungraded: 3, hints };
        assert_eq!(summary(totals), "6 submissions: 1 passed, 2 could not be checked, 3 not graded");
        assert_eq!(summary(Totals::default()), "0 submissions: 0 passed");
        assert_eq!(
            [3661, 200, 4].map(|seconds| duration(Duration::from_secs(seconds))),
            ["1 h 1 min", "3 min 20 s", "4.0 s"]
        );
        assert_eq!([1000, 15, 1].map(|done| rate(done, Duration::from_secs(10))), ["100/s", "1.5/s", "6.0/min"]);
    }
}
