//! The JSON Schema of a manifest, for editors that complete and check it.

use schemars::generate::SchemaSettings;

use super::manifest::RawManifest;

/// The schema (draft 2020-12), with a line break at the end.
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut schema = generator.into_root_schema_for::<RawManifest>();
    schema.insert("title".to_owned(), "What grade verify expects of fixtures".into());
    // Neither can fail for a schema; without it there would be nothing to print.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}
