//! JSON Schemas of the formats, made from their types.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::batch::Submission;
use super::jsonl::Line;
use super::lint::Document;
use super::model::Report;

/// Of `--report json`.
pub fn report() -> String {
    text::<Report>("A run of grade")
}

/// Of a line of `--report jsonl`.
pub fn events() -> String {
    text::<Line<'static>>("A line about a run of grade")
}

/// Of `grade verify --format json`.
pub fn verify() -> String {
    text::<super::verify::VerifyReport>("What grade verify found")
}

/// Of `grade mutate --format json`.
pub fn mutate() -> String {
    text::<super::mutate::Report>("What became of the mutants of hints")
}

/// Of `grade lint --format json`.
pub fn lint() -> String {
    text::<Document<'static>>("What grade lint found")
}

/// Of a line of `grade batch`.
pub fn batch() -> String {
    text::<Submission>("A submission that grade batch has graded")
}

/// The schema of what is written (draft 2020-12), with a line break at the end.
fn text<T: JsonSchema>(title: &str) -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    // Neither can fail for a schema; without it there would be nothing to print.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
