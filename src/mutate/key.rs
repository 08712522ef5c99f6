//! By what a request is known again.

use bytes::Bytes;
use url::Position;

use crate::fetch::Request;

/// The parts of a request that decide what it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    method: String,
    url: String,
    body: Bytes,
}

impl Key {
    /// Of a request. What separates the parts of a form is random, and does not count.
    pub fn of(request: &Request) -> Self {
        let body = request.body.clone().unwrap_or_default();
        let boundary =
            request.implied_content_type.as_deref().and_then(|kind| kind.split_once("boundary=")).map(|(_, rest)| rest);
        Self {
            method: request.method.to_ascii_uppercase(),
            url: request.url[..Position::AfterQuery].to_owned(),
            body: match boundary {
                Some(boundary) => without(&body, boundary),
                None => body,
            },
        }
    }
}

fn without(body: &Bytes, boundary: &str) -> Bytes {
    match regex::bytes::Regex::new(&format!("(?-u){}", regex::escape(boundary))) {
        Ok(pattern) => pattern.replace_all(body, &b""[..]).into_owned().into(),
        Err(_) => body.clone(),
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn what_is_random_does_not_count() {
        let form = |boundary: &str, value: &str| {
            let mut request = Request::get(Url::parse("http://localhost/a?b#c").unwrap());
            "post".clone_into(&mut request.method);
            request.implied_content_type = Some(format!("multipart/form-data; boundary={boundary}"));
            request.body = Some(format!("--{boundary}\r\n{value}\r\n--{boundary}--").into());
            Key::of(&request)
        };
        assert_eq!(form("--x1", "v"), form("--y2", "v"));
        assert_ne!(form("--x1", "v"), form("--x1", "w"));
        assert_eq!(form("x", "").method, "POST");
        assert_eq!(form("x", "").url, "http://localhost/a?b");
    }
}
