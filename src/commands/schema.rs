//! `grade schema [report|events]`

use anyhow::Result;

use super::console::print;
use crate::cli::{SchemaArgs, SchemaFormat};
use crate::exit::ExitStatus;
use crate::report::schema;

pub fn run(args: &SchemaArgs) -> Result<ExitStatus> {
    print(&match args.format {
        SchemaFormat::Report => schema::report(),
        SchemaFormat::Events => schema::events(),
        SchemaFormat::Batch => schema::batch(),
    })?;
    Ok(ExitStatus::Passed)
}
