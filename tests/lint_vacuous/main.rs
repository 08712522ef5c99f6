//! What `grade lint` says about tests that cannot fail, against the truth: what becomes of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::result_large_err, reason = "a test")]

mod oracle;

#[path = "../support/corpus.rs"]
#[allow(dead_code)]
mod corpus;

#[test]
fn dump() {
    let mut seen = std::collections::HashMap::<String, oracle::Truth>::new();
    let oracle = oracle::Oracle::new();
    let mut out = String::new();
    for era in corpus::ERAS {
        let Some(hints) = corpus::hints(era) else { return };
        for hint in hints {
            let truth = seen.entry(hint.code.clone()).or_insert_with(|| oracle.truth(&hint.code));
            out.push_str(&format!("{} {} there={} honest={} noted={}\n", hint.file, hint.index, truth.passes_there, truth.passes_honestly, truth.noted));
            if std::env::var("TOLD").is_ok() { for t in &truth.told { out.push_str("   "); out.push_str(t); out.push('\n'); } }
        }
    }
    std::fs::write("/tmp/oracle.txt", out).unwrap();
}
