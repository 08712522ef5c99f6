//! Translations against their originals.

mod code;
pub(super) mod hint_count;
pub(in crate::lint) mod no_original;
pub(in crate::lint) mod not_translated;
pub(super) mod other_code;
pub(super) mod other_id;
pub(super) mod other_markup;
pub(super) mod other_sections;
pub(super) mod stale_keys;
mod typography;
pub(super) mod untranslated;
