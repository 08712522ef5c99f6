//! The lines of a file that are neither front matter nor code.

use crate::lint::File;

/// The byte at which the Markdown begins, behind the front matter.
pub(super) fn body(file: &File<'_>) -> usize {
    let text = file.text();
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let fence = line.trim_end() == "---";
        at += line.len();
        match (index, fence) {
            (0, false) => return 0,
            (1.., true) => return at,
            _ => {}
        }
    }
    0
}

/// The Markdown's lines outside of fenced code, each with the byte at which it begins, without its ending.
pub(super) fn lines<'f>(file: &File<'f>) -> impl Iterator<Item = (usize, &'f str)> {
    let mut at = body(file);
    let mut fence: Option<&str> = None;
    file.text().get(at..).unwrap_or("").split_inclusive('\n').filter_map(move |whole| {
        let start = at;
        at += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']);
        let text = line.trim_start();
        let mark = text.as_bytes().first().copied().unwrap_or(b' ');
        if matches!(mark, b'`' | b'~') {
            let run = text.bytes().take_while(|byte| *byte == mark).count();
            let marks = text.get(..run).unwrap_or("");
            match fence {
                // Only marks of the same kind, at least as many, and nothing behind them.
                Some(open) if marks.starts_with(open) && text.trim_end().len() == run => fence = None,
                None if run >= 3 && !(mark == b'`' && text.get(run..).is_some_and(|info| info.contains('`'))) => {
                    fence = Some(marks);
                }
                _ => return fence.is_none().then_some((start, line)),
            }
            return None;
        }
        fence.is_none().then_some((start, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::challenge::Source;

    #[test]
    fn no_front_matter_and_no_code() {
        let source =
            Source::new("a.md", "---\r\na: b\r\n---\r\none\r\n````js\r\n```\r\ntwo\r\n````\r\n``x``\r\nthree\n~~~");
        let file = File::new(&source);
        assert_eq!(lines(&file).map(|(_, line)| line).collect::<Vec<_>>(), ["one", "``x``", "three"]);
        assert!(lines(&file).all(|(at, line)| source.text[at..].starts_with(line)));
        let source = Source::new("a.md", "one\n---\ntwo\n---\n");
        assert_eq!(body(&File::new(&source)), 0);
        assert_eq!(lines(&File::new(&source)).count(), 4);
    }
}
