//! A search that would succeed if one thing were allowed that the test does not allow.

use std::ops::Range;

use crate::explain::code::Code;
use crate::explain::excerpt::Label;
use crate::explain::model::Fault;
use crate::explain::pattern::case::{Finding, code, code_end, spaced};
use crate::explain::pattern::chain::{Chain, Hit, Link, Rename, Slip};
use crate::explain::pattern::hunt::Hunt;
use crate::explain::pattern::relax::Relax;
use crate::explain::pattern::token::{Kind, Piece, Token, Way};

/// What can be allowed, and the slip that it is.
const STYLES: [(Relax, Slip); 4] =
    [(Relax::Space, Slip::Space), (Relax::Quote, Slip::Quote), (Relax::Case, Slip::Case), (Relax::Style, Slip::Style)];

/// The places of a piece with matters of style allowed, beside those where it stands exactly.
pub fn hits(piece: &Piece, exact: &[Hit], hunt: &Hunt<'_>) -> Vec<Hit> {
    let mut hits = exact.to_vec();
    for (relax, slip) in STYLES {
        let quotes = piece.tokens.iter().any(|token| matches!(token.kind, Kind::Quote { .. }));
        if relax == Relax::Quote && !quotes {
            continue;
        }
        let known = hits.clone();
        let more = hunt.relaxed(&piece.tokens, relax).into_iter().filter(|place| {
            let at = known.partition_point(|hit| hit.place.end <= place.start);
            known.get(at).is_none_or(|hit| hit.place.start >= place.end)
        });
        hits.extend(more.map(|place| Hit { place, slip: Some(slip.clone()) }));
        hits.sort_by_key(|hit| hit.place.start);
    }
    hits
}

/// What a complete chain says: its first slip.
pub fn finding(way: &Way, chain: &Chain, hunt: &Hunt<'_>) -> Option<Finding> {
    let (index, slip) = chain.slips().next()?;
    let (piece, link) = (way.pieces.get(index)?, chain.links.get(index)?);
    let before = index.checked_sub(1).and_then(|before| chain.links.get(before));
    let seen = Seen { piece, link, before, hunt };
    let finding = match slip {
        Slip::LineBreak => seen.line_break(before?),
        Slip::Extra(place) => seen.extra(place),
        Slip::Name(rename) => seen.name(&rename),
        Slip::Space | Slip::Quote | Slip::Case | Slip::Style => seen.style(),
    };
    let style = chain.slips().all(|(_, slip)| slip.style());
    let finding = if chain.slips().count() > 1 && !style { Finding { help: None, ..finding } } else { finding };
    Some(if style { stricter(finding) } else { Finding { help: finding.help.map(|help| sentence(&help)), ..finding } })
}

/// With a capital letter.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

fn stricter(finding: Finding) -> Finding {
    let how = finding.help.unwrap_or_default();
    Finding {
        help: Some(format!("Your code seems right; the test is stricter than that. To pass there, {how}")),
        fault: Fault::Test,
        ..finding
    }
}

struct Seen<'a> {
    piece: &'a Piece,
    link: &'a Link,
    before: Option<&'a Link>,
    hunt: &'a Hunt<'a>,
}

impl Seen<'_> {
    fn line_break(&self, before: &Link) -> Finding {
        let (one, other) = (self.hunt.slice(&before.hit.place), self.hunt.slice(&self.link.hit.place));
        let gap = before.hit.place.end..self.link.hit.place.start;
        let line_end = self.hunt.slice(&gap).find(['\n', '\r']).map_or(gap.start, |at| gap.start + at);
        let headline =
            format!("{} and {} stand on different lines; the test looks on one line only.", code_end(one), code(other));
        Finding::new(
            Code::LineBreak,
            headline,
            vec![
                Label::primary(line_end..line_end, "matched up to here, the line ends"),
                Label::secondary(self.link.hit.place.clone(), "this follows on another line"),
            ],
        )
        .help("put both on one line.")
    }

    /// White space, quotes or letter case: whichever differs first.
    fn style(&self) -> Finding {
        let place = &self.link.hit.place;
        let (good, at) = self.hunt.agreement(&self.piece.tokens, place);
        let token = self.piece.tokens.get(good);
        let rest = self.hunt.slice(&(at..place.end));
        let first = rest.chars().next();
        match token {
            Some(token) if matches!(token.kind, Kind::Quote { .. }) && first.is_some_and(is_quote) => {
                self.quote(token, at, rest)
            }
            Some(Token { kind: Kind::Space { .. }, .. }) | None => self.space(at, rest),
            _ if first.is_some_and(char::is_whitespace) => self.space(at, rest),
            Some(token) => Self::case(token, at, rest),
        }
    }

    fn space(&self, at: usize, rest: &str) -> Finding {
        let length = rest.len() - rest.trim_start().len();
        let label =
            if length == 0 { "white space is missing here" } else { "the test allows no such white space here" };
        let found = self.hunt.slice(&self.link.hit.place);
        let wanted = self.piece.shown();
        if found.replace("\r\n", "\n") == wanted {
            let headline = "The file has line ends of Windows (CRLF); the test wants those of Unix (LF).".to_owned();
            return Finding::new(Code::WhiteSpace, headline, vec![Label::primary(at..at, "this line ends with CRLF")])
                .help("save the file with LF.");
        }
        let headline =
            format!("Only white space differs: there is {}, the test wants {}.", spaced(found), spaced(&wanted));
        Finding::new(Code::WhiteSpace, headline, vec![Label::primary(at..at + length, label)])
            .help(format!("write it as {}.", spaced(&wanted)))
    }

    fn quote(&self, token: &Token, at: usize, rest: &str) -> Finding {
        let mut inside = rest.chars();
        let quote = inside.next().unwrap_or('`');
        let length = inside.as_str().find(quote).map_or(rest.len(), |end| end + 2 * quote.len_utf8());
        let text = inside.as_str().split(quote).next().unwrap_or_default();
        let wanted = kinds(&token.shown);
        // A closing quote has nothing behind it to name.
        let named = if text.trim().is_empty() || !inside.as_str().contains(quote) {
            code_end(self.hunt.slice(&(self.link.hit.place.start..at)))
        } else {
            code(text)
        };
        let headline = format!("{named} is in {}; the test wants it in {wanted}.", kinds(&quote.to_string()));
        Finding::new(
            Code::QuoteKind,
            headline,
            vec![Label::primary(at..at + length.min(rest.len()), "another kind of quote")],
        )
        .help(format!("use {wanted}."))
    }

    fn case(token: &Token, at: usize, rest: &str) -> Finding {
        let length = rest.char_indices().nth(token.shown.chars().count()).map_or(rest.len(), |(end, _)| end);
        let found = rest.get(..length).unwrap_or(rest);
        let headline =
            format!("There is {}, the test wants {}: upper and lower case differ.", code(found), code(&token.shown));
        Finding::new(
            Code::LetterCase,
            headline,
            vec![Label::primary(at..at + length, format!("not {}", code(&token.shown)))],
        )
        .help(format!("Write {}.", code(&token.shown)))
    }

    fn extra(&self, place: Range<usize>) -> Finding {
        let found = self.hunt.slice(&place);
        let before = self.hunt.slice(&(self.link.hit.place.start..place.start));
        let after = self.hunt.slice(&(place.end..self.link.hit.place.end));
        let before = match (before.trim().is_empty(), self.before) {
            (true, Some(link)) => self.hunt.slice(&link.hit.place),
            _ => before,
        };
        let headline = format!(
            "{} stands between {} and {}; the test wants nothing there.",
            code(found),
            code_end(before),
            code(after)
        );
        Finding::new(Code::ExtraCharacter, headline, vec![Label::primary(place, "the test wants nothing here")])
            .help("The test passes without it.")
    }

    fn name(&self, rename: &Rename) -> Finding {
        let found = self.hunt.slice(&rename.place);
        if rename.owner {
            let call = self.hunt.slice(&(rename.place.end..self.link.hit.place.end));
            let wanted = code(&rename.wanted);
            let headline = format!("{} is there on {}; the test wants it on {wanted}.", code(call), code(found));
            return Finding::new(
                Code::DifferentName,
                headline,
                vec![Label::primary(rename.place.clone(), format!("not {wanted}"))],
            )
            .help(format!("Use the name {wanted}, or call it on {wanted} if that is something else here."));
        }
        let headline = format!("There is {}, the test wants {}.", code(found), code(&rename.wanted));
        Finding::new(
            Code::DifferentName,
            headline,
            vec![Label::primary(rename.place.clone(), format!("not {}", code(&rename.wanted)))],
        )
        .help(format!("Did you mean {}?", code(&rename.wanted)))
    }
}

fn is_quote(character: char) -> bool {
    matches!(character, '\'' | '"' | '`')
}

/// Quotes in words.
fn kinds(quotes: &str) -> String {
    let words: Vec<&str> = [('\'', "single quotes"), ('"', "double quotes"), ('`', "backticks")]
        .into_iter()
        .filter(|(quote, _)| quotes.contains(*quote))
        .map(|(_, word)| word)
        .collect();
    match words[..] {
        ["single quotes", "double quotes"] => "single or double quotes".to_owned(),
        _ => words.join(" or "),
    }
}
