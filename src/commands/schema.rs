//! `grade schema [FORMAT]`

use anyhow::Result;

use super::console::print;
use crate::cli::{SchemaArgs, SchemaFormat};
use crate::exit::ExitStatus;
use crate::report::schema;

pub fn run(args: &SchemaArgs) -> Result<ExitStatus> {
    print(&match args.format {
        SchemaFormat::Report => schema::report(),
        SchemaFormat::Events => schema::events(),
        SchemaFormat::Verify => crate::verify::schema(),
        SchemaFormat::VerifyReport => schema::verify(),
        SchemaFormat::Mutate => schema::mutate(),
        SchemaFormat::Lint => schema::lint(),
        SchemaFormat::Batch => schema::batch(),
    })?;
    Ok(ExitStatus::Passed)
}
