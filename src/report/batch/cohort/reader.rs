//! Submissions as the cohort report needs them, read from the journal as often as they are needed.

use std::io::{self, Write};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::survey::Survey;
use super::{anonymous, csv, page};
use crate::batch::{Results, Totals, Verdict};
use crate::explain::Code;
use crate::report::batch::line::Reason;
use crate::report::batch::reports::About;
use crate::report::model::{self, Counts, Outcome};

/// What the report needs of a line; the rest is not even read.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    pub id: String,
    pub verdict: Verdict,
    pub reason: Option<Reason>,
    pub counts: Counts,
    pub challenges: Vec<Graded>,
    pub columns: Map<String, Value>,
}

/// A challenge of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Graded {
    pub id: String,
    pub title: String,
    pub dashed_name: Option<String>,
    pub language: Option<String>,
    pub hints: Vec<Glimpse>,
}

/// A hint of that.
#[derive(Debug, Clone, Deserialize)]
pub struct Glimpse {
    pub index: usize,
    pub text: String,
    pub outcome: Outcome,
    #[serde(default)]
    pub reason: Option<model::Reason>,
    #[serde(default)]
    pub explanation: Option<Why>,
}

/// Its cause.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Why {
    pub code: Code,
}

/// A cohort whose hints are counted.
pub struct Cohort<'a> {
    results: &'a Results,
    survey: Survey,
    /// The order of the rows where it is not that of the list.
    order: Option<Vec<usize>>,
}

impl<'a> Cohort<'a> {
    /// Reads all submissions once; twice when names are hidden.
    pub fn of(results: &'a Results, anonymous: bool) -> io::Result<Self> {
        let mut cohort = Self { results, survey: Survey::new(anonymous), order: None };
        if anonymous {
            let mut keys = Vec::new();
            cohort.each(&mut |_, row| {
                keys.push(anonymous::key(&row));
                Ok(())
            })?;
            cohort.order = Some(anonymous::order(&keys));
        }
        let mut survey = Survey::new(anonymous);
        cohort.each(&mut |_, row| {
            survey.add(&row);
            Ok(())
        })?;
        cohort.survey = survey;
        Ok(cohort)
    }

    /// Writes the page. `csv` is the name of the file with everything in it, where there is one.
    pub fn page(&self, about: &About, totals: Totals, csv: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
        page::write(about, totals, &self.survey, csv, &mut |then| self.each(then), out)
    }

    /// Writes the CSV.
    pub fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        csv::write(&self.survey, &mut |then| self.each(then), out)
    }

    /// Hands on every row and its name, in the order of the report.
    fn each(&self, then: &mut Then<'_>) -> io::Result<()> {
        let mut number = 0;
        let hidden = self.order.as_ref().map(Vec::len);
        let mut next = |line: &[u8]| {
            let mut row: Row = serde_json::from_slice(line)?;
            number += 1;
            if let Some(all) = hidden {
                anonymous::hide(&mut row, number, all);
            }
            then(number, row)
        };
        match &self.order {
            None => self.results.each(&mut |record| next(record.line)),
            Some(order) => self.results.each_in(order, &mut |record| next(record.line)),
        }
    }
}

/// Takes a row and its number, from 1.
pub type Then<'t> = dyn FnMut(usize, Row) -> io::Result<()> + 't;
/// Hands on all rows.
pub type Rows<'r> = dyn FnMut(&mut Then<'_>) -> io::Result<()> + 'r;
