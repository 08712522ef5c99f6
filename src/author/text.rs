//! The text of a new challenge, in the form that freeCodeCamp has used since July 2025.

use super::yaml::scalar;

/// What stands in the front matter.
#[derive(Debug, Clone)]
pub(super) struct Front<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub kind: u32,
    pub name: &'a str,
    pub order: Option<f64>,
}

const BODY: &str = "
# --description--

Say here what this is about, and why one would want to know it.

# --instructions--

Say here what to build: `GET /` should answer with status 200.

# --hints--

`GET /` should answer with status 200.

```js
const response = await fetch(code + '/');
assert.strictEqual(response.status, 200, 'GET / should answer with status 200');
```
";

/// The whole file.
pub(super) fn text(front: &Front<'_>) -> String {
    let Front { id, title, kind, name, order } = front;
    let order = order.map(|order| format!("order: {order}\n")).unwrap_or_default();
    // An id of digits only would be read as a number, and one such as 123e45… as a very large one.
    let id =
        if id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'e') { format!("'{id}'") } else { (*id).to_owned() };
    let title = scalar(title);
    format!("---\nid: {id}\ntitle: {title}\nchallengeType: {kind}\n{order}dashedName: {name}\n---\n{BODY}")
}
