//! All rules, one in each file, in a folder for each group.

mod assertion;
#[cfg(test)]
mod examples;
mod fairness;
mod file;
#[cfg(test)]
mod hostile;
mod pattern;
mod shorten;
#[cfg(test)]
pub(super) mod testing;
mod translation;
mod vacuous;
mod wrong;

use super::rule::Rule;
use super::suppress;

pub(super) use translation::{no_original, not_translated};
pub(super) use wrong::syntax::{RULE as BROKEN, broken};

/// All of them, in the order of their codes: the groups' lists one after the other.
pub static ALL: &[&Rule] = &[
    // The file's form.
    &suppress::RULE,
    &suppress::UNUSED,
    &file::front_matter_missing::RULE,
    &file::front_matter_syntax::RULE,
    &file::key_missing::RULE,
    &file::key_invalid::RULE,
    &file::old_form::RULE,
    &file::nested_section::RULE,
    &file::hint_pairs::RULE,
    &file::seed_code::RULE,
    &file::editable_region::RULE,
    &file::hook::RULE,
    &file::unknown_marker::RULE,
    &file::marker_level::RULE,
    &file::repeated_section::RULE,
    &file::unclosed_fence::RULE,
    &file::no_hints::RULE,
    &file::import::RULE,
    &file::lost_marker::RULE,
    &file::id_form::RULE,
    &file::duplicate_id::RULE,
    &file::duplicate_name::RULE,
    &file::dashed_name::RULE,
    &file::dashed_title::RULE,
    &file::unknown_type::RULE,
    &file::misspelt_key::RULE,
    &file::key_value::RULE,
    &file::no_description::RULE,
    &file::invisible::RULE,
    &file::confusable::RULE,
    &file::typographic::RULE,
    &file::fence_language::RULE,
    &file::no_code_block::RULE,
    &file::equal_hints::RULE,
    &file::unread_section::RULE,
    &file::text_before::RULE,
    &file::empty_section::RULE,
    // Tests that cannot fail.
    &vacuous::empty_block::RULE,
    &vacuous::tail::RULE,
    &vacuous::middle::RULE,
    &vacuous::async_callback::RULE,
    &vacuous::callback::RULE,
    &vacuous::constant::RULE,
    &vacuous::caught::RULE,
    &vacuous::path::RULE,
    &vacuous::comparison::RULE,
    &vacuous::not_called::RULE,
    &vacuous::on_promise::RULE,
    &vacuous::nothing::RULE,
    // Tests that are wrong.
    &wrong::syntax::RULE,
    &wrong::undefined_name::RULE,
    &wrong::no_such_member::RULE,
    &wrong::no_such_assertion::RULE,
    &wrong::argument_count::RULE,
    &wrong::swapped_operands::RULE,
    &wrong::message_is_no_text::RULE,
    &wrong::never_equal::RULE,
    &wrong::expected_as_message::RULE,
    &wrong::throws_of_async::RULE,
    &wrong::unreachable_code::RULE,
    &wrong::wrong_operand::RULE,
    // Regular expressions.
    &pattern::bare_dot::RULE,
    &pattern::dot_stops_at_line_end::RULE,
    &pattern::empty_branch::RULE,
    &pattern::mismatched_quotes::RULE,
    &pattern::matches_everything::RULE,
    &pattern::needless_g::RULE,
    &pattern::slow_regex::RULE,
    &pattern::loose_anchor::RULE,
    &pattern::odd_class::RULE,
    &pattern::needless_escape::RULE,
    &pattern::lost_escape::RULE,
    &pattern::invalid_regex::RULE,
    // Fairness to the learner.
    &fairness::no_message::RULE,
    &fairness::says_nothing::RULE,
    &fairness::foreign_host::RULE,
    &fairness::fixed_address::RULE,
    // Translations.
    &translation::other_id::RULE,
    &translation::hint_count::RULE,
    &translation::other_code::RULE,
    &translation::untranslated::RULE,
    &translation::stale_keys::RULE,
    &translation::other_sections::RULE,
    &translation::other_markup::RULE,
    &translation::no_original::RULE,
    &translation::not_translated::RULE,
];

/// The rule with that code (`L201`) or name (`promise-not-awaited`).
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == name || rule.name == name)
}

/// The rules that a code, a name or a group (`L2`) means.
pub(super) fn matching(name: &str) -> impl Iterator<Item = &'static Rule> + use<> {
    let group = name.len() == 2 && name.starts_with('L');
    let name = name.to_owned();
    ALL.iter()
        .copied()
        .filter(move |rule| rule.code == name || rule.name == name || (group && name.ends_with(rule.group.digit())))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_in_order_and_names_are_unique() {
        assert!(ALL.windows(2).all(|pair| pair[0].code < pair[1].code), "{ALL:?}");
        let names: HashSet<&str> = ALL.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), ALL.len());
        for rule in ALL {
            let digits = rule.code.strip_prefix('L').unwrap();
            assert!(digits.len() == 3 && digits.starts_with(rule.group.digit()), "{rule:?}");
            assert!(rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{rule:?}");
            assert!(!rule.summary.ends_with('.') && !rule.summary.is_empty(), "{rule:?}");
        }
    }
}
