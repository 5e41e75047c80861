//! What goes to a log of plans and sources, and comes back.

use super::*;
use crate::LogReader;
use crate::backend::MemoryBackend;
use crate::info::Process;
use scope_core::site::{Planned, State};

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// A woven function: what its text says of the plan, and what it has with it.
fn woven(file: &str, line: &str, plan: &'static str, source: &'static str) -> &'static Sites {
    let planned: &'static Planned = Box::leak(Box::new(Planned { plan, source, ..Planned::DEFAULT }));
    let text = leak(format!("shop\t{file}\tf\t7\nL8{line}"));
    Box::leak(Box::new(Sites { text, state: State::planned(planned, |_| {}) }))
}

/// The line of a plan at `path` whose text is `text`.
fn line(path: &str, text: &str) -> String {
    format!("\nP{:08x}\t{path}\tdeep\tshop-1", crc32c::crc32c(text.as_bytes()))
}

/// Tells of the functions, each group by itself.
fn told(max_size: u64, groups: &[&[&'static Sites]]) -> LogReader {
    let backend = MemoryBackend::new();
    let mut writer = LogWriter::with_backend(backend.clone(), max_size, &Process::default()).unwrap();
    let mut texts = Texts::default();
    for group in groups {
        let appended = texts.tell(group.iter().copied(), &mut writer).unwrap();
        assert_eq!(appended, Appended::Written);
    }
    writer.seal(None).unwrap();
    LogReader::from_bytes(backend.bytes()).unwrap()
}

fn states(log: &LogReader) -> Vec<(String, PlanState, String)> {
    log.plan_defs().unwrap().into_iter().map(|plan| (plan.path, plan.state, plan.text)).collect()
}

#[test]
fn a_plan_is_told_once_with_the_text_that_was_in_force() {
    let text = "[defaults]\nlevel = \"full\"\n";
    let gone = line("/nowhere/scope.toml", text);
    let (with, without) = (woven("a.rs", &gone, text, ""), woven("b.rs", &gone, "", ""));
    // Whichever was called first.
    for groups in [&[&[with, without][..], &[without, with]][..], &[&[without, with]], &[&[without], &[with], &[with]]]
    {
        let log = told(u64::MAX, groups);
        assert_eq!(states(&log), [("/nowhere/scope.toml".to_owned(), PlanState::Known, text.to_owned())]);
        let plan = &log.plan_defs().unwrap()[0];
        assert_eq!((&plan.profile[..], &plan.id[..]), ("deep", "shop-1"));
        assert_eq!(plan.checksum, crc32c::crc32c(text.as_bytes()));
    }
    let alone = told(u64::MAX, &[&[without]]);
    assert_eq!(states(&alone), [("/nowhere/scope.toml".to_owned(), PlanState::Unreadable, String::new())]);
}

#[test]
fn a_file_is_believed_while_it_is_the_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scope.toml");
    let path = file.to_str().unwrap();
    std::fs::write(&file, "plan_id = \"shop-1\"").unwrap();
    let same = woven("a.rs", &line(path, "plan_id = \"shop-1\""), "", "");
    assert_eq!(
        states(&told(u64::MAX, &[&[same]])),
        [(path.to_owned(), PlanState::Known, "plan_id = \"shop-1\"".to_owned())]
    );
    let changed = woven("a.rs", &line(path, "plan_id = \"shop-0\""), "", "");
    assert_eq!(states(&told(u64::MAX, &[&[changed]])), [(path.to_owned(), PlanState::Changed, String::new())]);
    let folder = woven("a.rs", &line(folder.path().to_str().unwrap(), ""), "", "");
    assert_eq!(states(&told(u64::MAX, &[&[folder]]))[0].1, PlanState::Unreadable);
}

#[test]
fn no_file_is_the_built_in_plan_and_crates_may_have_different_ones() {
    let [one, two] = ["a = 1", "a = 2"];
    let functions = [
        woven("a.rs", "", "", ""),
        woven("b.rs", &line("/one/scope.toml", one), one, ""),
        woven("c.rs", &line("/two/scope.toml", two), two, ""),
        woven("d.rs", &line("/one/scope.toml", one), "", ""),
        woven("e.rs", "", "", ""),
    ];
    let log = told(u64::MAX, &[&functions]);
    let known = |path: &str, text: &str| (path.to_owned(), PlanState::Known, text.to_owned());
    assert_eq!(
        states(&log),
        [
            (String::new(), PlanState::BuiltIn, String::new()),
            known("/one/scope.toml", one),
            known("/two/scope.toml", two)
        ]
    );
}

#[test]
fn sources_are_told_once_and_their_lines_are_found() {
    let text = leak("fn f() {\n    g();\n}\n".repeat(100));
    let other = leak("fn f() {\n    h();\n}\n".repeat(100));
    // Not the same place in memory.
    let again = leak(text.to_owned());
    let functions = [
        woven("src/a.rs", "", "", text),
        woven("src/a.rs", "", "", text),
        woven("src/a.rs", "", "", again),
        woven("src/b.rs", "", "", other),
        woven("src/a.rs", "", "", other),
        woven("src/c.rs", "", "", ""),
    ];
    let log = told(u64::MAX, &[&functions[..4]]);
    let [a, b] = [("src/a.rs".to_owned(), text.to_owned()), ("src/b.rs".to_owned(), other.to_owned())];
    assert_eq!(log.sources().unwrap(), [a.clone(), b.clone()]);
    for _ in 0..2 {
        assert_eq!(log.source_line("src/a.rs", 2).as_deref(), Some("    g();"));
        assert_eq!(log.source_line("src/b.rs", 299).as_deref(), Some("    h();"));
        assert_eq!([0, 301, u32::MAX].map(|line| log.source_line("src/a.rs", line)), [const { None }; 3]);
        assert_eq!(log.source_line("src/nowhere.rs", 1), None);
    }
    let log = told(u64::MAX, &[&functions]);
    assert_eq!(log.sources().unwrap(), [a, b, ("src/a.rs".to_owned(), other.to_owned())]);
    // Which of the two it is nobody knows.
    assert_eq!((log.source_line("src/a.rs", 1).as_deref(), log.source_line("src/a.rs", 2)), (Some("fn f() {"), None));
}

#[test]
fn a_line_is_read_from_the_disk_where_the_log_has_none() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.rs"), "one\ntwo\n").unwrap();
    let backend = MemoryBackend::new();
    let cwd = folder.path().to_str().unwrap().to_owned();
    let mut writer =
        LogWriter::with_backend(backend.clone(), u64::MAX, &Process { cwd, ..Process::default() }).unwrap();
    writer.seal(None).unwrap();
    let log = LogReader::from_bytes(backend.bytes()).unwrap();
    assert_eq!((log.source_line("a.rs", 2).as_deref(), log.source_line("a.rs", 3)), (Some("two"), None));
    let absolute = folder.path().join("a.rs");
    assert_eq!(log.source_line(absolute.to_str().unwrap(), 1).as_deref(), Some("one"));
}

#[test]
fn texts_leave_room_for_events() {
    let long = leak("x".repeat(30_000));
    let functions = [woven("src/a.rs", &line("/one/scope.toml", long), long, long), woven("src/b.rs", "", "", "short")];
    let log = told(64 << 10, &[&functions]);
    assert_eq!(log.sources().unwrap(), [("src/b.rs".to_owned(), "short".to_owned())]);
    assert_eq!(states(&log)[0].1, PlanState::LeftOut);
    assert_eq!(log.events().filter(|event| !event.as_ref().unwrap().is_bookkeeping()).count(), 0);
    // Compressed.
    let log = told(u64::MAX, &[&functions]);
    assert_eq!(log.plan_defs().unwrap()[0].text, long);
}
