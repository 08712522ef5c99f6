//! Regular expressions.

pub(super) mod bare_dot;
pub(super) mod dot_stops_at_line_end;
pub(super) mod empty_branch;
pub(super) mod invalid_regex;
pub(super) mod loose_anchor;
pub(super) mod lost_escape;
pub(super) mod matches_everything;
pub(super) mod mismatched_quotes;
pub(super) mod needless_escape;
pub(super) mod needless_g;
pub(super) mod odd_class;
pub(super) mod slow_regex;
