//! Translations against their originals.
