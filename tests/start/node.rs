//! Real Node projects, where there is Node.

use std::path::Path;
use std::process::Command;

use super::{Started, has};

const OWNERS: &str = "handle-a-disconnect";

/// Without a package.
const PLAIN: &str = r"
// io.on('connection', (socket) => { socket.on('disconnect', () => {}); });
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const files = { '/_api/server.js': __filename, '/public/client.js': `${__dirname}/public/client.js` };
createServer((req, res) => {
  res.setHeader('Access-Control-Allow-Origin', '*');
  const file = files[req.url];
  if (!file) return res.writeHead(404).end();
  res.end(readFileSync(file));
}).listen(process.env.PORT);
";

#[test]
fn a_node_project_without_packages() {
    if !has("node") {
        return;
    }
    let project = Started::new();
    super::write(project.path(), "server.js", PLAIN);
    let run = project.run("node server.js", &[OWNERS]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    project.nothing_is_left();
}

/// A process of several threads counts as gone before it has let go of its port.
#[test]
fn it_can_be_started_anew_at_once() {
    if !has("node") {
        return;
    }
    let project = Started::new();
    super::write(project.path(), "server.js", PLAIN);
    let run = project.run("node server.js", &["--repeat", "40", OWNERS]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    project.nothing_is_left();
}

#[test]
fn an_express_project_by_npm_start() {
    if !(has("node") && has("npm")) {
        return;
    }
    let project = Started::new();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/start/express");
    for file in ["package.json", "package-lock.json", "server.js", "helper.js"] {
        std::fs::copy(fixture.join(file), project.path().join(file)).unwrap();
    }
    let installed = Command::new("npm")
        .args(["ci", "--silent", "--no-audit", "--no-fund"])
        .current_dir(project.path())
        .output()
        .unwrap();
    if !installed.status.success() {
        println!("skipped: npm ci: {}", String::from_utf8_lossy(&installed.stderr));
        return;
    }
    let run = project.run("npm start", &[OWNERS]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    project.nothing_is_left();
    // Its folder says the same.
    let run = crate::support::grade(&["--dir", project.path().to_str().unwrap(), OWNERS]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
}
