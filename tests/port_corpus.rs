//! How much of the real curriculum ports. Skipped, and says so, where the corpus is not present.

mod support;

use std::collections::BTreeMap;

use grade::port::{Check, compile};
use support::corpus::{ERAS, hints};

#[test]
fn at_least_85_percent_of_the_hints_port_in_every_dialect() {
    for era in ERAS {
        let Some(hints) = hints(era) else { return };
        let (mut with_code, mut ported) = (0, 0);
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for hint in hints {
            match compile(&hint.code) {
                Check::Empty => continue,
                Check::Ported(_) => ported += 1,
                Check::Script(why) => {
                    *reasons.entry(why.reason).or_default() += 1;
                }
                Check::Broken(error) => panic!("{} hint {}: {error}", hint.file, hint.index),
            }
            with_code += 1;
        }
        println!("{era}: {ported} of {with_code} hints port");
        for (reason, count) in &reasons {
            println!("  {count:4}  {reason}");
        }
        assert!(ported * 100 >= with_code * 85, "{era}: only {ported} of {with_code} hints port");
    }
}
