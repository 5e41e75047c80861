//! `--to flamegraph`: a picture of all stacks, in SVG, that zooms and searches by itself.
//!
//! It is written here, with a script of ours: the crate that could do it (`inferno`) brings some ten others and a licence (CDDL) that this
//! repository does not take.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use super::args::Weight;
use super::stacks::{Node, ROOT, Stacks};
use crate::units::{Clean, Duration};

const SCRIPT: &str = include_str!("flamegraph.js");
/// In pixels: the picture, a level, and what is above the frames.
const WIDTH: f64 = 1200.0;
const LEVEL: f64 = 17.0;
const HEAD: f64 = 64.0;
/// The width of a letter at the size of the text.
const LETTER: f64 = 6.7;
/// What is narrower is not drawn.
const NARROW: f64 = 0.05;
/// What is deeper is not drawn.
const LEVELS: usize = 1000;

/// A frame on the picture.
struct Frame {
    node: u32,
    level: usize,
    /// What lies left of it, in the unit of the weight.
    left: u64,
}

/// Writes the picture.
pub(crate) fn write(out: &mut dyn Write, stacks: &Stacks, weight: Weight, title: &str) -> io::Result<()> {
    let totals = stacks.totals();
    let whole = total(&totals, ROOT);
    let Drawn { frames, narrow, deep } = lay_out(stacks, &totals, whole);
    let levels = frames.iter().map(|frame| frame.level + 1).max().unwrap_or(1);
    let height = HEAD + levels as f64 * LEVEL + 8.0;

    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         data-width=\"{WIDTH}\" data-letter=\"{LETTER}\">"
    )?;
    out.write_all(STYLE.as_bytes())?;
    writeln!(out, "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>")?;
    writeln!(out, "<text class=\"title\" x=\"600\" y=\"22\">{}</text>", Xml(title))?;
    let mut note = match weight {
        Weight::Time => format!("width: time spent, {} in all", Duration(whole)),
        Weight::Calls => format!("width: calls, {whole} in all"),
    };
    if narrow > 0 {
        _ = write!(note, "; {narrow} too narrow to draw");
    }
    if deep > 0 {
        _ = write!(note, "; {deep} deeper than {LEVELS} levels");
    }
    if stacks.merged() > 0 {
        _ = write!(note, "; too many distinct stacks: {} calls are together", stacks.merged());
    }
    writeln!(out, "<text x=\"8\" y=\"42\">{}</text>", Xml(&note))?;
    writeln!(out, "<text id=\"reset\" class=\"button\" x=\"8\" y=\"58\" style=\"display:none\">back to all</text>")?;
    writeln!(out, "<text id=\"found\" x=\"600\" y=\"58\"></text>")?;
    writeln!(out, "<text id=\"search\" class=\"button\" x=\"1140\" y=\"42\">search</text>")?;
    writeln!(out, "<g id=\"frames\">")?;
    for frame in &frames {
        let Some(node) = stacks.node(frame.node) else { continue };
        let y = HEAD + (levels - 1 - frame.level) as f64 * LEVEL;
        let value = total(&totals, frame.node);
        draw(out, frame, &Look { name: stacks.name(node), node, value, whole, y, weight })?;
    }
    writeln!(out, "</g>")?;
    writeln!(out, "<script><![CDATA[\n{SCRIPT}]]></script>\n</svg>")
}

struct Drawn {
    frames: Vec<Frame>,
    narrow: u64,
    deep: u64,
}

/// Places the frames: children side by side above their parent, by name.
fn lay_out(stacks: &Stacks, totals: &[u64], whole: u64) -> Drawn {
    let mut drawn = Drawn { frames: Vec::new(), narrow: 0, deep: 0 };
    let mut ahead = vec![Frame { node: ROOT, level: 0, left: 0 }];
    while let Some(frame) = ahead.pop() {
        let Some(node) = stacks.node(frame.node) else { continue };
        let mut left = frame.left;
        for child in stacks.children(node) {
            let value = total(totals, child);
            if part(value, whole) * WIDTH < NARROW {
                drawn.narrow += 1;
            } else if frame.level + 1 >= LEVELS {
                drawn.deep += 1;
            } else {
                ahead.push(Frame { node: child, level: frame.level + 1, left });
            }
            left = left.saturating_add(value);
        }
        drawn.frames.push(frame);
    }
    drawn
}

/// What is shown of a frame.
struct Look<'a> {
    name: &'a str,
    node: &'a Node,
    value: u64,
    whole: u64,
    y: f64,
    weight: Weight,
}

fn draw(out: &mut dyn Write, frame: &Frame, look: &Look<'_>) -> io::Result<()> {
    let (x, w) = match frame.node {
        ROOT => (0.0, 1.0),
        _ => (part(frame.left, look.whole), part(look.value, look.whole)),
    };
    let name = Clean(look.name).to_string();
    let amount = |value| match look.weight {
        Weight::Time => Duration(value).to_string(),
        Weight::Calls => format!("{value} calls"),
    };
    let (all, own) = (amount(look.value), amount(look.node.own));
    let pixels = w * WIDTH;
    writeln!(out, "<g data-x=\"{x:.9}\" data-w=\"{w:.9}\" data-d=\"{}\" data-name=\"{}\">", frame.level, Xml(&name))?;
    writeln!(out, "<title>{}: {all}, {:.2}%; itself {own}</title>", Xml(&name), w * 100.0)?;
    let (left, wide, high) = (x * WIDTH, (pixels - 0.4).max(0.1), LEVEL - 1.0);
    let colour = colour(look.name);
    writeln!(out, "<rect x=\"{left:.2}\" y=\"{}\" width=\"{wide:.2}\" height=\"{high}\" fill=\"{colour}\"/>", look.y)?;
    let room = ((pixels - 6.0) / LETTER).max(0.0) as usize;
    let shown = match name.chars().count() {
        _ if room < 3 => String::new(),
        letters if letters <= room => name,
        _ => name.chars().take(room - 1).chain(['…']).collect(),
    };
    writeln!(out, "<text x=\"{:.2}\" y=\"{}\">{}</text></g>", left + 3.0, look.y + 12.0, Xml(&shown))
}

/// A warm colour that is always the same for a name: names of one module are near each other.
fn colour(name: &str) -> String {
    let hash =
        |text: &str| text.bytes().fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let module = name.rsplit_once("::").map_or("", |(module, _)| module);
    format!("hsl({},{}%,{}%)", 8 + hash(module) % 44, 70 + hash(name) % 20, 62 + hash(name) / 64 % 12)
}

fn total(totals: &[u64], node: u32) -> u64 {
    totals.get(node as usize).copied().unwrap_or_default()
}

fn part(value: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { value as f64 / whole as f64 }
}

/// Text in XML: its controls are escaped before, for XML has none.
struct Xml<'a>(&'a str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Clean(self.0).to_string().chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            // Characters that XML 1.0 forbids.
            '\u{fffe}' | '\u{ffff}' => f.write_str("\u{fffd}"),
            c => f.write_char(c),
        })
    }
}

const STYLE: &str = "<style>
text { font: 11px ui-monospace, Menlo, Consolas, monospace; fill: #222; pointer-events: none; }
.title { font-size: 16px; text-anchor: middle; }
.ground { fill: #fdfbf5; }
.button { fill: #06c; cursor: pointer; pointer-events: all; }
#frames g { cursor: pointer; }
#frames g:hover rect { stroke: #222; stroke-width: 0.6; }
.around { opacity: 0.5; }
.hit rect { fill: #c5f; }
@media (prefers-color-scheme: dark) {
  .ground { fill: #1d1f21; }
  svg > text { fill: #ddd; }
  .button { fill: #6bf; }
}
</style>
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::timeline::{End, Slice, ThreadKey, Timeline, Told};
    use crate::log::{SiteDef, SiteId, SiteKind, ThreadId};

    fn site(name: &str) -> SiteDef {
        let text = || name.to_owned();
        let kind = SiteKind::Function { args: Vec::new() };
        SiteDef {
            id: SiteId(1),
            function: text(),
            module: text(),
            name: text(),
            file: text(),
            line: 1,
            kind,
            names: Vec::new(),
        }
    }

    fn slice(site: &SiteDef) -> Slice<'_> {
        let (call, correlation) = (None, None);
        Slice { call, log: 0, site: Some(site), correlation, args: &[], is_async: false, waits: 0, is_clipped: false }
    }

    fn picture(stacks: &Stacks) -> String {
        let mut out = Vec::new();
        write(&mut out, stacks, Weight::Time, "a & b").expect("a vector takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn what_is_too_narrow_or_too_deep_is_counted() {
        let (wide, narrow) = (site("wide"), site("narrow"));
        let mut stacks = Stacks::new(Weight::Time, None, 10_000);
        let thread = ThreadKey { process: 0, thread: ThreadId(1) };
        let mut tell = |time, told| stacks.tell(thread, time, told).expect("taken");
        tell(0, Told::Begin(slice(&narrow)));
        tell(1, Told::End(slice(&narrow), End::Open));
        (0..1200).for_each(|_| tell(1, Told::Begin(slice(&wide))));
        (0..1200).for_each(|_| tell(1_000_000, Told::End(slice(&wide), End::Open)));
        let picture = picture(&stacks);
        assert!(picture.contains("1 too narrow to draw; 1 deeper than 1000 levels"), "{}", &picture[..2000]);
        assert_eq!(picture.matches("data-name=\"wide\"").count(), LEVELS - 1);
        assert!(picture.contains(">a &amp; b<"));
    }

    #[test]
    fn nothing_is_a_picture_too() {
        let picture = picture(&Stacks::new(Weight::Calls, None, 10));
        assert!(picture.contains("data-name=\"all\"") && picture.ends_with("</svg>\n"));
    }
}
