// A browser shows the flame graphs, zooms and searches in them: `node flamegraph.mjs FOLDER BROWSER [PICTURE]`. It is driven over the pipe that
// Chromium has for it, and needs no package. PICTURE: where a screenshot of the first one goes.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, browser, picture] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "scope-browser-"));
const flags = ["--headless", "--window-size=1220,500", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
flags.push("--disable-component-update", "--disable-sync", `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank");
const child = spawn(browser, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const [, , , to, from] = child.stdio;

let [last, rest] = [0, ""];
const waiting = new Map();
from.on("data", (data) => {
  rest += data;
  for (let end; (end = rest.indexOf("\0")) >= 0; rest = rest.slice(end + 1)) {
    const message = JSON.parse(rest.slice(0, end));
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  }
});
const ask = (method, params, sessionId) =>
  new Promise((done, fail) => {
    const id = ++last;
    waiting.set(id, ({ result, error }) => (error ? fail(new Error(`${method}: ${error.message}`)) : done(result)));
    to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  });

async function page(url) {
  const { targetId } = await ask("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
  await ask("Page.enable", {}, sessionId);
  await ask("Page.navigate", { url }, sessionId);
  const run = async (expression) => {
    const { result, exceptionDetails } = await ask("Runtime.evaluate", { expression, returnByValue: true }, sessionId);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  // The picture is there when its script has run.
  for (let tries = 0; !(await run("typeof scopeFlames === 'object'")); tries += 1) {
    assert(tries < 200, `${url}: the script did not run`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return { run, sessionId };
}

const boxes = `scopeFlames.frames.filter((f) => f.g.style.display !== "none").map((f) => {
  const box = f.rect.getBBox();
  return { name: f.name, level: f.level, x: box.x, width: box.width, text: f.text.getComputedTextLength() };
})`;

async function check(log) {
  const { run, sessionId } = await page(pathToFileURL(resolve(folder, `${log}.svg`)).href);
  const all = await run(boxes);
  assert(all.length > 3);
  assert.deepEqual([all[0].name, all[0].level, Math.round(all[0].width)], ["all", 0, 1200]);
  for (const frame of all) {
    assert(frame.x >= -0.01 && frame.x + frame.width <= 1200.1, frame.name);
    assert(frame.text <= frame.width + 1, `${frame.name}: its text is wider than it`);
    // Somewhere below it, what called it.
    const inside = ({ level, x, width }) => level === frame.level - 1 && x <= frame.x + 0.02 && x + width >= frame.x + frame.width - 0.02;
    assert(frame.level === 0 || all.some(inside), `${frame.name} hangs in the air`);
  }
  const leaf = all.find((frame) => frame.level === Math.max(...all.map((frame) => frame.level)));
  const name = JSON.stringify(leaf.name);
  await run(`scopeFlames.zoom(scopeFlames.frames.find((f) => f.name === ${name} && f.level === ${leaf.level}))`);
  const zoomed = await run(boxes);
  const wide = zoomed.find((frame) => frame.name === leaf.name && frame.level === leaf.level);
  assert.equal(Math.round(wide.width), 1200, "what was clicked is as wide as the picture");
  assert(zoomed.length < all.length && zoomed.filter((frame) => frame.level < leaf.level).every((frame) => frame.width > 1199));
  await run("document.getElementById('reset').dispatchEvent(new MouseEvent('click'))");
  assert.deepEqual(await run(boxes), all);
  await run(`scopeFlames.mark(${JSON.stringify(leaf.name.replace(/[^\w:]/g, "."))})`);
  assert.equal(await run("document.querySelectorAll('.hit').length > 0 && /frame/.test(document.getElementById('found').textContent)"), true);
  if (picture && log === "made") {
    const { data } = await ask("Page.captureScreenshot", { format: "png" }, sessionId);
    writeFileSync(picture, Buffer.from(data, "base64"));
  }
  console.log(`browser: ${log}: ${all.length} frames, zoomed and searched`);
}

try {
  for (const log of ["made", "recorded", "golden"]) await check(log);
} finally {
  const closed = new Promise((done) => child.once("exit", done));
  await ask("Browser.close", {}).catch(() => child.kill());
  await closed;
  // Its helpers may still be writing; what is left is in the system's folder for such things.
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  } catch (error) {
    console.log(`browser: ${profile} is left: ${error.code}`);
  }
}
