//! Tests that look at the address itself: the sample project's is not the learner's.

use crate::explain::code::Code;
use crate::explain::model::{Explanation, Fault};
use crate::explain::show;
use crate::explain::subject::Subject;
use crate::verdict::TextFacts;

pub fn explain(subject: &Subject<'_>, text: &TextFacts) -> Option<Explanation> {
    if *text.text != *subject.url || !text.negated || !subject.result.exchanges.is_empty() {
        return None;
    }
    Some(
        Explanation::new(
            Code::SampleAddress,
            format!("The address {} is that of the example, not of your project", show::line(subject.url, 120)),
        )
        .fault(Fault::Environment)
        .help("give the address of your own project with --url"),
    )
}
