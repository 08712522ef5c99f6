//! JavaScript's meaning of values: conversions, equality, inspection, JSON and dates, for [`crate::verdict::Value`].

mod convert;
mod date;
mod equality;
mod inspect;
mod json;
mod json_error;
mod stack;
mod text;

pub use convert::{
    is_js_space, number_to_string, parse_number, to_boolean, to_display, to_number, to_primitive_string, type_of,
};
pub use date::{DateError, date_to_string, parse_date, to_date_string, to_iso_string};
pub use equality::{deep_equal, loose_equal, same_value_zero, strict_equal};
pub use inspect::inspect;
pub use json::{JsonError, parse_json, stringify};
pub use stack::with_stack_for;
pub use text::{slice16, units};
