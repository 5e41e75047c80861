//! Finding the plan, in real folders.

use super::*;

/// A folder with `work/scope.toml` and the crate `work/crates/one`.
fn tree() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let krate = dir.path().join("work/crates/one");
    fs::create_dir_all(&krate).unwrap();
    fs::write(dir.path().join("work/scope.toml"), "plan_id = \"outer\"\n[profile.quiet.defaults]\nlevel = \"none\"")
        .unwrap();
    (dir, krate)
}

fn load_with(krate: &Path, variables: &[(&str, &str)]) -> Result<Loaded, PlanError> {
    load(krate, &|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
}

/// An error's text without the temporary folder.
fn text(error: &PlanError, dir: &tempfile::TempDir) -> String {
    error.to_string().replace(dir.path().to_str().unwrap(), "TMP").replace('\\', "/")
}

#[test]
fn checksums_are_those_of_logs() {
    // RFC 3720, B.4.
    assert_eq!(checksum(b"123456789"), 0xE306_9283);
    assert_eq!(checksum(&[0; 32]), 0x8A91_36AA);
    assert_eq!((checksum(b""), Loaded::default().checksum), (0, 0));
}

#[test]
fn the_nearest_file_above_is_found() {
    let (dir, krate) = tree();
    let loaded = load_with(&krate, &[("SCOPE_PLAN", ""), ("SCOPE_PROFILE", "")]).unwrap();
    assert_eq!(loaded.plan.plan_id.as_deref(), Some("outer"));
    assert_eq!(loaded.path, Some(dir.path().join("work/scope.toml")));
    assert!(loaded.text.starts_with("plan_id"));
    assert_eq!(loaded.checksum, checksum(loaded.text.as_bytes()));

    fs::write(krate.join("scope.toml"), "plan_id = \"inner\"").unwrap();
    assert_eq!(load_with(&krate, &[]).unwrap().plan.plan_id.as_deref(), Some("inner"));
}

#[test]
fn a_variable_names_another_file() {
    let (dir, krate) = tree();
    fs::write(dir.path().join("work/other.toml"), "plan_id = \"other\"").unwrap();
    let loaded = load_with(&krate, &[("SCOPE_PLAN", "../../other.toml")]).unwrap();
    assert_eq!(loaded.plan.plan_id.as_deref(), Some("other"));
    assert!(loaded.path.unwrap().is_absolute());
    let absolute = dir.path().join("work/other.toml");
    assert_eq!(load_with(&krate, &[("SCOPE_PLAN", absolute.to_str().unwrap())]).unwrap().path, Some(absolute));
}

#[test]
fn a_named_file_must_be_there() {
    let (dir, krate) = tree();
    let error = load_with(&krate, &[("SCOPE_PLAN", "missing.toml")]).unwrap_err();
    insta::assert_snapshot!(text(&error, &dir), @"TMP/work/crates/one/missing.toml: the plan that SCOPE_PLAN names does not exist; a relative name starts at the crate's folder");
    let error = load_with(&krate, &[("SCOPE_PLAN", "..")]).unwrap_err();
    insta::assert_snapshot!(text(&error, &dir), @"TMP/work/crates/one/..: the plan that SCOPE_PLAN names is a folder; name the file in it, `scope.toml`");
}

#[test]
fn a_variable_chooses_the_profile() {
    let (dir, krate) = tree();
    let loaded = load_with(&krate, &[("SCOPE_PROFILE", "quiet")]).unwrap();
    assert!(loaded.plan.resolve("one::main").is_empty());
    let error = load_with(&krate, &[("SCOPE_PROFILE", "quite")]).unwrap_err();
    insta::assert_snapshot!(text(&error, &dir), @"TMP/work/scope.toml: no profile `quite`, which SCOPE_PROFILE asks for; did you mean `quiet`? the plan has `quiet`");
    // A folder that has no plan above it can't be made on every machine: the root is the one that surely is there.
    if !Path::new("/scope.toml").exists() && Path::new("/").is_dir() {
        assert_eq!(load_with(Path::new("/"), &[]).unwrap().path, None);
        let error = load_with(Path::new("/"), &[("SCOPE_PROFILE", "quiet")]).unwrap_err();
        assert!(error.to_string().starts_with("no profile `quiet`"), "{error}");
    }
}

#[test]
fn a_file_that_is_no_text_says_where() {
    let (dir, krate) = tree();
    fs::write(krate.join("scope.toml"), b"# one\nplan_id = \"\xff\"").unwrap();
    insta::assert_snapshot!(text(&load_with(&krate, &[]).unwrap_err(), &dir), @"TMP/work/crates/one/scope.toml:2:12: the plan is no UTF-8 text; save it as UTF-8");
}
