//! Values for people: JSON-like, cut in the middle, white space made visible where it is what differs.

use crate::explain::show;
use crate::verdict::Value;

/// The value on one line of at most `width` characters.
pub fn one_line(value: &Value, width: usize) -> String {
    cut_middle(&show::value(value), width)
}

/// Two values side by side, each on one line. When they differ in white space only, it is shown as `·`, `→` and `⏎`.
pub fn pair(expected: &Value, actual: &Value, width: usize) -> (String, String) {
    let visible = match (expected, actual) {
        (Value::String(left), Value::String(right)) => left != right && folded(left) == folded(right),
        _ => false,
    };
    let shown = |value: &Value| match value {
        Value::String(text) if visible => show::with_visible_space(text),
        other => show::value(other),
    };
    let (expected, actual) = if visible { (shown(expected), shown(actual)) } else { show::pair(expected, actual) };
    // Around the first difference, so that it is never in the part that is cut out.
    let same = expected.chars().zip(actual.chars()).take_while(|(left, right)| left == right).count();
    (window(&expected, same, width), window(&actual, same, width))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Text from outside made fit for a terminal: control characters but line breaks and tabs are shown, not obeyed.
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' => "\n".to_owned(),
            '\t' => "    ".to_owned(),
            other => show::escape_control(other).unwrap_or_else(|| other.to_string()),
        })
        .collect()
}

/// At most `width` characters: the start and the end, and ` … ` between.
pub fn cut_middle(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length <= width || width < 5 {
        return text.to_owned();
    }
    let keep = width - 3;
    let head: String = text.chars().take(keep - keep / 3).collect();
    let tail: String = text.chars().skip(length - keep / 3).collect();
    format!("{head} … {tail}")
}

/// At most `width` characters around position `at`.
fn window(text: &str, at: usize, width: usize) -> String {
    let length = text.chars().count();
    if length <= width || width < 9 {
        return text.to_owned();
    }
    if at + 2 < width - width / 3 {
        return cut_middle(text, width);
    }
    let start = at.saturating_sub(width / 2);
    let inner: String = text.chars().skip(start).take(width - 4).collect();
    let end = if start + (width - 4) < length { " …" } else { "" };
    format!("… {inner}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_shows_only_where_it_is_the_difference() {
        let (expected, actual) = pair(&Value::from("Hello Express"), &Value::from("Hello  Express\n"), 60);
        assert_eq!((expected.as_str(), actual.as_str()), ("\"Hello·Express\"", "\"Hello··Express⏎\""));
        let (expected, actual) = pair(&Value::from("a b"), &Value::from("a c"), 60);
        assert_eq!((expected.as_str(), actual.as_str()), ("\"a b\"", "\"a c\""));
    }

    #[test]
    fn the_difference_is_never_cut_out() {
        let long = "x".repeat(200);
        let (expected, actual) =
            pair(&Value::from(format!("{long}A{long}")), &Value::from(format!("{long}B{long}")), 40);
        assert!(expected.contains('A') && actual.contains('B'));
        assert!(expected.chars().count() <= 40 && actual.chars().count() <= 40);
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        assert_eq!(one_line(&Value::from("\u{1b}[31mred\u{202e}"), 60), "\"\\u{1b}[31mred\\u{202e}\"");
        assert_eq!(harmless("a\u{1b}]0;x\u{7}\nb"), "a\\u{1b}]0;x\\u{7}\nb");
    }
}
