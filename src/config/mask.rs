//! Credentials are not for the eyes of whoever reads a log.

/// The text with the name and password of every address in it as stars, as many as there were characters. Without a
/// scheme, `name:password@host` counts as an address.
pub fn mask(text: &str) -> String {
    let between = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | ',');
    text.split_inclusive(between).map(mask_word).collect()
}

fn mask_word(word: &str) -> String {
    // After each `://` an authority begins: there may be an address within an address, as in a query.
    let mut parts = word.split("://");
    let first = parts.next().unwrap_or_default();
    let rest: Vec<String> = parts.map(|part| mask_authority(part, false)).collect();
    if rest.is_empty() { mask_authority(first, true) } else { format!("{first}://{}", rest.join("://")) }
}

fn mask_authority(text: &str, with_password: bool) -> String {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let (authority, tail) = text.split_at(end);
    match authority.rsplit_once('@') {
        Some((credentials, host)) if !with_password || credentials.contains(':') => {
            format!("{}@{host}{tail}", "*".repeat(credentials.chars().count()))
        }
        _ => text.to_owned(),
    }
}

/// Words in the name of a variable whose value nobody should see.
const SECRET: [&str; 8] = ["AUTH", "COOKIE", "CREDENTIAL", "KEY", "PASS", "PWD", "SECRET", "TOKEN"];

/// The value of a variable as it may be shown.
pub fn mask_variable(name: &str, value: &str) -> String {
    let name = name.to_ascii_uppercase();
    if SECRET.iter().any(|word| name.contains(word)) { "***".to_owned() } else { mask(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_secret_variables_are_not_shown() {
        assert_eq!(mask_variable("Session_Secret", "x"), "***");
        assert_eq!(mask_variable("MONGO_URI", "mongodb://me:pw@db/x"), "mongodb://*****@db/x");
        assert_eq!(mask_variable("PORT", "3000"), "3000");
    }

    #[test]
    fn only_credentials_are_masked() {
        assert_eq!(mask("http://me:p@ss@host:1/a@b x://y"), "http://*******@host:1/a@b x://y");
        assert_eq!(mask("proxy = \"http://u@h\" # a@b"), "proxy = \"http://*@h\" # a@b");
        assert_eq!(mask("http://localhost:3000"), "http://localhost:3000");
        assert_eq!(mask("me:secret@localhost:3000/x"), "*********@localhost:3000/x");
        assert_eq!(mask("http://h/?to=http://me:pw@h2 a@b x:y"), "http://h/?to=http://*****@h2 a@b x:y");
        assert_eq!(mask("://"), "://");
    }
}
