// Reads the reports in a folder with readers that we did not write, and prints what they read as JSON:
// { "name.tap": {...}, "name.junit.xml": {...}, "name.ctrf.json": {...}, "name.md": {...} }
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { validate } from "ctrf";
import { convertJUnitToCTRFReport } from "junit-to-ctrf";
import MarkdownIt from "markdown-it";
import { Parser } from "tap-parser";

const folder = process.argv[2];
const readers = { ".tap": tap, ".junit.xml": junit, ".ctrf.json": ctrf, ".md": markdown };

// tap-parser, which counts everything that is no TAP as a failure.
function tap(file) {
  const parser = new Parser({ strict: true });
  const points = (from) => {
    const list = [];
    from.on("assert", ({ ok, id, name, skip, todo, diag }) => list.push({ ok, id, name, skip, todo, diag }));
    return list;
  };
  const read = { versions: [], subtests: [], points: points(parser), plans: 0, extra: [], bail: null };
  parser.on("version", (version) => read.versions.push(version));
  parser.on("plan", () => (read.plans += 1));
  parser.on("extra", (extra) => read.extra.push(extra));
  parser.on("bailout", (reason) => (read.bail = reason));
  parser.on("child", (child) => {
    const subtest = { name: child.name, points: points(child), plans: 0, errors: [] };
    child.on("plan", () => (subtest.plans += 1));
    child.on("extra", (extra) => read.extra.push(extra));
    child.on("complete", (results) => (subtest.errors = errors(results)));
    read.subtests.push(subtest);
  });
  parser.on("complete", (results) => Object.assign(read, { ok: results.ok, errors: errors(results) }));
  parser.end(readFileSync(file, "utf8"));
  return read;
}

// What is wrong with the TAP itself.
function errors(results) {
  return results.failures.filter((failure) => failure.tapError).map((failure) => failure.tapError);
}

async function junit(file) {
  const report = await convertJUnitToCTRFReport(file, { useSuiteName: false });
  // Nothing at all for a report without cases.
  return report?.results ?? { tests: [] };
}

function ctrf(file) {
  const report = JSON.parse(readFileSync(file, "utf8"));
  return { ...validate(report), results: report.results };
}

// As forums do it: HTML is allowed, and what looks like an address becomes a link.
function markdown(file) {
  const tokens = new MarkdownIt({ html: true, linkify: true }).parse(readFileSync(file, "utf8"), {});
  const all = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
  const of = (type) => all.filter((token) => token.type === type);
  return {
    links: of("link_open").map((token) => token.attrGet("href")),
    images: of("image").length,
    html: [...of("html_inline"), ...of("html_block")].map((token) => token.content),
    rows: of("tr_open").length,
    cells: of("td_open").length,
    fences: of("fence").length,
    headings: tokens.flatMap((token, at) => (token.type === "heading_open" ? [tokens[at + 1].content] : [])),
  };
}

const read = {};
for (const name of readdirSync(folder).sort()) {
  const reader = Object.entries(readers).find(([ending]) => name.endsWith(ending))?.[1];
  if (reader) read[name] = await reader(join(folder, name));
}
console.log(JSON.stringify(read));
