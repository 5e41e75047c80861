// Chrome's own trace engine (that of the DevTools' performance panel) reads what was exported for it: `node devtools.mjs FOLDER`, where
// the packages of package.json are beside.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const require = createRequire(join(process.cwd(), "package.json"));
const load = (path) => import(pathToFileURL(require.resolve(path)).href);
await load("@paulirish/trace_engine/core/platform/platform.js");
const { Processor } = await load("@paulirish/trace_engine");

for (const log of ["made", "recorded", "golden"]) {
  const { traceEvents } = JSON.parse(readFileSync(join(folder, `${log}.trace.json`), "utf8"));
  // What begins and ends on each thread, by our own count.
  const expected = new Map();
  for (const event of traceEvents.filter((event) => event.ph === "B" || event.ph === "E")) {
    const thread = expected.get(event.tid) ?? { stack: [], slices: [], deepest: 0 };
    expected.set(event.tid, thread);
    if (event.ph === "B") {
      const slice = { name: event.name, ts: event.ts, args: event.args };
      thread.stack.push(slice);
      thread.slices.push(slice);
      thread.deepest = Math.max(thread.deepest, thread.stack.length);
    } else {
      const slice = thread.stack.pop();
      slice.dur = event.ts - slice.ts;
    }
  }

  const processor = Processor.TraceProcessor.createWithAllHandlers();
  await processor.parse(structuredClone(traceEvents), {});
  const { Renderer, Meta } = processor.data;
  const [pid] = Renderer.processes.keys();
  assert.equal(Renderer.processes.size, 1);
  assert.equal(pid, traceEvents[0].pid);
  assert.equal(Meta.traceIsGeneric, true);
  const threads = Renderer.processes.get(pid).threads;
  for (const [tid, { stack, slices, deepest }] of expected) {
    assert.deepEqual(stack, []);
    const thread = threads.get(tid);
    const name = traceEvents.find((event) => event.name === "thread_name" && event.tid === tid).args.name;
    assert.equal(thread.name, name);
    const calls = thread.entries.filter((entry) => entry.cat === "call" && entry.ph === "X");
    const told = ({ name, ts, dur }) => [name, ts, Math.round(dur * 1000)];
    const sorted = (list) => list.map(told).sort((a, b) => a[1] - b[1] || b[2] - a[2]);
    assert.deepEqual(sorted(calls), sorted(slices), `${log}: thread ${tid}`);
    assert(thread.tree.maxDepth >= deepest, `${log}: ${thread.tree.maxDepth} levels`);
    for (const slice of slices) {
      const call = calls.find((call) => call.name === slice.name && call.ts === slice.ts);
      assert.deepEqual(call.args.args, slice.args.args);
    }
  }
  console.log(`devtools: ${log}: ${expected.size} threads, ${[...expected.values()].flatMap((t) => t.slices).length} slices as written`);
}
