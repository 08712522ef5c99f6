//! `grade demo`: the built-in sample project, once with a mistake and once without.

use anyhow::{Context, Result, bail};

use super::Console;
use super::console::print;
use super::grade::{prepare, runtime};
use super::observe::Observer;
use super::run::{Plan, Ran};
use crate::cli::DemoArgs;
use crate::curriculum::builtin;
use crate::exit::ExitStatus;
use crate::fetch::{Client, FetchSettings};
use crate::grader::{Counts, GradeSettings, Prepared};
use crate::report::model::Conditions;
use crate::report::{Detail, Reports, TerminalSettings};
use crate::submission::{WebSubmission, normalize};
use crate::testbed::{Sample, Testbed, samples};

/// What is graded: the block of our own in English, and the challenge that it ends in.
const CHALLENGES: [&str; 2] = ["english/realtime-chat", "handle-a-disconnect"];
const MISTAKE: &str = "no-disconnect";
const COMPLETE: &str = "complete";

pub fn run(args: &DemoArgs, console: &Console) -> Result<ExitStatus> {
    let samples = samples()?;
    let sample = |name| samples.iter().find(|sample| sample.name == name).context("the sample project is missing");
    let index = builtin();
    let mut prepared = Vec::new();
    for name in CHALLENGES {
        prepared.extend(index.select(name, None)?.iter().filter_map(prepare));
    }
    let terminal = TerminalSettings {
        styles: console.styles(),
        width: console.width(),
        verbose: false,
        show_test: args.show_test,
        detail: Detail::Compact,
        times: true,
        explain: crate::report::Explain::Short,
    };
    runtime()?.block_on(async {
        say(console, "A sample project with a mistake", &sample(MISTAKE)?.summary)?;
        let mistaken = grade_sample(sample(MISTAKE)?, &prepared, terminal, console).await?;
        say(console, "\nThe same project without it", &sample(COMPLETE)?.summary)?;
        let complete = grade_sample(sample(COMPLETE)?, &prepared, terminal, console).await?;
        print(&format!(
            "\nNow your own: start your project, then\n  {}\n",
            console.styles().title("grade --url http://localhost:3000 <challenge>")
        ))?;
        let as_meant = mistaken.failed > 0 && mistaken.errored == 0 && complete.failed + complete.errored == 0;
        Ok(if as_meant { ExitStatus::Passed } else { ExitStatus::Failed })
    })
}

fn say(console: &Console, title: &str, text: &str) -> Result<()> {
    print(&format!("{}: {text}\n\n", console.styles().title(title)))?;
    Ok(())
}

async fn grade_sample(
    sample: &Sample,
    challenges: &[Prepared],
    terminal: TerminalSettings,
    console: &Console,
) -> Result<Counts> {
    let running = Testbed::start(sample.project.clone(), sample.faults.clone())
        .await
        .context("the sample project cannot listen on a port of this machine")?;
    let client = Client::new(FetchSettings::default())?;
    let submission = WebSubmission::new(normalize(running.url().as_str())?, client);
    let conditions = Conditions { url: submission.code().to_owned(), ..Conditions::default() };
    let mut observer = Observer::new(terminal, conditions, Reports::default(), console);
    let settings = GradeSettings::default();
    let plan = Plan { submission: &submission, start: None, times: 1, settings, challenges };
    let ran = plan.run(&mut |event, told| observer.event(event, told)).await?;
    observer.finish(console)?;
    running.stop().await;
    match ran {
        Ran::Graded { run, interrupted: false, .. } => Ok(run.counts()),
        _ => bail!("the demo was interrupted"),
    }
}
