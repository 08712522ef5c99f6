//! Tests that are wrong.

pub(super) mod argument_count;
pub(super) mod expected_as_message;
pub(super) mod message_is_no_text;
pub(super) mod never_equal;
pub(super) mod no_such_assertion;
pub(super) mod no_such_member;
pub(super) mod swapped_operands;
pub(super) mod syntax;
pub(super) mod throws_of_async;
pub(super) mod undefined_name;
pub(super) mod unreachable_code;
pub(super) mod wrong_operand;
