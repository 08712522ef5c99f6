//! Regular expressions of tests.
