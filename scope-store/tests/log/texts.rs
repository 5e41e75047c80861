//! Plans and sources in a log: the bytes stay what they are.

use crate::support;

use scope_store::backend::MemoryBackend;
use scope_store::info::{PlanDef, PlanState};
use scope_store::{LogReader, LogWriter};
use std::path::{Path, PathBuf};

const SOURCE: &str = "fn main() {\n    shop::open();\n    shop::open();\n    shop::open();\n    shop::open();\n}\n";

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v2_texts.scope")
}

fn plans() -> [PlanDef; 3] {
    let known = PlanDef {
        path: "/home/me/scope.toml".to_owned(),
        profile: "deep".to_owned(),
        id: "shop-1".to_owned(),
        checksum: 0x00c0_ffee,
        state: PlanState::Known,
        text: "plan_id = \"shop-1\"\n[profile.deep.defaults]\nlevel = \"full\"\n".to_owned(),
    };
    let changed = PlanDef { path: "/other/scope.toml".to_owned(), state: PlanState::Changed, ..PlanDef::default() };
    [PlanDef::default(), known, changed]
}

fn log() -> Vec<u8> {
    let backend = MemoryBackend::new();
    let mut writer = LogWriter::with_backend(backend.clone(), u64::MAX, &support::process()).unwrap();
    // Known better later.
    let [_, known, _] = plans();
    _ = writer.plan(&PlanDef { state: PlanState::Unreadable, text: String::new(), ..known }).unwrap();
    for plan in plans() {
        _ = writer.plan(&plan).unwrap();
    }
    _ = writer.source("src/main.rs", SOURCE).unwrap();
    _ = writer.source("src/empty.rs", "").unwrap();
    writer.seal(Some(&support::calibration(3000))).unwrap();
    backend.bytes()
}

/// For a new version of the format: then under a new name. `cargo test -p scope-store --test log -- --ignored`
#[test]
#[ignore = "writes the file that the other tests read"]
fn write_golden_texts() {
    assert!(!golden().exists(), "a golden file is never written again");
    std::fs::write(golden(), log()).unwrap();
}

#[test]
fn texts_are_the_same_bytes_and_are_read() {
    let bytes = std::fs::read(golden()).unwrap();
    assert!(log() == bytes, "the format changed: is it a new version?");
    for reader in [LogReader::from_bytes(bytes.clone()), LogReader::scan_bytes(bytes)] {
        let reader = reader.unwrap();
        let [built_in, known, changed] = plans();
        assert_eq!(reader.plan_defs().unwrap(), [known, built_in, changed]);
        let files = [1, 2].map(|at| (plans()[at].path.clone(), plans()[at].text.clone()));
        assert_eq!(reader.plans().unwrap(), files);
        let sources = [("src/main.rs".to_owned(), SOURCE.to_owned()), ("src/empty.rs".to_owned(), String::new())];
        assert_eq!(reader.sources().unwrap(), sources);
        let shown: Vec<String> = reader.plan_defs().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "/home/me/scope.toml (profile `deep`, plan_id `shop-1`, checksum 00c0ffee): its text is in the log",
                "built in, of no file",
                "/other/scope.toml (checksum 00000000): its text is not in the log: the file has changed since the \
                 program was built"
            ]
        );
        assert_eq!(reader.source_line("src/main.rs", 2).as_deref(), Some("    shop::open();"));
    }
}

#[test]
fn a_damaged_text_is_no_text() {
    let bytes = log();
    let whole = LogReader::scan_bytes(bytes.clone()).unwrap();
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x10;
        for reader in [LogReader::from_bytes(bytes.clone()), LogReader::scan_bytes(bytes)].into_iter().flatten() {
            let plans = whole.plan_defs().unwrap();
            // The first frame of one that is told twice may be all that is left.
            let known = |plan: &PlanDef| plans.contains(plan) || plan.state == PlanState::Unreadable;
            assert!(reader.plan_defs().unwrap().iter().all(known), "{at}");
            let sources = whole.sources().unwrap();
            assert!(reader.sources().unwrap().iter().all(|source| sources.contains(source)), "{at}");
        }
    }
}
