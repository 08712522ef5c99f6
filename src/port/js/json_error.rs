//! Why a text is no JSON, in V8's words, which learners know from their browsers.

/// Texts that V8 shows without a guess at the culprit: what careless conversions give.
const CARELESS: [&str; 4] = ["NaN", "Infinity", "undefined", "[object Object]"];
/// So much is shown of a long text before and after the culprit.
const AROUND: usize = 10;

/// The message of the `SyntaxError` that `JSON.parse(text)` throws; `None` for what is JSON.
pub(super) fn explain(text: &str) -> Option<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut reader = Reader { units: &units, at: 0 };
    let Err(fault) = reader.document() else { return None };
    let at = reader.at;
    let message = fault.or(match reader.peek() {
        b'"' => Some("Unexpected string in JSON"),
        b'-' | b'0'..=b'9' => Some("Unexpected number in JSON"),
        _ => None,
    });
    if let Some(message) = message {
        let (line, column) = place(&units, at);
        return Some(format!("{message} at position {at} (line {line} column {column})"));
    }
    if at >= units.len() {
        return Some("Unexpected end of JSON input".to_owned());
    }
    if CARELESS.contains(&text) {
        return Some(format!("\"{text}\" is not valid JSON"));
    }
    let token = units.get(at..).and_then(|rest| char::decode_utf16(rest.iter().copied()).next());
    let token = token.and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER);
    Some(format!("Unexpected token '{token}', {} is not valid JSON", context(&units, at)))
}

/// Line and column from 1; a carriage return ends a line, too.
fn place(units: &[u16], at: usize) -> (usize, usize) {
    let before = units.get(..at).unwrap_or(units);
    let (mut line, mut start) = (1, 0);
    for (index, unit) in before.iter().enumerate() {
        let next = units.get(index + 1).copied();
        if *unit == u16::from(b'\n') || (*unit == u16::from(b'\r') && next != Some(u16::from(b'\n'))) {
            line += 1;
            start = index + 1;
        }
    }
    (line, at - start + 1)
}

fn context(units: &[u16], at: usize) -> String {
    let slice = |from: usize, to: usize| String::from_utf16_lossy(units.get(from..to).unwrap_or_default());
    if units.len() <= 2 * AROUND {
        return format!("\"{}\"", slice(0, units.len()));
    }
    let from = at.saturating_sub(AROUND);
    let to = (at + AROUND).min(units.len());
    let (before, after) = (if from > 0 { "..." } else { "" }, if to < units.len() { "..." } else { "" });
    format!("{before}\"{}\"{after}", slice(from, to))
}

/// What is wrong, if it is more than a token in the wrong place.
type Fault = Option<&'static str>;

/// Reads up to the first fault. What is open is kept in a list, so that no depth is too deep.
struct Reader<'t> {
    units: &'t [u16],
    at: usize,
}

impl Reader<'_> {
    /// The character here, if it is an ASCII one; NUL stands for others and for the end.
    fn peek(&self) -> u8 {
        self.units.get(self.at).and_then(|unit| u8::try_from(*unit).ok()).filter(u8::is_ascii).unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn document(&mut self) -> Result<(), Fault> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            // A value, or the beginning of one.
            self.space();
            match self.peek() {
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    self.space();
                    if self.peek() != bracket + 2 {
                        if bracket == b'{' {
                            let colon = "Expected ':' after property name in JSON";
                            self.key("Expected property name or '}' in JSON", Some(colon))?;
                        }
                        open.push(bracket);
                        continue;
                    }
                    self.at += 1;
                }
                b'"' => self.string()?,
                b'-' | b'0'..=b'9' => self.number()?,
                b't' => self.word(b"true")?,
                b'f' => self.word(b"false")?,
                b'n' => self.word(b"null")?,
                _ => return Err(None),
            }
            // What follows a value, up to where the next one begins.
            loop {
                self.space();
                let Some(bracket) = open.last().copied() else {
                    let ended = self.at >= self.units.len();
                    return if ended { Ok(()) } else { Err(Some("Unexpected non-whitespace character after JSON")) };
                };
                match self.peek() {
                    b',' => {
                        self.at += 1;
                        if bracket == b'{' {
                            self.space();
                            self.key("Expected double-quoted property name in JSON", None)?;
                        }
                        break;
                    }
                    closing if closing == bracket + 2 => {
                        open.pop();
                        self.at += 1;
                    }
                    _ if bracket == b'{' => return Err(Some("Expected ',' or '}' after property value in JSON")),
                    _ => return Err(Some("Expected ',' or ']' after array element in JSON")),
                }
            }
        }
    }

    /// V8 has words for a missing colon after the first name only.
    fn key(&mut self, missing: &'static str, no_colon: Fault) -> Result<(), Fault> {
        if self.peek() != b'"' {
            return Err(Some(missing));
        }
        self.string()?;
        self.space();
        if self.peek() != b':' {
            return Err(no_colon);
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<(), Fault> {
        loop {
            self.at += 1;
            let Some(unit) = self.units.get(self.at) else {
                return Err(Some("Unterminated string in JSON"));
            };
            match self.peek() {
                b'"' => break,
                b'\\' => self.escape()?,
                _ if *unit < 0x20 => return Err(Some("Bad control character in string literal in JSON")),
                _ => {}
            }
        }
        self.at += 1;
        Ok(())
    }

    /// From the backslash to the last character of the escape.
    fn escape(&mut self) -> Result<(), Fault> {
        self.at += 1;
        match self.peek() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(()),
            b'u' => {
                for _ in 0..4 {
                    self.at += 1;
                    if !self.peek().is_ascii_hexdigit() {
                        return Err(Some("Bad Unicode escape in JSON"));
                    }
                }
                Ok(())
            }
            _ if self.at >= self.units.len() => Err(None),
            _ => Err(Some("Bad escaped character in JSON")),
        }
    }

    fn number(&mut self) -> Result<(), Fault> {
        if self.peek() == b'-' {
            self.at += 1;
            if !self.peek().is_ascii_digit() {
                return Err(Some("No number after minus sign in JSON"));
            }
        }
        if self.peek() == b'0' {
            self.at += 1;
            if self.peek().is_ascii_digit() {
                return Err(Some("Unexpected number in JSON"));
            }
        }
        self.digits();
        if self.peek() == b'.' {
            self.at += 1;
            if !self.digits() {
                return Err(Some("Unterminated fractional number in JSON"));
            }
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            if !self.digits() {
                return Err(Some("Exponent part is missing a number in JSON"));
            }
        }
        Ok(())
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        self.at > start
    }

    fn word(&mut self, word: &[u8]) -> Result<(), Fault> {
        for letter in word {
            if self.peek() != *letter {
                return Err(None);
            }
            self.at += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts and V8's messages.
    #[test]
    fn the_words_are_v8s() {
        let cases: Vec<(String, Option<String>)> =
            serde_json::from_str(include_str!("testdata/json-errors.json")).unwrap();
        assert!(cases.len() > 70);
        for (text, message) in cases {
            assert_eq!(explain(&text), message, "{text:?}");
        }
    }

    #[test]
    fn depth_is_no_matter() {
        let text = "[{\"a\":".repeat(100_000);
        assert_eq!(explain(&text).unwrap(), "Unexpected end of JSON input");
    }
}
