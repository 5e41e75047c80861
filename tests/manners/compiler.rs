//! Asks the compiler what it says of a source.

use crate::rustc::Rustc;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

/// rustc, or clippy, with what a crate that uses `scope` links.
pub struct Compiler {
    rustc: Rustc,
    folder: tempfile::TempDir,
}

/// One thing that the compiler said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The line that it is about, from 1.
    pub line: u64,
    /// From where to where, in columns of the lines.
    pub places: String,
    /// The lint, or the error's code.
    pub code: String,
    pub text: String,
    /// All of it, as it is shown to the user; without what names the macro.
    pub shown: String,
}

/// How a source is compiled.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    pub name: &'a str,
    pub source: &'a str,
    pub edition: &'a str,
    /// With clippy, and these lints as warnings.
    pub lints: Option<&'a [&'a str]>,
    /// Lints that are forbidden.
    pub forbidden: &'a [&'a str],
    /// What is put in the place of the marks; `None`: nothing.
    pub level: Option<&'a str>,
    /// The name of the facade where it has another one, and a path to it.
    pub renamed: Option<(&'a str, &'a str)>,
    /// Whether it does not know the crate.
    pub alone: bool,
}

/// Where the attribute goes: a line of its own.
const MARK: &str = "/*@*/";

impl Compiler {
    pub fn get() -> &'static Self {
        static COMPILER: OnceLock<Compiler> = OnceLock::new();
        COMPILER.get_or_init(|| Self { rustc: Rustc::new("manners"), folder: tempfile::tempdir().expect("a folder") })
    }

    /// Whether clippy is there.
    pub fn has_clippy(&self) -> bool {
        self.rustc.has("clippy-driver")
    }

    /// What the compiler says of a source.
    pub fn says(&self, job: Job<'_>) -> Vec<Said> {
        let Job { name, source, edition, lints, forbidden, level, renamed, alone } = job;
        let facade = renamed.map_or("scope", |(facade, _)| facade);
        let path = renamed.map_or_else(String::new, |(_, path)| format!(", crate = {path}"));
        let attribute =
            level.map_or_else(String::new, |level| format!("#[{facade}::instrument(level = \"{level}\"{path})]"));
        let kind = format!("{name}-{edition}-{}-{}", level.unwrap_or("plain"), lints.is_some());
        let folder = tempfile::tempdir_in(self.folder.path()).expect("a folder");
        let folder = folder.path().join(kind);
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join(name).with_extension("rs");
        // Even the plain one knows the crate: with more crates around, rustc names some things by longer paths.
        let known = if alone { String::new() } else { format!("\nuse {facade} as _;\n") };
        std::fs::write(&file, source.replace(MARK, &attribute) + &known).expect("a source");
        // What rustc computes it only does on its way to code.
        let emit = if lints.is_some() { "--emit=metadata" } else { "--emit=metadata,mir" };
        let tool = if lints.is_some() { "clippy-driver" } else { "rustc" };
        let mut command = self.rustc.command(tool, edition, facade);
        command
            .args(["--crate-type=lib", emit, "--error-format=json", "--out-dir"])
            .arg(&folder)
            .args(lints.unwrap_or_default().iter().flat_map(|lint| ["-W", lint]))
            .args(forbidden.iter().flat_map(|lint| ["-F", lint]))
            .arg(&file)
            .env("CARGO_MANIFEST_DIR", &folder)
            .env("CARGO_CRATE_NAME", name);
        let output = command.output().expect("the compiler runs");
        let mut said: Vec<_> = String::from_utf8_lossy(&output.stderr).lines().filter_map(Said::read).collect();
        for said in &mut said {
            let shown = said.shown.replace(&*folder.to_string_lossy(), "").replace(MARK, "");
            said.shown = without_notes(&if attribute.is_empty() { shown } else { shown.replace(&attribute, "") });
        }
        assert!(said.iter().all(|said| said.code != "E0463"), "{command:?}: {said:?}");
        said
    }
}

impl Compiler {
    /// The page of rustdoc's on `item` of a source, with the attribute at the marks.
    pub fn page(&self, source: &str, item: &str) -> String {
        let folder = tempfile::tempdir_in(self.folder.path()).expect("a folder");
        let file = folder.path().join("documented.rs");
        std::fs::write(&file, source.replace(MARK, "#[scope::instrument(level = \"full\")]")).expect("a source");
        let mut command = self.rustc.command("rustdoc", "2024", "scope");
        command.arg("--out-dir").arg(folder.path()).arg(&file);
        let output = command.env("CARGO_MANIFEST_DIR", folder.path()).output().expect("rustdoc runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read_to_string(folder.path().join("documented").join(item)).expect("a page")
    }
}

impl Said {
    fn read(line: &str) -> Option<Self> {
        let message: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("the compiler broke: {line}"));
        let spans: Vec<&Value> =
            message["spans"].as_array()?.iter().filter(|span| span["is_primary"] == true).collect();
        // Without a place it only counts the others.
        let line = spans.first()?["line_start"].as_u64()?;
        let place = |span: &&Value| {
            let at = |key: &str| span[key].as_u64().unwrap_or(0);
            format!("{}:{}-{}:{}", at("line_start"), at("column_start"), at("line_end"), at("column_end"))
        };
        let places: BTreeSet<String> = spans.iter().map(place).collect();
        Some(Self {
            line,
            places: places.into_iter().collect::<Vec<_>>().join(" "),
            code: message["code"]["code"].as_str().unwrap_or("error").to_owned(),
            text: message["message"].as_str().unwrap_or_default().to_owned(),
            shown: message["rendered"].as_str().unwrap_or_default().to_owned(),
        })
    }
}

/// The mark of lines of which the compiler says something else.
pub const OTHERWISE: &str = "//~ ";

/// What the compiler shows, without the notes that name the macro, and without lines of dots and bars alone.
fn without_notes(shown: &str) -> String {
    let names_macro = |line: &&str| {
        line.contains("originates in the attribute macro") || line.ends_with(" in this attribute macro expansion")
    };
    let says = |line: &&str| line.contains(|c: char| !c.is_numeric() && !"| .".contains(c));
    let lines = shown.lines().filter(|line| !names_macro(line)).filter(says);
    lines.map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Runs `each` for all items, on a few threads.
pub fn for_all<T: Sync>(items: &[T], each: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let take = || {
        let mut wrong = Vec::new();
        while let Some(item) = items.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            wrong.extend(each(item));
        }
        wrong
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(4);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    })
}

/// The sources in a folder beside this file, by name.
pub fn sources(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manners").join(folder);
    let files = std::fs::read_dir(folder).expect("sources").map(|file| file.expect("a source").path());
    let mut sources: Vec<_> = files
        .map(|path| {
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
            (name, std::fs::read_to_string(&path).expect("a source"))
        })
        .collect();
    sources.sort();
    sources
}

/// Compares what was said of a source with and without the attribute, by `key`.
///
/// On lines with one of these marks and a reason it may be something else, and then it has to be.
pub fn differences(job: Job<'_>, marks: &[&str], key: impl Fn(&Said) -> String) -> Vec<String> {
    let is_marked = |line: &str| marks.iter().any(|mark| line.contains(mark));
    let compiler = Compiler::get();
    let plain = compiler.says(Job { level: None, ..job });
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    // The other editions differ in what stands between the probes, if anywhere.
    let levels: &[&str] = if job.edition == "2021" { &["boundaries", "detailed", "full"] } else { &["full"] };
    for level in levels {
        let woven = compiler.says(Job { level: Some(level), ..job });
        let keys = |said: &[Said]| {
            let mut times = BTreeMap::new();
            let each = said.iter().map(|said| {
                let time = times.entry((said.line, key(said))).and_modify(|times| *times += 1).or_insert(1_u8);
                (said.line, format!("{}{}", key(said), if *time == 1 { "" } else { " (again)" }))
            });
            each.collect::<BTreeSet<_>>()
        };
        let (before, after) = (keys(&plain), keys(&woven));
        let lost = before.difference(&after).map(|said| (said, "lost"));
        for ((line, said), what) in lost.chain(after.difference(&before).map(|said| (said, "new"))) {
            if job.source.lines().nth(*line as usize - 1).is_some_and(is_marked) {
                seen.insert(*line);
            } else {
                wrong.push(format!("{} {} at {level}: {what}: {said}", job.name, job.edition));
            }
        }
    }
    let all = job.edition == "2021";
    let known = (1..).zip(job.source.lines()).filter(|(_, line)| all && is_marked(line));
    wrong.extend(known.filter(|(line, _)| !seen.contains(line)).map(|(line, text)| {
        format!("{} {}: line {line} is as without the attribute: {}", job.name, job.edition, text.trim())
    }));
    wrong
}
