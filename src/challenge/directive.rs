//! The little of Markdown's generic directives that matters here: `::name{..}`, `:::name`, `:name{a=b}`.

/// A line that begins with a directive.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// `::name[label]{attributes}` alone on its line.
    Leaf { name: &'a str, attributes: &'a str },
    /// `:::name`, with the number of its colons.
    Container { colons: usize },
}

fn name_length(text: &str) -> usize {
    let mut length = 0;
    for character in text.chars() {
        let fits = if length == 0 {
            character.is_alphabetic()
        } else {
            character.is_alphanumeric() || matches!(character, '-' | '_')
        };
        if !fits {
            break;
        }
        length += character.len_utf8();
    }
    text.get(..length).map_or(0, |name| name.trim_end_matches(['-', '_']).len())
}

/// Longer labels and attributes are text: nobody writes them, and looking for their end again and again takes long.
const MAX_BRACKETED: usize = 1000;

/// The bracketed part at the start of `text`, without its brackets, and what follows.
fn bracketed(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let inner = text.strip_prefix(open)?;
    let mut depth = 1usize;
    let mut quote = None;
    for (at, character) in inner.char_indices().take(MAX_BRACKETED) {
        match (quote, character) {
            (Some(mark), _) if mark == character => quote = None,
            (None, '"' | '\'') if open == '{' => quote = Some(character),
            (None, _) if character == close => {
                depth -= 1;
                if depth == 0 {
                    return Some((inner.get(..at)?, inner.get(at + close.len_utf8()..)?));
                }
            }
            (None, _) if character == open => depth += 1,
            _ => {}
        }
    }
    None
}

/// Name, label, attributes and rest of what follows the colons.
fn parts(text: &str) -> Option<(&str, Option<&str>, Option<&str>, &str)> {
    let length = name_length(text);
    if length == 0 {
        return None;
    }
    let name = text.get(..length)?;
    let rest = text.get(length..)?;
    let (label, rest) = match bracketed(rest, '[', ']') {
        Some((label, rest)) => (Some(label), rest),
        None => (None, rest),
    };
    match bracketed(rest, '{', '}') {
        Some((attributes, rest)) if attribute_list(attributes).is_some() => Some((name, label, Some(attributes), rest)),
        _ => Some((name, label, None, rest)),
    }
}

/// Reads a line (without its ending) as a leaf or the opening of a container.
pub(super) fn line(text: &str) -> Option<Line<'_>> {
    let rest = text.trim_start_matches(' ');
    if text.len() - rest.len() > 3 {
        return None;
    }
    let colons = rest.bytes().take_while(|byte| *byte == b':').count();
    if colons < 2 {
        return None;
    }
    let (name, _, attributes, after) = parts(rest.get(colons..)?)?;
    if !after.trim_matches([' ', '\t']).is_empty() {
        return None;
    }
    Some(if colons == 2 {
        Line::Leaf { name, attributes: attributes.unwrap_or("") }
    } else {
        Line::Container { colons }
    })
}

/// Whether a line closes a container of so many colons.
pub(super) fn closes(text: &str, colons: usize) -> bool {
    let rest = text.trim_start_matches(' ');
    let run = rest.bytes().take_while(|byte| *byte == b':').count();
    text.len() - rest.len() <= 3 && run >= colons && rest.get(run..).is_some_and(|rest| rest.trim().is_empty())
}

enum Attribute<'a> {
    Id(&'a str),
    Class(&'a str),
    Named(&'a str, &'a str),
}

fn attribute_list(text: &str) -> Option<Vec<Attribute<'_>>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let word_end =
            |text: &str| text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '#' | '.')).unwrap_or(text.len());
        if first == '#' || first == '.' {
            let word = rest.get(1..)?;
            let end = word_end(word);
            let name = word.get(..end).filter(|name| !name.is_empty())?;
            found.push(if first == '#' { Attribute::Id(name) } else { Attribute::Class(name) });
            rest = word.get(end..)?;
        } else {
            if !(first.is_alphabetic() || matches!(first, ':' | '_')) {
                return None;
            }
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')));
            let end = end.unwrap_or(rest.len());
            let name = rest.get(..end)?;
            let after = rest.get(end..)?.trim_start();
            if let Some(value) = after.strip_prefix('=') {
                let value = value.trim_start();
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
                let (value, next) = match quote {
                    Some(mark) => value.get(1..)?.split_once(mark)?,
                    None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
                };
                if value.is_empty() && quote.is_none() {
                    return None;
                }
                found.push(Attribute::Named(name, value));
                rest = next;
            } else {
                found.push(Attribute::Named(name, ""));
                rest = after;
            }
        }
        rest = rest.trim_start();
    }
    Some(found)
}

/// The value of `#id` in an attribute list.
pub(super) fn id(attributes: &str) -> Option<&str> {
    attribute_list(attributes)?.into_iter().find_map(|attribute| match attribute {
        Attribute::Id(name) => Some(name),
        Attribute::Named("id", value) => Some(value),
        _ => None,
    })
}

/// Turns directives in plain text back into text as the official parser does: attribute values come back quoted.
pub(super) fn restore(text: &str) -> Option<String> {
    if !(text.contains(':') && text.contains('{')) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    let mut changed = false;
    while let Some(at) = rest.find(':') {
        let after = rest.get(at + 1..)?;
        let before = rest.get(..at)?;
        let doubled = before.is_empty() && out.ends_with(':') || before.ends_with(':') || after.starts_with(':');
        let Some((name, label, Some(attributes), next)) = parts(after).filter(|_| !doubled) else {
            out.push_str(before);
            out.push(':');
            rest = after;
            continue;
        };
        out.push_str(before);
        out.push(':');
        out.push_str(name);
        if let Some(label) = label {
            out.push('[');
            out.push_str(label);
            out.push(']');
        }
        out.push_str(&written(attributes));
        changed = true;
        rest = next;
    }
    out.push_str(rest);
    changed.then_some(out)
}

fn written(attributes: &str) -> String {
    let mut head = String::new();
    let mut named = Vec::new();
    for attribute in attribute_list(attributes).unwrap_or_default() {
        match attribute {
            Attribute::Id(name) => head.insert_str(0, &format!("#{name}")),
            Attribute::Class(name) => {
                head.push('.');
                head.push_str(name);
            }
            Attribute::Named(name, "") => named.push(name.to_owned()),
            Attribute::Named(name, value) => named.push(format!("{name}=\"{}\"", value.replace('"', "&#x22;"))),
        }
    }
    if !head.is_empty() {
        named.insert(0, head);
    }
    if named.is_empty() { String::new() } else { format!("{{{}}}", named.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        assert_eq!(line("::id{#html}"), Some(Line::Leaf { name: "id", attributes: "#html" }));
        assert_eq!(line("  ::use"), Some(Line::Leaf { name: "use", attributes: "" }));
        assert_eq!(line(":::note[a]{b=c}  "), Some(Line::Container { colons: 3 }));
        assert_eq!(line("::id is text"), None);
        assert_eq!(line(":root"), None);
        assert_eq!(line("::1"), None);
        assert!(closes("::::", 3));
        assert!(!closes("::", 3));
        assert!(!closes("::: x", 3));
    }

    #[test]
    fn attributes_come_back_quoted() {
        assert_eq!(restore("use :a{b=c d} now").as_deref(), Some("use :a{b=\"c\" d} now"));
        assert_eq!(restore(":x[y]{.k #i}").as_deref(), Some(":x[y]{#i.k}"));
        assert_eq!(restore("a: {b}"), None);
        assert_eq!(restore("set `{a}` and :root"), None);
        assert_eq!(restore("::x{a=b}"), None);
    }

    #[test]
    fn ids() {
        assert_eq!(id("#html"), Some("html"));
        assert_eq!(id("id=css"), Some("css"));
        assert_eq!(id(".css"), None);
    }
}
