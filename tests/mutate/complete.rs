//! Every hint of the built-in challenges notices something.

use grade::mutate::{Kind, Settings, Verdict};
use grade::verdict::Rules;

use crate::support::{World, built_in, told};

/// What is changed without a look into the answer.
const FROM_OUTSIDE: [Kind; 4] = [Kind::StatusChanged, Kind::Unreadable, Kind::HeaderChanged, Kind::AnswerGiven];

#[test]
fn every_hint_of_the_built_in_blocks_is_failed_by_some_mutant() {
    let mut hints = 0;
    for rules in [Rules::Honest, Rules::Browser] {
        let world = World::complete(rules);
        let settings = Settings { mutants: 40, ..world.settings() };
        for prepared in built_in() {
            let mutated = world.mutate(&prepared, &settings);
            assert_eq!(mutated.hints.len(), prepared.hints.len());
            for (index, hint) in mutated.hints.iter().enumerate() {
                let name = format!("{} hint {} ({rules:?})", prepared.file, index + 1);
                assert_eq!(hint.verdict, Verdict::CanFail, "{name}: {hint:?}");
                let noticed = |outside: bool| -> usize {
                    let kinds = hint.by_kind.iter().filter(|(kind, _)| FROM_OUTSIDE.contains(kind) == outside);
                    kinds.map(|(_, counts)| counts.killed).sum()
                };
                assert!(noticed(false) > 0, "{name} looks at no body: {:?}", hint.by_kind);
                assert_eq!(hint.counts.not_tried, 0, "{name}");
                assert_eq!(hint.counts.tried(), hint.counts.made, "{name}");
                hints += 1;
            }
        }
    }
    assert!(hints >= 2 * 56, "{hints}");
}

#[test]
fn a_seed_means_the_same_whatever_the_number_of_jobs() {
    let world = World::complete(Rules::Honest);
    let find = |name: &str| {
        built_in().into_iter().find(|prepared| prepared.challenge.dashed_name.as_deref() == Some(name)).unwrap()
    };
    for name in ["report-the-status-as-json", "handle-a-disconnect", "serve-the-client-page"] {
        let prepared = find(name);
        let of = |seed, jobs| {
            let settings = Settings { seed, jobs, mutants: 60, ..world.settings() };
            told(&world.mutate(&prepared, &settings))
        };
        let once = of(1, 1);
        assert_eq!(once, of(1, 7), "{name}");
        assert_eq!(once, of(1, 2), "{name}");
        assert_ne!(once, of(2, 2), "{name}");
    }
}
