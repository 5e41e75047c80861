// speedscope's own importers read what was exported for it: `node speedscope.mjs FOLDER`, where the packages of package.json are beside.
//
// speedscope is published as one bundle for browsers. Its importers need no page: they are reached here by leaving out the bundle's
// last statement, which draws the page, and giving it nothing in place of a document.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import vm from "node:vm";

const folder = process.argv[2];
// Without the line of the bundle that it was on, which is the bundle.
process.on("uncaughtException", (error) => {
  console.error(String(error.stack).slice(0, 4000));
  process.exit(1);
});
// Packages are installed outside of the repository, where the program is started.
const require = createRequire(join(process.cwd(), "package.json"));
const release = join(dirname(require.resolve("speedscope/package.json")), "dist", "release");

function importers() {
  const bundle = readdirSync(release).find((name) => /^speedscope-.*\.js$/.test(name));
  const text = readFileSync(join(release, bundle), "utf8");
  const importer = /\(await (\w+)\)\.importProfileGroupFromText/.exec(text)?.[1];
  const page = /\w+\(\w+\(\w+,null,\w+\(\w+,null\)\),document\.body,[^;]*;\}\)\(\);\s*(\/\/.*\s*)?$/;
  assert(importer && page.test(text), "speedscope's bundle is not as it was: is it another version?");
  // Answers anything that is asked of a browser with itself.
  const nothing = new Proxy(function () {}, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => "" : key === "then" ? undefined : nothing),
    set: () => true,
    apply: () => nothing,
    construct: () => nothing,
  });
  const warnings = [];
  const quiet = { log() {}, time() {}, timeEnd() {}, assert() {}, warn: (...words) => warnings.push(words.join(" ")) };
  const sandbox = { console: { ...quiet, error: quiet.warn } };
  for (const name of ["document", "window", "navigator", "self", "localStorage"]) sandbox[name] = nothing;
  for (const name of ["TextDecoder", "TextEncoder", "setTimeout", "clearTimeout", "performance", "URL"]) sandbox[name] = globalThis[name];
  vm.runInNewContext(text.replace(page, `globalThis.importers = ${importer}; })();`), sandbox);
  return { importers: sandbox.importers, warnings };
}

// The calls of a profile as speedscope sees them: how many frames begin, and their names.
function frames(profile) {
  const seen = { begun: 0, names: new Set(), deepest: 0 };
  let depth = 0;
  profile.forEachCall(
    (node) => {
      seen.begun += 1;
      seen.names.add(node.frame.name);
      seen.deepest = Math.max(seen.deepest, (depth += 1));
    },
    () => (depth -= 1),
  );
  assert.equal(depth, 0);
  return seen;
}

const { importers: promise, warnings } = importers();
const { importProfileGroupFromText } = await promise;
const load = async (name) => {
  const group = await importProfileGroupFromText(name, readFileSync(join(folder, name), "utf8"));
  assert(group && group.profiles.length > 0, `${name}: speedscope finds nothing`);
  return group;
};

const Ajv = require("ajv").default;
const schema = JSON.parse(readFileSync(join(release, "file-format-schema.json"), "utf8"));
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

for (const log of ["made", "recorded", "golden", "several"]) {
  const file = JSON.parse(readFileSync(join(folder, `${log}.speedscope.json`), "utf8"));
  assert(validate(file), `${log}: ${JSON.stringify(validate.errors, null, 1)}`);
  const own = await load(`${log}.speedscope.json`);
  assert.equal(own.profiles.length, file.profiles.length);
  const begun = new Map();
  own.profiles.forEach((profile, index) => {
    const seen = frames(profile);
    assert.equal(profile.getName(), file.profiles[index].name);
    const opened = file.profiles[index].events.filter((event) => event.type === "O");
    // Frames without duration and gap between them are one to speedscope's list of calls; none may be missing.
    assert(seen.begun > 0 && seen.begun <= opened.length, `${log}: ${seen.begun} of ${opened.length}`);
    for (const { frame } of opened) assert(seen.names.has(file.shared.frames[frame].name), `${log}: a frame is missing`);
    begun.set(profile.getName(), seen);
    assert.equal(profile.getTotalWeight(), file.profiles[index].endValue - file.profiles[index].startValue);
  });

  const before = warnings.length;
  const chrome = await load(`${log}.trace.json`);
  // Of threads on which a slice is: as many as in speedscope's own format, with frames as deep.
  assert.equal(chrome.profiles.length, own.profiles.length, `${log}: chrome`);
  // By the numbers of processes and threads: not in our order, where there are several processes.
  const deepest = (all) => [...all].map((seen) => seen.deepest).sort((a, b) => a - b);
  assert.deepEqual(deepest([...chrome.profiles].map(frames)), deepest([...begun.values()]), `${log}: chrome`);
  // It compares all arguments of begin and end, which differ, and then ends the one that is meant.
  const bad = warnings.slice(before).filter((warning) => !/Ending .* instead\.$/s.test(warning));
  assert.deepEqual(bad, [], `${log}: chrome`);

  const text = readFileSync(join(folder, `${log}.folded.txt`), "utf8").trimEnd().split("\n");
  const [folded] = (await load(`${log}.folded.txt`)).profiles;
  const sum = text.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
  assert.equal(folded.getTotalWeight(), sum, `${log}: folded`);
  for (const line of text) {
    for (const name of line.slice(0, line.lastIndexOf(" ")).split(";")) assert(frames(folded).names.has(name), name);
  }
  console.log(`speedscope: ${log}: ${own.profiles.length} profiles, chrome and folded read alike`);
}
