//! Names hidden. Rows are put into an order that depends on nothing but what the report shows of them, and are named by it:
//! whoever knows the list, or every id in it, learns nothing from a pseudonym that the row beside it does not say.

use ring::digest::{Context, SHA256};

use super::reader::Row;

/// What the place of a row depends on: hints that did not pass, and a digest of all that is shown of the row.
pub type Key = (usize, [u8; 16]);

/// The key of a row.
pub fn key(row: &Row) -> Key {
    let mut context = Context::new(&SHA256);
    let mut add = |text: &str| {
        context.update(&text.len().to_le_bytes());
        context.update(text.as_bytes());
    };
    add(row.verdict.name());
    add(&row.reason.as_ref().map(|reason| format!("{:?}", reason.kind)).unwrap_or_default());
    for challenge in &row.challenges {
        add(&challenge.id);
        add(challenge.language.as_deref().unwrap_or_default());
        for hint in &challenge.hints {
            let why = hint.explanation.map(|why| why.code);
            let reason = hint.reason.as_ref().map(|reason| reason.kind);
            add(&format!("{} {:?} {why:?} {reason:?}", hint.index, hint.outcome));
        }
    }
    let digest = context.finish();
    let mut short = [0; 16];
    for (to, from) in short.iter_mut().zip(digest.as_ref()) {
        *to = *from;
    }
    (usize::MAX - row.counts.passed, short)
}

/// The rows in the order of their keys. Those with the same key look the same.
pub fn order(keys: &[Key]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by_key(|&index| keys.get(index));
    order
}

/// Takes away all that says who it is: the id, carried columns, and words of reasons, which may hold addresses.
pub fn hide(row: &mut Row, number: usize, all: usize) {
    let width = all.to_string().len();
    row.id = format!("submission-{number:0width$}");
    row.columns.clear();
    if let Some(reason) = &mut row.reason {
        reason.text.clear();
    }
    for hint in row.challenges.iter_mut().flat_map(|challenge| &mut challenge.hints) {
        if let Some(reason) = &mut hint.reason {
            reason.text.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::survey::sample::row;
    use super::*;

    #[test]
    fn the_order_depends_on_results_alone() {
        let keys = |ids: &[(&str, &str)]| ids.iter().map(|(id, hints)| key(&row(id, hints))).collect::<Vec<_>>();
        let named = |ids: &[(&str, &str)]| {
            order(&keys(ids)).into_iter().map(|index| ids[index].1.to_owned()).collect::<Vec<_>>()
        };
        let one = named(&[("ana", "pf"), ("ben", "pp"), ("cy", "fp"), ("dee", "ff")]);
        assert_eq!(one, named(&[("x", "ff"), ("y", "fp"), ("z", "pf"), ("w", "pp")]));
        assert_eq!((one[0].as_str(), one[3].as_str()), ("pp", "ff"));
        assert_eq!(key(&row("ana", "pfe")), key(&row("ben", "pfe")));
        assert_ne!(key(&row("ana", "pfe")), key(&row("ana", "pef")));
    }

    #[test]
    fn nothing_is_left_of_a_name() {
        let mut row = row("Zoe Q.", "pe");
        hide(&mut row, 7, 1000);
        assert_eq!(row.id, "submission-0007");
        assert!(!format!("{row:?}").contains("Zoe"), "{row:?}");
    }
}
