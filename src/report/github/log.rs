//! The log of a step, where GitHub obeys lines that look like commands.

use std::borrow::Cow;

/// A text for a log without lines that GitHub would take for commands: those that begin with `::` or `##[`, blanks aside. A word joiner,
/// which nobody sees, parts what would be read as one.
pub fn no_commands(text: &str) -> Cow<'_, str> {
    let is_command = |line: &str| {
        let line = line.trim_start();
        line.starts_with("::") || line.starts_with("##[")
    };
    if !text.lines().any(is_command) {
        return Cow::Borrowed(text);
    }
    let parted = text.split_inclusive('\n').map(|line| {
        if is_command(line) {
            let (blank, rest) = line.split_at(line.len() - line.trim_start().len());
            let (first, rest) = rest.split_at(1);
            format!("{blank}{first}\u{2060}{rest}")
        } else {
            line.to_owned()
        }
    });
    Cow::Owned(parted.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_would_be_obeyed_change() {
        let text = "plain :: text\n   ::error file=x::y\n##[group]a\n# heading\n";
        let safe = no_commands(text);
        assert_eq!(safe, "plain :: text\n   :\u{2060}:error file=x::y\n#\u{2060}#[group]a\n# heading\n");
        assert!(matches!(no_commands("a\nb ::x"), Cow::Borrowed(_)));
    }
}
