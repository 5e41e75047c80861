//! Every log, and several as one, in every format, as files: what `cargo xtask ci exports` gives to the programs that they are for.

use std::env;
use std::path::PathBuf;

use super::{common, export, golden_log, made_log, other_log, text};

const FORMATS: [(&str, &str); 7] = [
    ("chrome", "trace.json"),
    ("perfetto", "pftrace"),
    ("folded", "folded.txt"),
    ("flamegraph", "svg"),
    ("speedscope", "speedscope.json"),
    ("json", "json"),
    ("jsonl", "jsonl"),
];

#[test]
fn files_are_written() {
    let own = tempfile::tempdir().expect("a folder");
    let folder = env::var_os("SCOPE_EXPORT_SAMPLES").map_or_else(|| own.path().to_owned(), PathBuf::from);
    // Not beside the recorded one: a float has no nanoseconds of times that are so far apart.
    let other = vec![other_log().to_str().expect("a plain path")];
    for (name, log, more) in [
        ("made", made_log().to_owned(), Vec::new()),
        ("recorded", common::log().to_owned(), Vec::new()),
        ("golden", golden_log(), Vec::new()),
        ("several", made_log().to_owned(), other),
    ] {
        for (format, end) in FORMATS {
            let file = folder.join(format!("{name}.{end}"));
            let path = file.to_str().expect("a plain path");
            let more = [&more[..], &["--details"]].concat();
            let output = export(&log, format, &[&more[..], &["--output", path]].concat());
            assert_eq!(text(&output), "");
            let printed = export(&log, format, &more).stdout;
            assert!(!printed.is_empty());
            assert_eq!(std::fs::read(&file).expect("the file"), printed, "{name} as {format}");
        }
    }
}
