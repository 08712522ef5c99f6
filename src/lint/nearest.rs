//! The name that was probably meant.

/// Longer names are compared with none.
const LONGEST: usize = 40;

/// The name among `known` that is most like `name`, where one is.
pub fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    if name.len() > LONGEST {
        return None;
    }
    let lower = name.to_lowercase();
    let most = if name.len() < 5 { 1 } else { 2 };
    known
        .filter(|known| known.len().abs_diff(name.len()) <= most)
        .map(|known| (strsim::damerau_levenshtein(&lower, &known.to_lowercase()), known))
        .filter(|(distance, known)| *distance <= most && *distance < known.len())
        .min_by_key(|(distance, known)| (*distance, std::cmp::Reverse(common(&lower, known))))
        .map(|(_, known)| known)
}

/// How many characters two names have in common at their beginnings.
fn common(name: &str, known: &str) -> usize {
    name.chars().zip(known.chars()).take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_seen() {
        let known = ["substring", "substr", "length", "ok"];
        let near = |name| nearest(name, known.into_iter());
        assert_eq!(near("substingr"), Some("substring"));
        assert_eq!(near("Lenght"), Some("length"));
        assert_eq!(nearest("asert", ["alert", "assert"].into_iter()), Some("assert"));
        assert_eq!(near("trim"), None);
        assert_eq!(near("no"), None);
        assert_eq!(near(&"length".repeat(20)), None);
    }
}
