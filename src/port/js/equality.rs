//! `==`, `===`, and chai's deep equality, for data values.

use super::convert::{parse_number, to_number, to_primitive_string};
use crate::verdict::Value;

/// `===`. Arrays and objects are equal only when they are the same one.
pub fn strict_equal(left: &Value, right: &Value) -> bool {
    use std::sync::Arc;
    match (left, right) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        #[expect(clippy::float_cmp, reason = "JavaScript compares numbers exactly")]
        (Value::Number(left), Value::Number(right)) => left == right,
        (Value::String(left), Value::String(right)) => left == right,
        (Value::Array(left), Value::Array(right)) => Arc::ptr_eq(left, right),
        (Value::Object(left), Value::Object(right)) => Arc::ptr_eq(left, right),
        _ => false,
    }
}

/// `SameValueZero`, as `includes` of arrays uses it.
pub fn same_value_zero(left: &Value, right: &Value) -> bool {
    matches!((left, right), (Value::Number(a), Value::Number(b)) if a.is_nan() && b.is_nan())
        || strict_equal(left, right)
}

/// `==`. `None` when an operand has no exact conversion here.
pub fn loose_equal(left: &Value, right: &Value) -> Option<bool> {
    use Value::{Array, Bool, Date, Null, Number, Object, Other, String, Undefined};
    Some(match (left, right) {
        (Undefined | Null, Undefined | Null) => true,
        (Undefined | Null, _) | (_, Undefined | Null) => false,
        (Number(number), String(text)) | (String(text), Number(number)) => {
            #[expect(clippy::float_cmp, reason = "JavaScript compares numbers exactly")]
            {
                parse_number(text) == *number
            }
        }
        (Bool(_), Bool(_)) => strict_equal(left, right),
        (Bool(_), _) => loose_equal(&Number(to_number(left)?), right)?,
        (_, Bool(_)) => loose_equal(left, &Number(to_number(right)?))?,
        (Array(_) | Object(_), Number(_) | String(_)) => {
            loose_equal(&String(to_primitive_string(left)?.into()), right)?
        }
        (Number(_) | String(_), Array(_) | Object(_)) => {
            loose_equal(left, &String(to_primitive_string(right)?.into()))?
        }
        (Date(_) | Other { .. }, _) | (_, Date(_) | Other { .. }) => return None,
        _ => strict_equal(left, right),
    })
}

/// chai's deep equality (`deep-eql` 4) on data: `NaN` equals itself, `-0` and `+0` differ, order of keys is free.
pub fn deep_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) | (Value::Date(left), Value::Date(right)) => {
            left.to_bits() == right.to_bits() || (left.is_nan() && right.is_nan())
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| deep_equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| deep_equal(left, right)))
        }
        _ => strict_equal(left, right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Value {
        Value::from(value)
    }

    #[test]
    fn loose_equality_converts() {
        let equal = [
            (Value::Null, Value::Undefined),
            (text("28"), Value::Number(28.0)),
            (Value::Bool(true), text("1")),
            (Value::Array([Value::Number(5.0)].into()), Value::Number(5.0)),
            (Value::Array([].into()), Value::Bool(false)),
            (text(""), Value::Number(0.0)),
        ];
        for (left, right) in equal {
            assert_eq!(loose_equal(&left, &right), Some(true), "{left:?} == {right:?}");
            assert_eq!(loose_equal(&right, &left), Some(true), "{right:?} == {left:?}");
        }
        let different = [
            (Value::Null, Value::Number(0.0)),
            (text("a"), Value::Number(f64::NAN)),
            (Value::Number(f64::NAN), Value::Number(f64::NAN)),
            (Value::Array([].into()), Value::Array([].into())),
        ];
        for (left, right) in different {
            assert_eq!(loose_equal(&left, &right), Some(false), "{left:?} == {right:?}");
        }
    }

    #[test]
    fn deep_equality_tells_zeroes_apart_and_joins_nan() {
        assert!(deep_equal(&Value::Number(f64::NAN), &Value::Number(f64::NAN)));
        assert!(!deep_equal(&Value::Number(0.0), &Value::Number(-0.0)));
        assert!(!deep_equal(&text("1"), &Value::Number(1.0)));
    }
}
