//! Which types of challenge are graded by URL.

use crate::challenge::Challenge;

/// Why a challenge is listed but not graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotGradable {
    /// A type that submits something other than the URL of a server.
    #[error("type {number} ({name}) is not graded by URL", name = type_name(*number).unwrap_or("unknown"))]
    OtherType {
        /// The challengeType.
        number: u32,
    },
    /// A type that submits a URL, but whose hints freeCodeCamp never tests.
    #[error("type {number} ({name}) submits a URL, but its hints have no tests", name = type_name(*number).unwrap_or("unknown"))]
    NoTests {
        /// The challengeType.
        number: u32,
    },
}

/// Whether a challenge is graded by URL.
pub fn gradable(challenge: &Challenge) -> Result<(), NotGradable> {
    gradable_type(challenge.challenge_type)
}

/// Whether a challengeType is graded by URL.
pub fn gradable_type(number: u32) -> Result<(), NotGradable> {
    match number {
        2 | 4 => Ok(()),
        10 | 16 => Err(NotGradable::NoTests { number }),
        _ => Err(NotGradable::OtherType { number }),
    }
}

const NAMES: [&str; 34] = [
    "HTML exercise",
    "JavaScript exercise",
    "back-end challenge",
    "front-end project",
    "back-end project",
    "JavaScript project",
    "front-end library exercise",
    "workshop step",
    "quiz",
    "invalid",
    "Python project",
    "video",
    "CodeAlly practice",
    "CodeAlly certification project",
    "multi-file certification project",
    "Odin project",
    "Colab project",
    "exam",
    "Microsoft trophy",
    "multiple choice",
    "Python exercise",
    "dialogue",
    "fill in the blank",
    "multi-file Python certification project",
    "generic",
    "lab",
    "JavaScript lab",
    "Python lab",
    "daily JavaScript challenge",
    "daily Python challenge",
    "exam download",
    "review",
    "repository workshop",
    "repository lab",
];

/// What a challengeType stands for.
pub fn type_name(number: u32) -> Option<&'static str> {
    usize::try_from(number).ok().and_then(|number| NAMES.get(number)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_types_two_and_four_are_graded() {
        let graded: Vec<u32> = (0..40).filter(|number| gradable_type(*number).is_ok()).collect();
        assert_eq!(graded, [2, 4]);
        assert_eq!(gradable_type(3).unwrap_err().to_string(), "type 3 (front-end project) is not graded by URL");
        assert_eq!(
            gradable_type(10).unwrap_err().to_string(),
            "type 10 (Python project) submits a URL, but its hints have no tests"
        );
        assert_eq!(gradable_type(99).unwrap_err().to_string(), "type 99 (unknown) is not graded by URL");
    }
}
