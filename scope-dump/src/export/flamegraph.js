// Zooms and searches in a flame graph of scope-dump: each frame is a `g` with its place (`data-x`, `data-w`: parts of the whole) and
// its level (`data-d`).
(() => {
  "use strict";
  const svg = document.documentElement;
  const width = Number(svg.dataset.width);
  const letter = Number(svg.dataset.letter);
  const found = document.getElementById("found");
  const reset = document.getElementById("reset");
  const search = document.getElementById("search");
  const frames = Array.from(document.querySelectorAll("#frames > g"), (g) => ({
    g,
    x: Number(g.dataset.x),
    w: Number(g.dataset.w),
    level: Number(g.dataset.d),
    name: g.dataset.name,
    rect: g.querySelector("rect"),
    text: g.querySelector("text"),
  }));
  let zoomed = null;

  const show = (frame, x, w) => {
    const pixels = w * width;
    frame.g.style.display = pixels < 0.1 ? "none" : "";
    frame.rect.setAttribute("x", (x * width).toFixed(2));
    frame.rect.setAttribute("width", Math.max(pixels - 0.4, 0.1).toFixed(2));
    const room = Math.floor((pixels - 6) / letter);
    frame.text.setAttribute("x", (x * width + 3).toFixed(2));
    frame.text.textContent = room < 3 ? "" : frame.name.length <= room ? frame.name : frame.name.slice(0, room - 1) + "…";
  };

  const zoom = (target) => {
    zoomed = target;
    reset.style.display = target ? "" : "none";
    const [from, part, level] = target ? [target.x, target.w, target.level] : [0, 1, 0];
    for (const frame of frames) {
      const isAround = frame.level < level && frame.x <= from + 1e-9 && frame.x + frame.w >= from + part - 1e-9;
      frame.g.classList.toggle("around", isAround);
      if (isAround) {
        show(frame, 0, 1);
      } else if (frame.level < level || frame.x + frame.w <= from + 1e-12 || frame.x >= from + part - 1e-12) {
        frame.g.style.display = "none";
      } else {
        show(frame, (frame.x - from) / part, frame.w / part);
      }
    }
  };

  const mark = (pattern) => {
    let matches = () => false;
    if (pattern) {
      try {
        const regex = new RegExp(pattern, "i");
        matches = (name) => regex.test(name);
      } catch {
        matches = (name) => name.includes(pattern);
      }
    }
    const spans = [];
    for (const frame of frames) {
      const hit = matches(frame.name);
      frame.g.classList.toggle("hit", hit);
      if (hit) spans.push([frame.x, frame.x + frame.w]);
    }
    spans.sort((a, b) => a[0] - b[0]);
    let [sum, end] = [0, 0];
    for (const [from, to] of spans) {
      if (to > end) {
        sum += to - Math.max(from, end);
        end = to;
      }
    }
    found.textContent = pattern ? `“${pattern}”: ${spans.length} ${spans.length === 1 ? "frame" : "frames"}, ${(sum * 100).toFixed(2)}%` : "";
  };

  const ask = () => {
    const pattern = prompt("Functions whose path matches (a regular expression; empty: none)", "");
    if (pattern !== null) mark(pattern);
  };

  for (const frame of frames) frame.g.addEventListener("click", () => zoom(frame));
  reset.addEventListener("click", () => zoom(null));
  search.addEventListener("click", ask);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && zoomed) zoom(null);
    if (event.key === "f" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    }
  });
  // For tests, and for who wants to drive the picture from a page.
  window.scopeFlames = { frames, zoom, mark };
})();
