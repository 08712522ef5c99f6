//! Challenges of which there is nothing to tell but that every hint passed: lines say the same of them for all submissions, but
//! for the times, and so that is put into JSON once.

use super::line::{AnyHint, Challenge};

/// Stands in the sample for each time.
const TIME: f64 = 987_654_321.125;
const TIME_TEXT: &str = "987654321.125";
/// Bytes that a time takes at most, as a rule.
const LONGEST_TIME: usize = 24;

/// A challenge of a line as JSON, with room for its times.
#[derive(Debug)]
pub struct Template(Vec<String>);

impl Template {
    /// From the challenge of any submission; nothing where its times cannot be told from its texts, or a hint says more than
    /// that it passed.
    pub fn of(sample: &Challenge) -> Option<Self> {
        let mut sample = sample.clone();
        let mut times = 0;
        let hints = sample.hints.iter_mut().map(|hint| match hint {
            AnyHint::Short(hint) => Some(&mut hint.duration_ms),
            AnyHint::Whole(_) => None,
        });
        for duration in [Some(&mut sample.duration_ms)].into_iter().chain(hints) {
            if let Some(time) = duration? {
                *time = TIME;
                times += 1;
            }
        }
        let mut json = Vec::new();
        sample.write(&mut json);
        let pieces: Vec<String> = String::from_utf8(json).ok()?.split(TIME_TEXT).map(str::to_owned).collect();
        (pieces.len() == times + 1).then_some(Self(pieces))
    }

    /// Writes the challenge with these times: its own and those of its hints, in milliseconds; none with `--no-times`.
    pub fn write(&self, times: impl IntoIterator<Item = f64>, out: &mut Vec<u8>) {
        let [first, rest @ ..] = &self.0[..] else { return };
        out.reserve(self.0.iter().map(|piece| piece.len() + LONGEST_TIME).sum());
        out.extend_from_slice(first.as_bytes());
        for (time, piece) in times.into_iter().zip(rest) {
            // Nothing fails that writes into memory.
            let _ = serde_json::to_writer(&mut *out, &time);
            out.extend_from_slice(piece.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn challenge(text: &str, times: bool) -> Challenge {
        let mut value = json!({
            "id": "5f0c1e2d3a4b5c6d7e8f9a0b", "title": "A \"title\"", "dashed_name": "a", "block": "b", "language": null,
            "file": "a.md", "counts": { "total": 2, "passed": 2, "failed": 0, "errored": 0, "unchecked": 0, "skipped": 0 },
            "duration_ms": 3.5,
            "hints": [
                { "id": "x/0", "index": 0, "text": text, "outcome": "passed", "place": { "line": 1, "column": 1 },
                  "engine": "ported", "duration_ms": 1.25 },
                { "id": "x/1", "index": 1, "text": "\u{9b}é\n", "outcome": "passed", "place": { "line": 2, "column": 1 },
                  "engine": "ported", "duration_ms": 2.0 }
            ]
        });
        if !times {
            value.as_object_mut().unwrap().remove("duration_ms");
            value["hints"].as_array_mut().unwrap().iter_mut().for_each(|hint| {
                hint.as_object_mut().unwrap().remove("duration_ms");
            });
        }
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn it_writes_what_the_challenge_itself_does() {
        for (times, given) in [(true, vec![3.5, 1.25, 2.0]), (false, Vec::new())] {
            let challenge = challenge("A hint.", times);
            let (mut whole, mut pieces) = (Vec::new(), Vec::new());
            challenge.write(&mut whole);
            Template::of(&challenge).unwrap().write(given, &mut pieces);
            assert_eq!(String::from_utf8(pieces), String::from_utf8(whole));
        }
    }

    #[test]
    fn a_text_that_looks_like_a_time_makes_none() {
        assert!(Template::of(&challenge("Give 987654321.125.", true)).is_none());
        assert!(Template::of(&challenge("Give 987654321.125.", false)).is_none());
    }
}
