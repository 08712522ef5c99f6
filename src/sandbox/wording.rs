//! Messages of the engine's own errors in the words of the browsers, which learners search the web for.

use oxc_ast::ast::Expression;

const BEFORE_CAUGHT: &str = "TypeError: ";

/// The message in V8's words; `callee` is what was called where the error was thrown, if it was thrown by a call.
pub(super) fn in_browsers_words(name: &str, message: &str, callee: Option<&str>) -> Option<String> {
    if name == "TypeError" {
        return reworded(message, callee);
    }
    // An error that was caught and made the text of another one.
    let (before, caught) = message.split_at_checked(message.find(BEFORE_CAUGHT)? + BEFORE_CAUGHT.len())?;
    reworded(caught, None).map(|caught| format!("{before}{caught}"))
}

fn reworded(message: &str, callee: Option<&str>) -> Option<String> {
    match message {
        "not a function" => return callee.map(|callee| format!("{callee} is not a function")),
        "toPrimitive" => return Some("Cannot convert object to primitive value".to_owned()),
        _ => {}
    }
    for (ours, verb, participle) in
        [("cannot read property '", "read", "reading"), ("cannot set property '", "set", "setting")]
    {
        let Some(rest) = message.strip_prefix(ours) else { continue };
        let (property, owner) = rest.rsplit_once("' of ")?;
        if property == "Symbol.iterator" {
            return Some(format!("{owner} is not iterable"));
        }
        if matches!(owner, "undefined" | "null") {
            return Some(format!("Cannot {verb} properties of {owner} ({participle} '{property}')"));
        }
    }
    message.strip_suffix("' is read-only").map(|_| "Assignment to constant variable.".to_owned())
}

/// How V8 names what is called in "x.y is not a function".
pub(super) fn callee(expression: &Expression<'_>) -> String {
    named(expression).unwrap_or_else(|| "(intermediate value)".to_owned())
}

fn named(expression: &Expression<'_>) -> Option<String> {
    Some(match expression {
        Expression::Identifier(identifier) => identifier.name.to_string(),
        Expression::ParenthesizedExpression(inner) => named(&inner.expression)?,
        Expression::StaticMemberExpression(member) => {
            let dot = if member.optional { "?." } else { "." };
            format!("{}{dot}{}", callee(&member.object), member.property.name)
        }
        Expression::ComputedMemberExpression(member) => {
            let object = callee(&member.object);
            let dot = if member.optional { "?." } else { "" };
            match &member.expression {
                Expression::StringLiteral(key) => {
                    format!("{object}{}{}", if member.optional { dot } else { "." }, key.value)
                }
                Expression::NumericLiteral(key) => format!("{object}{dot}[{}]", key.value),
                Expression::Identifier(key) => format!("{object}{dot}[{}]", key.name),
                _ => return None,
            }
        }
        Expression::CallExpression(call) => format!("{}(...)", callee(&call.callee)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_v8s() {
        for (ours, callee, v8) in [
            ("cannot read property 'x' of undefined", None, "Cannot read properties of undefined (reading 'x')"),
            ("cannot read property 'it's' of null", None, "Cannot read properties of null (reading 'it's')"),
            ("cannot read property 'Symbol.iterator' of null", None, "null is not iterable"),
            ("cannot set property '0' of null", None, "Cannot set properties of null (setting '0')"),
            ("not a function", Some("data.x"), "data.x is not a function"),
            ("toPrimitive", None, "Cannot convert object to primitive value"),
            ("'z' is read-only", None, "Assignment to constant variable."),
        ] {
            assert_eq!(in_browsers_words("TypeError", ours, callee).as_deref(), Some(v8));
        }
        let caught = in_browsers_words("Error", "so TypeError: cannot read property 'a' of null", None);
        assert_eq!(caught.as_deref(), Some("so TypeError: Cannot read properties of null (reading 'a')"));
    }

    #[test]
    fn other_messages_stay() {
        for (name, message) in [
            ("TypeError", "Failed to fetch"),
            ("TypeError", "not a function"),
            ("Error", "cannot read property 'x' of undefined"),
            ("TypeError", "cannot read property 'x' of mine"),
        ] {
            assert_eq!(in_browsers_words(name, message, None), None);
        }
    }
}
