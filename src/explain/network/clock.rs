//! A clock that is wrong: the project's machine and this one do not agree what time it is.

use crate::explain::answer::Answer;
use crate::explain::code::Code;
use crate::explain::model::{Explanation, Fault};
use crate::explain::subject::Subject;
use crate::explain::values::dates::{self, difference};
use crate::verdict::Failure;

/// Clocks that differ by so little are right, in milliseconds.
const TOLERATED: f64 = 10_000.0;

/// Explains a comparison with the present time where the project's machine has another one. `wanted` is the test's present time,
/// `got` the time that the project gave, both in milliseconds.
pub fn explain(subject: &Subject<'_>, failure: &Failure, wanted: f64, got: f64) -> Option<Explanation> {
    let asks_for_now = subject.test.contains("Date.now()") || subject.test.contains("new Date()");
    let answer = Answer::of(subject, failure)?;
    let server = dates::parse(answer.exchange.header("date")?)?;
    // The project is right about the time that its own machine shows.
    if !asks_for_now || (server - wanted).abs() <= TOLERATED || (server - got).abs() > TOLERATED {
        return None;
    }
    let word = if server > wanted { "ahead of" } else { "behind" };
    Some(
        Explanation::new(
            Code::ClockDiffers,
            format!("The clocks differ: the project's machine is {} {word} this one", difference(server - wanted)),
        )
        .fact("there", dates::utc(server))
        .fact("here", dates::utc(wanted))
        .fault(Fault::Environment)
        .help("set the clock of the machine that is wrong (it can set itself from the network), and grade again"),
    )
}
