//! No verdict, and the project is not to blame: the test, its limits, or `grade` itself.

use super::code::Code;
use super::model::{Explanation, Fault};
use super::network;
use super::show;
use super::subject::Subject;
use crate::verdict::{Cause, Note};

const TELL: &str = "the project is not at fault; tell whoever maintains the challenge";

pub fn explain(subject: &Subject<'_>, cause: &Cause) -> Explanation {
    match cause {
        Cause::Transport(error) => network::transport(error),
        Cause::TimedOut { limit, waiting_for } => timed_out(subject, &network::duration(*limit), waiting_for.as_deref()),
        Cause::Limit { name } => Explanation::new(
            Code::TestLimit,
            format!("The test was stopped at a limit of grade: {}", show::line(name, 80)),
        )
        .fault(Fault::Test)
        .help("tests may not use more, whatever the project answers; grade this hint on freeCodeCamp, and tell whoever maintains the challenge"),
        Cause::Unsupported { what } => Explanation::new(
            Code::TestUnsupported,
            format!("The test uses {}, which grade does not have", show::line(what, 80)),
        )
        .fault(Fault::Tool)
        .help("grade this hint on freeCodeCamp; the project is not at fault"),
        Cause::Syntax { message, line, .. } => {
            let explanation = Explanation::new(
                Code::TestSyntax,
                format!("The test is no valid JavaScript: {}", show::line(message, 200)),
            );
            explanation.excerpt(own_line(subject, *line, cause)).fault(Fault::Test).help(TELL)
        }
        Cause::NeedsScript { reason } => Explanation::new(
            Code::TestNeedsScript,
            format!("The test needs the script engine: it has {}", show::line(reason, 200)),
        )
        .fault(Fault::Tool)
        .help("allow the script engine: leave out --engine ported"),
        Cause::Flaky { verdicts, .. } => {
            Explanation::new(Code::VerdictChanges, format!("The verdict of this hint changes from run to run: {verdicts}"))
                .fault(Fault::Project)
                .help("look for what differs between runs: data that stays from the run before, answers that depend on the time, handlers that answer before their work is done")
        }
        Cause::Internal { message } => {
            Explanation::new(Code::ToolDefect, format!("`grade` itself failed: {}", show::line(message, 300)))
                .fault(Fault::Tool)
                .help("the project is not at fault; please report this with the challenge and the message")
        }
    }
}

fn timed_out(subject: &Subject<'_>, limit: &str, waiting_for: Option<&str>) -> Explanation {
    match waiting_for {
        // In the words of the script engine: nothing is under way any more, and the test still waits.
        Some(what) if what.contains("promise") => Explanation::new(
            Code::TestNotAwaited,
            "The test waits for something that never comes: a promise that nothing settles",
        )
        .fault(Fault::Test)
        .help("the project is not at fault; tell whoever maintains the challenge"),
        Some(what) => {
            let what = show::line(what, 200);
            let did = if what.contains("(reading the answer") { "did not finish its answer" } else { "did not answer" };
            Explanation::new(Code::AnswerTimeout, format!("The project {did} in the {limit} that a hint may take"))
                .fact("while", what)
                .help("look for a way through this route's handler that sends no answer; --hint-timeout gives a slow project more time")
        }
        None => {
            let not_awaited = subject.result.notes.contains(&Note::NotAwaitedThere);
            let code = if not_awaited { Code::TestNotAwaited } else { Code::TestLimit };
            Explanation::new(code, format!("The test itself takes longer than the {limit} that a hint may take"))
                .fault(Fault::Test)
                .help("give it more time with --hint-timeout")
        }
    }
}

/// The line of the test that does not parse.
fn own_line(subject: &Subject<'_>, line: usize, cause: &Cause) -> Option<super::Excerpt> {
    use super::excerpt::{Label, TextIndex};
    let Cause::Syntax { column, .. } = cause else { return None };
    let within = line.checked_sub(subject.result.line)?;
    let before: usize = subject.test.split_inclusive('\n').take(within).map(str::len).sum();
    let text = subject.test.get(before..)?.lines().next()?;
    let at = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let end = text.get(at..)?.chars().next().map_or(at, |character| at + character.len_utf8());
    let source = super::Source { name: "the test".to_owned(), file: None, request: None };
    let mut excerpt =
        TextIndex::new(subject.test).excerpt(source, &[Label::primary(before + at..before + end, "here")]);
    // Lines of the challenge file, where the learner or the maintainer finds them.
    let shift = subject.result.line.saturating_sub(1);
    for line in &mut excerpt.lines {
        line.number += shift;
    }
    for mark in &mut excerpt.marks {
        mark.line += shift;
    }
    Some(excerpt)
}
