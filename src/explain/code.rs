//! The causes that `grade` can name, each with a stable code.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! codes {
    ($($name:ident = $code:literal, $title:literal;)*) => {
        /// A cause. Codes are public and never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code: `E101`.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// What it means, in a few words.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
                }
            }
        }
    };
}

codes! {
    // A text that a test looked for was not found.
    LineBreak = "E101", "a line break where the test allows none";
    WhiteSpace = "E102", "white space differs";
    QuoteKind = "E103", "another kind of quote";
    LetterCase = "E104", "upper and lower case differ";
    ExtraCharacter = "E105", "something stands between";
    WrongOrder = "E106", "the pieces are there in another order";
    DifferentName = "E107", "a name that is nearly the same";
    AnotherConstruct = "E108", "another way to write it";
    Absent = "E109", "not there at all";
    CommentedOut = "E110", "only in a comment";
    Unwanted = "E111", "there is what must not be there";
    SourceSyntax = "E112", "a file of the project is no valid JavaScript";
    Incomplete = "E113", "the beginning is there, the rest is not";
    // A value is not what a test expects.
    ValueDiffers = "E201", "another value";
    TypeDiffers = "E202", "the right value in another type";
    PropertyMissing = "E203", "a property is missing";
    TextDiffers = "E204", "a text that is nearly the same";
    DateDiffers = "E205", "another time";
    VersionDiffers = "E206", "a version outside the wanted range";
    StructureDiffers = "E207", "objects or lists differ";
    ConditionFalse = "E208", "a condition does not hold";
    ThrewOnAnswer = "E209", "the test could not work with the answer";
    AuthorMessage = "E210", "the test gave up with a message of its own";
    // The answer is of another sort than the test expects.
    ApiRouteMissing = "E301", "a route of the starter project is missing";
    NotFound = "E302", "not found (404)";
    HtmlForJson = "E303", "a page instead of JSON";
    ServerError = "E304", "the project answered with an error";
    Redirected = "E305", "redirected to somewhere else";
    EmptyBody = "E306", "an empty answer";
    SplashPage = "E307", "the answer is the host's, not the project's";
    TestsUnavailable = "E308", "the project does not run its own tests";
    InvalidJson = "E309", "invalid JSON";
    MissingStatus = "E310", "another status";
    MislabelledJson = "E311", "JSON that says it is something else";
    OwnTestFails = "E312", "a test of the project itself fails";
    // A browser keeps the answer from the test.
    MissingAllowOrigin = "E401", "no Access-Control-Allow-Origin";
    WrongAllowOrigin = "E402", "Access-Control-Allow-Origin names somebody else";
    CredentialsNotAllowed = "E403", "cookies are not allowed across origins";
    PreflightRefused = "E404", "the preflight request is refused";
    MixedContent = "E405", "http from an https page";
    BadPort = "E406", "a port that browsers refuse";
    RedirectRefused = "E407", "a redirect that cannot be followed";
    RequestRefused = "E408", "a request that browsers do not make";
    // No answer.
    ConnectionRefused = "E501", "nothing listens there";
    NameNotResolved = "E502", "the host name is unknown";
    ConnectTimeout = "E503", "no connection in time";
    AnswerTimeout = "E504", "no answer in time";
    TlsFailed = "E505", "no secure connection";
    ConnectionCut = "E506", "the answer was cut off";
    NotHttp = "E507", "something else listens there";
    AnswerTooLarge = "E508", "the answer is too large";
    BadEncoding = "E509", "the answer cannot be decoded";
    ClockDiffers = "E510", "the clocks differ";
    RequestFailed = "E511", "the request failed";
    SampleAddress = "E512", "the address of somebody else's project";
    NotPublic = "E513", "an address that is not public";
    // The test or the tool is at fault.
    TestCannotPass = "E601", "no project can pass this";
    TestNotAwaited = "E602", "the test does not wait for its answer";
    TestSyntax = "E603", "the test is no valid JavaScript";
    TestUnsupported = "E604", "the test uses what grade lacks";
    TestLimit = "E605", "the test hit a limit";
    TestNeedsScript = "E606", "the test needs the script engine";
    ToolDefect = "E607", "a defect of grade";
    VerdictChanges = "E608", "the verdict changes from run to run";
}

impl Code {
    /// The cause with that code, whatever its letters' case.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(id.trim()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = Cow::<'de, str>::deserialize(deserializer)?;
        Self::find(&id).ok_or_else(|| serde::de::Error::custom(format!("there is no cause `{id}`")))
    }
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^E[1-9][0-9]{2}$", "description": "A cause; `grade explain CODE` tells about it." })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_can_be_found() {
        let ids: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.id()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        assert_eq!(Code::find(" e101"), Some(Code::LineBreak));
        assert_eq!(Code::find("E999"), None);
    }
}
