//! The command itself.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use anyhow::Result;

use super::super::Console;
use super::super::console::print;
use super::super::grade::{engine, fetch_settings, rules};
use super::assemble::assemble;
use super::project::{End, Grading};
use super::subjects::Subjects;
use super::work::{done, plan};
use crate::cli::{VerifyArgs, VerifyFormat};
use crate::exit::ExitStatus;
use crate::grader::GradeSettings;
use crate::report::verify::{
    VERIFY_SCHEMA_VERSION, Verdict, VerifiedChallenge, VerifyEnvironment, VerifyReport, VerifySummary, annotations,
    json, terminal,
};
use crate::report::{Detail, Explain, Progress, TerminalSettings, github};

/// Columns that hints are moved to the right.
const INDENT: usize = 7;

pub fn run(args: &VerifyArgs, console: &Console) -> Result<ExitStatus> {
    let mut subjects = Subjects::find(args, console)?;
    let work = match plan(&subjects) {
        Ok(work) => work,
        Err(failed) => {
            subjects.tell(failed, console);
            Vec::new()
        }
    };
    // What is wrong in files is put right first: half a result would be taken for a whole one.
    if subjects.invalid {
        return Ok(ExitStatus::Unusable);
    }
    if let (Some(reference), true) = (&args.changed, subjects.subjects.is_empty()) {
        console.warn(&format!("nothing that a challenge depends on has changed since `{reference}`"));
    }
    let grading = grading(args, console)?;
    let progress = Progress::new(console.progress());
    let ends = done(&work, &subjects, &grading, args.jobs, &progress);
    drop(progress);
    let challenges = assemble(&subjects, &work, &ends);
    let status = status(&challenges, &ends, args.require_fixtures);
    let report = VerifyReport {
        schema_version: VERIFY_SCHEMA_VERSION.to_owned(),
        environment: VerifyEnvironment {
            tool: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules: grading.settings.rules.name().to_owned(),
            engine: grading.settings.engine.name().to_owned(),
        },
        summary: summary(&challenges, status, args.require_fixtures),
        challenges,
    };
    show(&report, args.format, console)?;
    if ends.iter().any(|end| matches!(end, End::Interrupted)) {
        console.warn("the run was interrupted; what it did not come to was not checked");
    }
    Ok(status)
}

fn grading<'c>(args: &VerifyArgs, console: &'c Console) -> Result<Grading<'c>> {
    let settings = GradeSettings {
        rules: rules(args.rules),
        engine: engine(args.engine),
        hint_timeout: args.limits.hint_timeout,
        fail_fast: false,
        times: false,
    };
    let to_stderr = args.format == VerifyFormat::Github;
    Ok(Grading {
        fetch: fetch_settings(&args.limits, settings.rules)?,
        settings,
        start_timeout: args.start_timeout,
        terminal: TerminalSettings {
            styles: if to_stderr { console.error_styles() } else { console.styles() },
            width: console.width().saturating_sub(INDENT),
            verbose: false,
            show_test: false,
            detail: Detail::Hints,
            times: false,
            explain: Explain::Short,
        },
        console,
        stopped: AtomicBool::new(false),
        address: Mutex::new(()),
    })
}

fn show(report: &VerifyReport, format: VerifyFormat, console: &Console) -> Result<()> {
    let mask = |text: String| console.secrets().mask(&text).into_owned();
    match format {
        VerifyFormat::Terminal => print(&mask(terminal(report, console.styles(), console.width())))?,
        VerifyFormat::Json => print(&mask(json(report)))?,
        VerifyFormat::Github => {
            let text = terminal(report, console.error_styles(), console.width());
            console.diagnose(&github::no_commands(&text));
            print(&mask(annotations(report)))?;
        }
    }
    Ok(())
}

/// How it ends: what cannot be started at all comes first, then what is not as expected.
fn status(challenges: &[VerifiedChallenge], ends: &[End], fixtures_required: bool) -> ExitStatus {
    let any = |verdict| challenges.iter().any(|challenge| challenge.verdict == verdict);
    if ends.iter().any(|end| matches!(end, End::Broken { passing: false, .. })) {
        ExitStatus::Unusable
    } else if any(Verdict::NotAsExpected) || (fixtures_required && any(Verdict::NoFixtures)) {
        ExitStatus::Failed
    } else if any(Verdict::CouldNotCheck) {
        ExitStatus::CouldNotCheck
    } else {
        ExitStatus::Passed
    }
}

fn summary(challenges: &[VerifiedChallenge], status: ExitStatus, fixtures_required: bool) -> VerifySummary {
    let with = |verdict| challenges.iter().filter(|challenge| challenge.verdict == verdict).count();
    VerifySummary {
        exit_code: status as u8,
        challenges: challenges.len(),
        as_expected: with(Verdict::AsExpected),
        not_as_expected: with(Verdict::NotAsExpected),
        could_not_check: with(Verdict::CouldNotCheck),
        no_fixtures: with(Verdict::NoFixtures),
        fixtures_required,
    }
}
