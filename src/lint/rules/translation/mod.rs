//! Translations against their originals.

pub(in crate::lint) mod no_original;
pub(in crate::lint) mod not_translated;
