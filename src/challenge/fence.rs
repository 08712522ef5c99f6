//! Code fences and indentation, line by line.

/// The opening line of a fenced code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    pub(super) indent: usize,
    character: u8,
    length: usize,
}

impl Fence {
    /// Reads the opening line (without its ending).
    pub(super) fn opening(line: &str) -> Option<Self> {
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        let rest = line.get(indent..)?;
        let character = *rest.as_bytes().first()?;
        let length = rest.bytes().take_while(|byte| *byte == character).count();
        let info = rest.get(length..)?;
        let valid = matches!(character, b'`' | b'~') && length >= 3 && indent <= 3;
        (valid && !(character == b'`' && info.contains('`'))).then_some(Self { indent, character, length })
    }

    /// Whether a line (without its ending) closes the block.
    pub(super) fn closed_by(&self, line: &str) -> bool {
        let rest = line.trim_start_matches(' ');
        let run = rest.bytes().take_while(|byte| *byte == self.character).count();
        line.len() - rest.len() <= 3
            && run >= self.length
            && rest.get(run..).is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b' ' | b'\t')))
    }
}

/// What taking up to `indent` columns of white space from a line does.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// Bytes taken.
    pub(super) bytes: usize,
    /// Columns of the last tab that were not taken.
    pub(super) left_over: usize,
}

/// Takes at most `indent` columns; a tab reaches to the next multiple of four.
pub(super) fn columns(line: &str, indent: usize) -> Columns {
    let mut column = 0;
    let mut bytes = 0;
    for byte in line.bytes() {
        if column >= indent {
            break;
        }
        match byte {
            b' ' => column += 1,
            b'\t' => column += 4 - column % 4,
            _ => break,
        }
        bytes += 1;
    }
    Columns { bytes, left_over: column.saturating_sub(indent) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences() {
        let fence = Fence::opening("  ~~~~ js `x`").expect("a fence");
        assert_eq!(fence.indent, 2);
        assert!(fence.closed_by("   ~~~~~ \t"));
        assert!(!fence.closed_by("~~~"));
        assert!(!fence.closed_by("~~~~ js"));
        assert!(!fence.closed_by("    ~~~~"));
        assert!(!fence.closed_by("````"));
        assert_eq!(Fence::opening("```js `x`"), None);
        assert_eq!(Fence::opening("    ```"), None);
        assert_eq!(Fence::opening("``"), None);
    }

    #[test]
    fn tabs_are_columns() {
        assert_eq!(columns("\tx", 2), Columns { bytes: 1, left_over: 2 });
        assert_eq!(columns("  \tx", 4), Columns { bytes: 3, left_over: 0 });
        assert_eq!(columns("      x", 4), Columns { bytes: 4, left_over: 0 });
        assert_eq!(columns(" x", 4), Columns { bytes: 1, left_over: 0 });
    }
}
