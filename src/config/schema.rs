//! The JSON Schema of `grade.toml`, for editors that complete and check it.

use serde_json::{Map, Value, json};

use super::key::{Described, KEYS, Key, Kind, MOST_TIMES};

/// The schema. `described` tells what the command line knows of a setting.
pub fn schema(described: &dyn Fn(&Key) -> Described) -> Value {
    let mut properties = Map::new();
    for key in KEYS {
        let (table, name) = key.parts();
        let property = property(key, &described(key));
        if key.kind == Kind::Levels {
            // Beside the other settings of the table; `cli` and `lint` know the names.
            if let Some(table) = properties.get_mut(name).and_then(Value::as_object_mut) {
                table.extend(property.as_object().cloned().unwrap_or_default());
            }
            continue;
        }
        match table {
            None => {
                properties.insert(name.to_owned(), property);
            }
            Some(table) => {
                let entry = properties.entry(table).or_insert_with(
                    || json!({"type": "object", "additionalProperties": false, "properties": Map::new()}),
                );
                if let Some(inner) = entry.get_mut("properties").and_then(Value::as_object_mut) {
                    inner.insert(name.to_owned(), property);
                }
            }
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "grade.toml",
        "description": "Settings of grade for one project.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn property(key: &Key, described: &Described) -> Value {
    let mut property = match key.kind {
        Kind::Text | Kind::Path => json!({"type": "string"}),
        Kind::Choice => json!({"enum": described.words}),
        Kind::Switch => json!({"type": "boolean"}),
        Kind::Count => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
        Kind::Times => json!({"type": "integer", "minimum": 1, "maximum": MOST_TIMES}),
        Kind::Seconds => json!({"type": "number", "exclusiveMinimum": 0}),
        Kind::Bytes => {
            json!({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[0-9]+[kKmM]?$"}]})
        }
        Kind::Levels => json!({"additionalProperties": {"enum": ["off", "warning", "error"]}}),
        Kind::Variables => json!({"type": "object", "additionalProperties": {"type": "string"}}),
        Kind::Texts | Kind::Paths | Kind::Names | Kind::Reports => {
            json!({"type": "array", "items": {"type": "string"}})
        }
    };
    if let Some(object) = property.as_object_mut() {
        object.insert("description".to_owned(), described.help.clone().into());
        if let Some(default) = default(key.kind, described) {
            object.insert("default".to_owned(), default);
        }
    }
    property
}

fn default(kind: Kind, described: &Described) -> Option<Value> {
    let first = described.default.first()?;
    Some(match kind {
        Kind::Switch => (first == "true").into(),
        Kind::Count | Kind::Times | Kind::Seconds => serde_json::from_str(first).ok()?,
        _ if kind.is_list() => described.default.clone().into(),
        _ => first.clone().into(),
    })
}
