//! Whether the learner is treated fairly.
