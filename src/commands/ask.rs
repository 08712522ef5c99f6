//! Questions, for those who sit at a terminal.

use std::io::{self, BufRead, IsTerminal, Read, Write};

/// Bytes of an answer.
const LONGEST: u64 = 4096;

/// Whether somebody sees a question, and can answer it. A prompt that nobody can answer would only hang.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for one line, again until `check` takes it. An empty answer takes what is offered; at the end of the input the
/// last answer counts, whatever it is.
pub fn ask(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    question: &str,
    offered: &str,
    check: &dyn Fn(&str) -> Result<(), String>,
) -> io::Result<String> {
    loop {
        let brackets = if offered.is_empty() { String::new() } else { format!(" [{offered}]") };
        write!(output, "{question}{brackets}: ")?;
        output.flush()?;
        let mut answer = Vec::new();
        let mut limited = Read::take(&mut *input, LONGEST);
        let ended = limited.read_until(b'\n', &mut answer)? == 0;
        let answer = String::from_utf8_lossy(&answer).trim().to_owned();
        let answer = if answer.is_empty() { offered.to_owned() } else { answer };
        match check(&answer) {
            Err(why) if !ended => writeln!(output, "  {why}")?,
            _ => return Ok(answer),
        }
    }
}
