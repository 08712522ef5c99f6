//! DOM.
