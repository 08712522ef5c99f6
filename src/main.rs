//! The `grade` program: see the library's documentation.

use std::process::ExitCode;

fn main() -> ExitCode {
    grade::run().into()
}
