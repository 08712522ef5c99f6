//! `grade merge JOURNAL...`: the parts of a list, brought together.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};

use super::Console;
use super::batch::{Destination, status};
use crate::batch::{Held, Output, Results};
use crate::cli::MergeArgs;
use crate::exit::ExitStatus;
use crate::report::batch::{About, summary};

/// Most missing parts that are named.
const NAMED: usize = 20;

pub fn run(args: &MergeArgs, console: &Console) -> Result<ExitStatus> {
    let destination = Destination::of(&args.results)?;
    let (results, held) = Results::open(&args.journals)?;
    let Some(first) = held.first() else { bail!("there are no journals to merge") };
    belong_together(args, &held)?;
    let mut lacking = missing_parts(&held);
    for (path, held) in args.journals.iter().zip(&held) {
        let (damaged, torn) = held.damage;
        if damaged > 0 || torn > 0 {
            lacking.push(format!("`{}` has damaged or unfinished lines", path.display()));
        }
    }
    let all = first.fingerprint.rows;
    let found: u64 = held.iter().map(|held| held.results).sum();
    if found < all {
        lacking.push(format!("{} of {all} rows have no result", all - found));
    }
    for text in &lacking {
        console.warn(text);
    }
    if !lacking.is_empty() && !args.partial {
        bail!(
            "the journals do not hold the whole list: go on with `grade batch --resume`, or merge what there is with --partial"
        );
    }
    let totals = results.totals()?;
    let inputs: Vec<&Path> = args.journals.iter().map(std::path::PathBuf::as_path).collect();
    let mut output = destination.open(&inputs)?;
    if !matches!(output, Output::None) {
        let mut broken = None;
        results.each(&mut |record| {
            if broken.is_none() {
                broken = output.put(record.line).err();
            }
            Ok(())
        })?;
        broken.map_or_else(|| output.finish(), Err)?;
    }
    let engine = "";
    let about = About::of(&first.fingerprint, engine);
    let written = destination.finish(&about, totals, || Ok(results), console)?;
    console.diagnose(&format!("{}\n", summary(totals)));
    Ok(if written { status(totals) } else { ExitStatus::Unusable })
}

/// All of one list, one set of challenges and one set of rules, and no part twice.
fn belong_together(args: &MergeArgs, held: &[Held]) -> Result<()> {
    let Some(first) = held.first() else { return Ok(()) };
    let name = |index: usize| args.journals.get(index).map(|path| path.display().to_string()).unwrap_or_default();
    let mut seen = BTreeMap::new();
    for (index, Held { fingerprint, .. }) in held.iter().enumerate() {
        if let Some(what) = fingerprint.difference_but_part(&first.fingerprint) {
            bail!("`{}` does not go with `{}`: {what}", name(index), name(0));
        }
        let (one, other) = (fingerprint.shard, first.fingerprint.shard);
        if one.count != other.count {
            bail!(
                "`{}` holds part {one}, and `{}` part {other}: they are parts of different divisions",
                name(index),
                name(0)
            );
        }
        if let Some(before) = seen.insert(one.index, index) {
            bail!("`{}` and `{}` both hold part {one}", name(before), name(index));
        }
    }
    Ok(())
}

/// The parts that are not there, in words.
fn missing_parts(held: &[Held]) -> Vec<String> {
    let Some(first) = held.first() else { return Vec::new() };
    let count = first.fingerprint.shard.count;
    let there: Vec<u32> = held.iter().map(|held| held.fingerprint.shard.index).collect();
    let missing: Vec<String> =
        (1..=count).filter(|index| !there.contains(index)).map(|index| format!("{index}/{count}")).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let more = if missing.len() > NAMED { format!(", and {} more", missing.len() - NAMED) } else { String::new() };
    let named: Vec<&str> = missing.iter().take(NAMED).map(String::as_str).collect();
    vec![format!("parts are missing: {}{more}", named.join(", "))]
}
