//! Which rows are graded in this run, and which have their results already.

use super::bits::Bits;
use super::journal::{Entry, Journal, JournalError, Kept};
use super::survey::Survey;
use super::tally::Verdict;

/// What there is to do.
#[derive(Debug)]
pub struct Plan {
    pub(super) survey: Survey,
    pub(super) todo: Bits,
    pub(super) kept: Kept,
}

impl Plan {
    /// Every row of the part.
    pub fn all(survey: Survey) -> Self {
        Self { todo: survey.mine.clone(), survey, kept: Kept::default() }
    }

    /// Every row of the part that has no result.
    pub fn rest(survey: Survey, kept: Kept) -> Self {
        let mut todo = survey.mine.clone();
        kept.numbers().for_each(|number| todo.remove(number));
        Self { survey, todo, kept }
    }

    /// The rows whose results have these verdicts, and no others. From here on their results count no more, which the
    /// journal is told.
    pub fn again(
        survey: Survey,
        mut kept: Kept,
        verdicts: &[Verdict],
        journal: &mut Journal,
    ) -> Result<Self, JournalError> {
        let todo = kept.drop_all(verdicts);
        if todo.count() > 0 {
            journal.add(&Entry::Again(verdicts.to_vec()));
            journal.commit()?;
        }
        Ok(Self { survey, todo, kept })
    }

    /// How many rows are graded.
    pub fn left(&self) -> u64 {
        self.todo.count()
    }

    /// How many have a result.
    pub fn kept(&self) -> u64 {
        self.kept.count()
    }

    /// Rows of the part that have no result and get none in this run.
    pub fn left_out(&self) -> u64 {
        self.survey.count().saturating_sub(self.left() + self.kept())
    }

    /// The rows that will have a result.
    pub(super) fn expected(&self) -> Bits {
        let mut expected = self.todo.clone();
        self.kept.numbers().for_each(|number| expected.add(number));
        expected
    }
}
