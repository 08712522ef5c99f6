//! Which hints a wrong project fails: `all`, a list, or either of them for each challenge.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

/// A hint, as a manifest names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum HintName {
    /// Its number, from 1, as `grade` shows it.
    Number(u64),
    /// Its id in reports: the challenge's id, a slash, and the index from 0.
    Id(String),
}

impl fmt::Display for HintName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Id(id) => write!(formatter, "`{id}`"),
        }
    }
}

/// Some hints of a challenge.
#[derive(Debug, Clone)]
pub enum Hints {
    /// All that have a test.
    All,
    /// These.
    Named(Vec<Spanned<HintName>>),
}

/// Which hints a project fails.
#[derive(Debug, Clone)]
pub enum Fails {
    /// The same of every challenge.
    Everywhere(Hints),
    /// By challenge; every other challenge passes.
    ByChallenge(Vec<(Spanned<String>, Hints)>),
}

const ALL: &str = "all";
const WANTED: &str = "`all`, a list of hints such as [1, 3], or one of these for each challenge";

impl<'de> Deserialize<'de> for HintName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneName;
        impl Visitor<'_> for OneName {
            type Value = HintName;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the number of a hint, from 1, or its id")
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<HintName, E> {
                Ok(HintName::Number(number))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<HintName, E> {
                u64::try_from(number).map(HintName::Number).map_err(|_| E::custom("hints are numbered from 1"))
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<HintName, E> {
                Ok(HintName::Id(id.to_owned()))
            }
        }
        deserializer.deserialize_any(OneName)
    }
}

impl<'de> Deserialize<'de> for Hints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HintsVisitor)
    }
}

struct HintsVisitor;

impl<'de> Visitor<'de> for HintsVisitor {
    type Value = Hints;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("`all`, or a list of hints such as [1, 3]")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Hints, E> {
        if word == ALL { Ok(Hints::All) } else { Err(E::invalid_value(de::Unexpected::Str(word), &self)) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Hints, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = sequence.next_element()? {
            names.push(name);
        }
        Ok(Hints::Named(names))
    }
}

impl<'de> Deserialize<'de> for Fails {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyForm;
        impl<'de> Visitor<'de> for AnyForm {
            type Value = Fails;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(WANTED)
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Fails, E> {
                if word == ALL {
                    return Ok(Fails::Everywhere(Hints::All));
                }
                Err(E::invalid_value(de::Unexpected::Str(word), &self))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<Fails, A::Error> {
                HintsVisitor.visit_seq(sequence).map(Fails::Everywhere)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fails, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Fails::ByChallenge(entries))
            }
        }
        deserializer.deserialize_any(AnyForm)
    }
}

impl JsonSchema for Hints {
    fn schema_name() -> Cow<'static, str> {
        "Hints".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Hints of a challenge: all that have a test, or some by their number (from 1) or id.",
            "oneOf": [
                { "const": ALL },
                {
                    "type": "array",
                    "uniqueItems": true,
                    "minItems": 1,
                    "items": { "oneOf": [{ "type": "integer", "minimum": 1 }, { "type": "string", "pattern": "/[0-9]+$" }] }
                }
            ]
        })
    }
}

impl JsonSchema for Fails {
    fn schema_name() -> Cow<'static, str> {
        "Fails".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let hints = generator.subschema_for::<Hints>();
        json_schema!({
            "description": "Which hints fail: of every challenge alike, or by challenge (dashedName, file name, id or block/name); \
                            challenges that are not named pass.",
            "oneOf": [
                hints,
                { "type": "object", "minProperties": 1, "additionalProperties": hints }
            ]
        })
    }
}
