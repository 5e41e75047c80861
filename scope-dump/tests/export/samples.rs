//! Every log in every format, as files: what `cargo xtask ci exports` gives to the programs that they are for.

use std::env;
use std::path::PathBuf;

use super::{common, export, golden_log, made_log, text};

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
    for (name, log) in
        [("made", made_log().to_owned()), ("recorded", common::log().to_owned()), ("golden", golden_log())]
    {
        for (format, end) in FORMATS {
            let file = folder.join(format!("{name}.{end}"));
            let path = file.to_str().expect("a plain path");
            let output = export(&log, format, &["--output", path, "--details"]);
            assert_eq!(text(&output), "");
            let printed = export(&log, format, &["--details"]).stdout;
            assert!(!printed.is_empty());
            assert_eq!(std::fs::read(&file).expect("the file"), printed, "{name} as {format}");
        }
    }
}
