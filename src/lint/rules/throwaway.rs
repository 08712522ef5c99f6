use std::collections::BTreeMap;
#[test]
fn corpus() {
    let mut folders = vec![std::path::PathBuf::from("../shared/corpus")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for e in std::fs::read_dir(folder).unwrap() {
            let p = e.unwrap().path();
            if p.is_dir() { folders.push(p) } else if p.extension().is_some_and(|e| e == "md") { files.push(p) }
        }
    }
    files.sort();
    let linter = crate::lint::Linter::default();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    for p in &files {
        if p.ends_with("README.md") { continue }
        let Ok(text) = std::fs::read_to_string(p) else { continue };
        let s = crate::challenge::Source::new(p.display().to_string(), text);
        let mut codes = std::collections::BTreeSet::new();
        for f in linter.file(&s).findings {
            counts.entry(f.rule.code).or_default().0 += 1;
            codes.insert(f.rule.code);
            let line = s.text.lines().nth(f.span.position.line - 1).unwrap().trim();
            let k = format!("{} {} | {:?} | {}", f.rule.code, f.message, f.help, line);
            *seen.entry(k.clone()).or_default() += 1;
            first.entry(k).or_insert(format!("{}:{}", p.display(), f.span.position.line));
        }
        for c in codes { counts.entry(c).or_default().1 += 1; }
    }
    for (k, (n, f)) in &counts { println!("COUNT {k} {n} in {f} files"); }
    let mut out = String::new();
    for (k, n) in &seen { out.push_str(&format!("{n}x {k} @ {}\n", first[k])); }
    std::fs::write("/tmp/lintjs/report.txt", out).unwrap();
}
