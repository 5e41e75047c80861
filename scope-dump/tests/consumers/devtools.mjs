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

for (const log of ["made", "recorded", "golden", "several"]) {
  const { traceEvents } = JSON.parse(readFileSync(join(folder, `${log}.trace.json`), "utf8"));
  // What begins and ends on each thread, by our own count.
  const expected = new Map();
  for (const event of traceEvents.filter((event) => event.ph === "B" || event.ph === "E")) {
    const { pid, tid } = event;
    const thread = expected.get(`${pid} ${tid}`) ?? { pid, tid, stack: [], slices: [], deepest: 0 };
    expected.set(`${pid} ${tid}`, thread);
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
  const pids = new Set(traceEvents.map((event) => event.pid));
  assert.equal(pids.size, log === "several" ? 2 : 1);
  assert.deepEqual(new Set(Renderer.processes.keys()), pids);
  assert.equal(Meta.traceIsGeneric, true);
  for (const { pid, tid, stack, slices, deepest } of expected.values()) {
    assert.deepEqual(stack, []);
    const thread = Renderer.processes.get(pid).threads.get(tid);
    const isOf = (event) => event.name === "thread_name" && event.pid === pid && event.tid === tid;
    const name = traceEvents.find(isOf).args.name;
    assert.equal(thread.name, name);
    const calls = thread.entries.filter((entry) => entry.cat === "call" && entry.ph === "X");
    const told = ({ name, ts, dur }) => [name, ts, Math.round(dur * 1000)];
    const sorted = (list) => list.map(told).sort((a, b) => a[1] - b[1] || b[2] - a[2]);
    assert.deepEqual(sorted(calls), sorted(slices), `${log}: thread ${tid} of ${pid}`);
    assert(thread.tree.maxDepth >= deepest, `${log}: ${thread.tree.maxDepth} levels`);
    for (const slice of slices) {
      const call = calls.find((call) => call.name === slice.name && call.ts === slice.ts);
      assert.deepEqual(call.args.args, slice.args.args);
    }
  }
  console.log(`devtools: ${log}: ${expected.size} threads, ${[...expected.values()].flatMap((t) => t.slices).length} slices as written`);
}
