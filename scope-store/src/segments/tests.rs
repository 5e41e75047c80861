//! The files of a log, step by step.

use super::*;
use crate::backend::Backend;
use std::fs;

fn config(keep: Option<u32>, max_age: Option<Duration>) -> Config {
    Config { keep, max_age, max_size: 1000, ..Config::default() }
}

/// A folder with a log, whose one segment says `1`.
fn begun(config: &Config) -> (tempfile::TempDir, Segments) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run.scope");
    fs::write(&path, "1").expect("a file");
    (folder, Segments::new(path, Process::default(), config))
}

/// The next segment is ready, and says `text`.
fn ready(segments: &Segments, text: &str) {
    segments.begin().expect("a file").append(text.as_bytes()).expect("room");
}

/// Names and contents of the files of a folder, sorted.
fn files(folder: &tempfile::TempDir) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn the_newest_has_the_path_and_the_oldest_goes() {
    let (folder, mut segments) = begun(&config(Some(2), None));
    for text in ["2", "3", "4", "5"] {
        ready(&segments, text);
        assert!(
            files(&folder).iter().any(|(name, _)| name.ends_with(".next")),
            "under a name that no reader looks for"
        );
        segments.cut().expect("it is cut");
        segments.remove_old();
    }
    let left = [("run.000003.scope", "3"), ("run.000004.scope", "4"), ("run.scope", "5")];
    assert_eq!(files(&folder), pairs(&left));
    assert_eq!(segments.number(), 5);
    assert_eq!(segments.next_process().setting("segment"), Some("6"));
}

#[test]
fn what_others_have_put_there_stays() {
    let (folder, mut segments) = begun(&config(Some(0), None));
    fs::write(folder.path().join("run.000001.scope"), "mine").expect("a file");
    ready(&segments, "2");
    segments.cut().expect("it is cut");
    assert_eq!(files(&folder), pairs(&[("run.000001.scope", "mine"), ("run.000002.scope", "1"), ("run.scope", "2")]));
    segments.remove_old();
    ready(&segments, "3");
    segments.cut().expect("it is cut");
    assert_eq!(files(&folder), pairs(&[("run.000001.scope", "mine"), ("run.000002.scope", "2"), ("run.scope", "3")]));
    // The path itself is never taken from somebody else either.
    ready(&segments, "4");
    segments.replace().expect_err("it is there");
    segments.abandon();
    assert_eq!(files(&folder).last().map(|(_, text)| &**text), Some("3"));
    fs::remove_file(segments.path()).expect("it is there");
    ready(&segments, "4");
    segments.replace().expect("it is free");
    assert_eq!(files(&folder).last(), pairs(&[("run.scope", "4")]).last());
}

#[test]
fn where_the_next_one_is_missing_nothing_changes() {
    let (folder, mut segments) = begun(&config(Some(5), None));
    segments.cut().expect_err("there is none");
    assert_eq!(files(&folder), pairs(&[("run.scope", "1")]));
    // What a process of the same number has left behind.
    ready(&segments, "old");
    ready(&segments, "2");
    segments.cut().expect("it is cut");
    assert_eq!(files(&folder), pairs(&[("run.000001.scope", "1"), ("run.scope", "2")]));
    // The log is gone, and so is what would get a name.
    fs::remove_file(segments.path()).expect("it is there");
    ready(&segments, "3");
    assert_eq!(segments.cut().map_err(|error| error.kind()), Err(io::ErrorKind::NotFound));
}

#[test]
fn when_a_segment_ends() {
    let (_folder, mut segments) = begun(&config(Some(1), None));
    assert_eq!(segments.limit(10), u64::MAX);
    assert!(!segments.is_due(10, 900, 100) && segments.is_due(10, 900, 101) && segments.is_due(10, u64::MAX, u64::MAX));
    assert!(
        !segments.is_due(4000, 4000, 4000) && segments.is_due(4000, 4001, 4000),
        "what it begins with is the larger part"
    );
    assert!(segments.put_off() && !segments.put_off(), "that is told once");
    assert!(!segments.is_due(10, 5000, 0), "not at once again");
    assert_eq!((segments.limit(10), segments.limit(4000)), (2000, 16_000));
    ready(&segments, "2");
    segments.cut().expect("it is cut");
    assert_eq!(segments.limit(10), u64::MAX);
    let (_folder, segments) = begun(&config(None, Some(Duration::ZERO)));
    assert!(segments.is_due(1, 1, 0), "it is old enough");
    let (_folder, segments) = begun(&config(None, None));
    assert!(!segments.is_due(10, 5000, 5000), "one log, which ends");
    assert_eq!(segments.limit(10), 1000);
}

#[test]
fn names_sort_as_they_were_written() {
    let name = |file: &str, number| numbered(Path::new(file), number).to_string_lossy().into_owned();
    assert_eq!(name("logs/run.scope", 1), "logs/run.000001.scope");
    assert_eq!(name("run", 70), "run.000070");
    assert!(name("run.scope", 9) < name("run.scope", 10) && name("run.scope", 99_999) < name("run.scope", 999_999));
}
