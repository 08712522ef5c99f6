//! Names that are much like one that does not exist.

const MOST: usize = 5;
const ALIKE: f64 = 0.6;

/// The nearest of `names`, best first, without doubles.
pub fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let wanted = wanted.to_lowercase();
    let mut found: Vec<(f64, &str)> = names
        .map(|name| {
            let lower = name.to_lowercase();
            let alike = strsim::normalized_damerau_levenshtein(&wanted, &lower);
            // A part of a long name is what people remember.
            let part = wanted.len() >= 3 && lower.contains(&wanted);
            (if part { alike.max(0.8) } else { alike }, name)
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    found.dedup_by(|later, earlier| later.1 == earlier.1);
    found.into_iter().take(MOST).map(|(_, name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_and_parts() {
        let names = ["handle-a-disconnect", "announce-new-users", "handle-a-disconnect", "chat"];
        assert_eq!(nearest("handle-a-disconect", names.into_iter()), ["handle-a-disconnect"]);
        assert_eq!(nearest("new-users", names.into_iter()), ["announce-new-users"]);
        assert_eq!(nearest("Chat", names.into_iter()), ["chat"]);
        assert!(nearest("zzz", names.into_iter()).is_empty());
    }
}
