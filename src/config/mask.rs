//! Credentials are not for the eyes of whoever reads a log.

/// The text with the name and password of every URL in it as stars, as many as there were characters.
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        let end =
            after.find(|c: char| matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '<' | '>') || c.is_whitespace());
        let (authority, tail) = after.split_at(end.unwrap_or(after.len()));
        out.push_str(before);
        out.push_str("://");
        match authority.rsplit_once('@') {
            Some((credentials, host)) => {
                out.extend(std::iter::repeat_n('*', credentials.chars().count()));
                out.push('@');
                out.push_str(host);
            }
            None => out.push_str(authority),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
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
        assert_eq!(mask("://"), "://");
    }
}
