//! Runs the rules.

use oxc_allocator::Allocator;

use super::block::{Broken, Role, with_block};
use super::file::File;
use super::finding::{Finding, Findings};
use super::level::{Level, Levels};
use super::rule::{Check, Rule};
use super::rules;
use super::suppress::{self, Suppressions, Used};
use super::tree::{Entry, Tree};
use crate::challenge::Source;

/// What came of one file.
#[derive(Debug)]
pub struct Linted {
    /// What was found, in the order of the file, without what the file says not to report.
    pub findings: Vec<Finding>,
    /// How many findings were suppressed.
    pub suppressed: usize,
    /// What rules about several files need to know of it.
    pub entry: Entry,
}

/// What a file lacks that should have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partner {
    /// It is a translation and has no original.
    Original,
    /// It is an original and has no translation.
    Translation,
}

/// The rules with their levels. Cheap to make; lint many files with one, from as many threads as there are.
#[derive(Debug)]
pub struct Linter {
    levels: Levels,
    /// Those that are not off.
    active: Vec<&'static Rule>,
}

impl Default for Linter {
    fn default() -> Self {
        Self::new(Levels::default())
    }
}

impl Linter {
    /// A linter with those levels.
    pub fn new(levels: Levels) -> Self {
        let active = rules::ALL.iter().copied().filter(|rule| levels.of(rule) != Level::Off).collect();
        Self { levels, active }
    }

    /// Looks at one file by itself.
    pub fn file(&self, source: &Source) -> Linted {
        self.read(&File::new(source))
    }

    /// Looks at a file that was read already.
    pub fn read(&self, file: &File<'_>) -> Linted {
        let mut found = Vec::new();
        for &rule in &self.active {
            if let Check::File(check) = rule.check {
                check(file, &mut Findings::new(rule, &self.levels, &mut found));
            }
        }
        self.blocks(file, &mut found);
        let suppressions = Suppressions::of(file);
        let suppressed = self.finish(&suppressions, &mut found);
        Linted { findings: found, suppressed, entry: entry(file, suppressions) }
    }

    /// Looks at a file by itself and, if there is one, against its original.
    pub fn compare(&self, source: &Source, original: Option<&File<'_>>) -> Linted {
        let file = File::new(source);
        let mut linted = self.read(&file);
        if let Some(original) = original.filter(|original| original.challenge().is_some() && file.challenge().is_some())
        {
            linted.findings.extend(self.translation(original, &file));
            linted.findings.sort_by_key(|finding| (finding.span.start, finding.rule.code));
        }
        linted
    }

    /// Looks at files together. A finding says in [`Finding::file`] which of them it is about.
    pub fn tree(&self, files: &[Entry]) -> Vec<Finding> {
        let tree = Tree { files };
        let mut found = Vec::new();
        for &rule in &self.active {
            if let Check::Tree(check) = rule.check {
                check(&tree, &mut Findings::new(rule, &self.levels, &mut found));
            }
        }
        found.retain(|finding| files.get(finding.file).is_none_or(|entry| !entry.suppressions.hides(finding)));
        found.sort_by_key(|finding| (finding.file, finding.span.start));
        found
    }

    /// Looks at a translation against its original.
    pub fn translation(&self, original: &File<'_>, translated: &File<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        for &rule in &self.active {
            if let Check::Translation(check) = rule.check {
                check(original, translated, &mut Findings::new(rule, &self.levels, &mut found));
            }
        }
        let suppressions = Suppressions::of(translated);
        found.retain(|finding| !suppressions.hides(finding));
        found.sort_by_key(|finding| finding.span.start);
        found
    }

    /// What there is to say about a file without its partner; see [`Pairs`](super::Pairs).
    pub fn partners(&self, file: &File<'_>, lacking: Partner) -> Vec<Finding> {
        let (rule, report): (&'static Rule, fn(&File<'_>, &mut Findings<'_>)) = match lacking {
            Partner::Original => (&rules::no_original::RULE, rules::no_original::report),
            Partner::Translation => (&rules::not_translated::RULE, rules::not_translated::report),
        };
        let mut found = Vec::new();
        if self.levels.of(rule) != Level::Off {
            report(file, &mut Findings::new(rule, &self.levels, &mut found));
            let suppressions = Suppressions::of(file);
            found.retain(|finding| !suppressions.hides(finding));
        }
        found
    }

    fn blocks(&self, file: &File<'_>, found: &mut Vec<Finding>) {
        let hooks = file.hooks();
        let hooks = [
            ("before-all", &hooks.before_all),
            ("before-each", &hooks.before_each),
            ("after-each", &hooks.after_each),
            ("after-all", &hooks.after_all),
        ];
        let hooks = hooks.into_iter().filter_map(|(name, code)| Some((Role::Hook(name), code.as_ref()?)));
        let hints = file.hints().iter().enumerate().map(|(index, hint)| (Role::Hint(index), &hint.code));
        let mut allocator = Allocator::default();
        for (role, code) in hints.chain(hooks) {
            with_block(file, role, code, &allocator, &mut |parsed| match parsed {
                Ok(block) => {
                    for &rule in &self.active {
                        if let Check::Block(check) = rule.check {
                            check(block, &mut Findings::new(rule, &self.levels, found));
                        }
                    }
                }
                Err(Broken { message, range }) => {
                    let rule = &rules::BROKEN;
                    if self.levels.of(rule) != Level::Off {
                        let mut findings = Findings::new(rule, &self.levels, found);
                        rules::broken(code, message, range.clone(), &mut findings);
                    }
                }
            });
            allocator.reset();
        }
    }

    /// Takes out what is suppressed, adds what is wrong with the suppressions, puts all in order.
    fn finish(&self, suppressions: &Suppressions, found: &mut Vec<Finding>) -> usize {
        let before = found.len();
        let mut used = Used::new();
        found.retain(|finding| match suppressions.hiding(finding) {
            Some(index) => {
                used.insert((index, finding.rule.code));
                false
            }
            None => true,
        });
        let suppressed = before - found.len();
        if self.levels.of(&suppress::RULE) != Level::Off {
            suppressions.complaints(&mut Findings::new(&suppress::RULE, &self.levels, found));
        }
        if self.levels.of(&suppress::UNUSED) != Level::Off {
            suppressions.unused(&used, &self.levels, &mut Findings::new(&suppress::UNUSED, &self.levels, found));
        }
        found.sort_by_key(|finding| (finding.span.start, finding.rule.code));
        suppressed
    }
}

fn entry(file: &File<'_>, suppressions: Suppressions) -> Entry {
    let key = |name: &str| {
        let entry = file.front_matter()?.get(name)?;
        Some((entry.value.scalar()?.to_owned(), entry.value_span))
    };
    Entry { name: file.source.name.clone(), id: key("id"), dashed_name: key("dashedName"), suppressions }
}
