//! JavaScript values, as far as assertions compare and show them.

use std::sync::Arc;

/// A JavaScript value. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, `NaN`, `-0` and the infinities included.
    Number(f64),
    /// A string. Lone surrogates cannot be held; whoever makes a `Value` says what it does with them.
    String(Arc<str>),
    /// An array; holes are `undefined`.
    Array(Arc<[Value]>),
    /// A plain object.
    Object(Arc<Object>),
    /// A `Date`, in milliseconds since 1970 UTC; `NaN` is an invalid date.
    Date(f64),
    /// Anything else, as a person would want to see it (`[Function: x]`, `/a/g`, `Map{…}`).
    Other {
        /// `Function`, `RegExp`, `Map`, `Error`, ...
        kind: Arc<str>,
        /// Its inspected form.
        text: Arc<str>,
    },
}

/// A plain object: own enumerable properties in JavaScript's order (integer keys first, ascending, then as set).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object {
    entries: Vec<(Arc<str>, Value)>,
}

impl Object {
    /// Builds an object from properties as set in that order; a repeated key keeps its first place and last value.
    pub fn from_entries(entries: impl IntoIterator<Item = (Arc<str>, Value)>) -> Self {
        let mut object = Self::default();
        // Above this size a map of positions is cheaper than a scan for each key.
        let mut index = std::collections::HashMap::new();
        for (key, value) in entries {
            if let Some(&at) = index.get(&key) {
                if let Some(slot) = object.entries.get_mut::<usize>(at) {
                    slot.1 = value;
                }
            } else {
                index.insert(Arc::clone(&key), object.entries.len());
                object.entries.push((key, value));
            }
        }
        if object.entries.iter().any(|(key, _)| array_index(key).is_some()) {
            object.entries.sort_by_key(|(key, _)| array_index(key).map_or((1, 0), |index| (0, index)));
        }
        object
    }

    /// The own property of that name.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(name, _)| &**name == key).map(|(_, value)| value)
    }

    /// Whether there is an own property of that name.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The own properties in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Arc<str>, &Value)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The number of own properties.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no own properties.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The array index that a property key stands for (ECMA-262 "array index": canonical, below 2^32 - 1).
fn array_index(key: &str) -> Option<u32> {
    if key.len() > 10 || (key.starts_with('0') && key.len() > 1) || !key.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    key.parse::<u32>().ok().filter(|&index| index != u32::MAX)
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integer_keys_come_first_and_repeated_keys_keep_their_place() {
        let object = Object::from_entries(
            [("b", 1.0), ("10", 2.0), ("a", 3.0), ("2", 4.0), ("b", 5.0), ("01", 6.0)]
                .map(|(key, value)| (Arc::from(key), Value::Number(value))),
        );
        let seen: Vec<_> = object.iter().map(|(key, value)| (&**key, value.clone())).collect();
        assert_eq!(
            seen,
            [("2", 4.0), ("10", 2.0), ("b", 5.0), ("a", 3.0), ("01", 6.0)].map(|(k, v)| (k, Value::Number(v)))
        );
    }
}
