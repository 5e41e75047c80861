//! What woven code costs the compiler: published crates with an attribute on every function, against the same crates as they are.
//!
//! `cargo run --release --manifest-path benches/build/Cargo.toml -- [--bare] [ROUNDS [CRATE…]]` prints the tables of
//! `docs/build-time.md`: processor time of rustc for the crate alone, in cargo's dev profile as it is, from nothing; `--bare`: without
//! debug info and not incremental. The least of some rounds, interleaved.

mod inject;
mod subject;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::ExitCode;

use subject::{Published, Subject, VARIANTS};

/// Name, version, features.
const CRATES: [Published; 16] = [
    ("httparse", "1.10.1", "default"),
    ("semver", "1.0.28", "default"),
    ("smallvec", "1.16.6", "union,write,const_generics,drain_filter"),
    ("slab", "0.4.12", "default"),
    ("either", "1.19.0", "default"),
    ("anyhow", "1.0.104", "default"),
    ("bytes", "1.12.2", "default"),
    ("itertools", "0.15.0", "default"),
    ("indexmap", "2.14.2", "default"),
    ("winnow", "0.7.15", "default"),
    ("serde_json", "1.0.154", "default"),
    ("regex-syntax", "0.8.12", "default"),
    ("url", "2.5.8", "default"),
    ("async-lock", "3.5.0", "default"),
    ("mini-redis", "0.4.1", ""),
    ("tokio-util", "0.7.20", "full"),
];

/// A rustc that notes what it took for one crate.
const WRAPPER: &str = r#"#!/bin/sh
"$@"
code=$?
case " $* " in *" --crate-name $SUBJECT "*) times > "$TIMES" ;; esac
exit $code
"#;

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let bare = args.first().is_some_and(|arg| arg == "--bare");
    if bare {
        args.remove(0);
    }
    let rounds = args.first().map_or(Some(3), |text| text.parse().ok());
    let Some(rounds) = rounds else {
        eprintln!("usage: build-bench [--bare] [ROUNDS [CRATE…]]");
        return ExitCode::FAILURE;
    };
    match run(rounds, bare, args.get(1..).unwrap_or_default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("build-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(rounds: u32, bare: bool, names: &[String]) -> Result<(), String> {
    let scratch = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/subjects");
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let wrapper = scratch.join("wrapper");
    fs::write(&wrapper, WRAPPER).map_err(|error| error.to_string())?;
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())?;
    println!("| crate | {} |", VARIANTS.map(|variant| variant.name).join(" | "));
    println!("|---|{}", "--:|".repeat(VARIANTS.len()));
    let mut sums = [[0.0; VARIANTS.len()]; 2];
    for of in CRATES.iter().filter(|(name, ..)| names.is_empty() || names.iter().any(|asked| asked == name)) {
        let took = measure(&scratch, of, rounds, bare)?;
        println!("| {} | {} |", of.0, row(&took));
        let [all, common] = &mut sums;
        let add = |sums: &mut [f64; VARIANTS.len()]| {
            sums.iter_mut().zip(&took).for_each(|(sum, took)| *sum += took.unwrap_or(f64::NAN));
        };
        add(all);
        if took.iter().all(Option::is_some) {
            add(common);
        }
    }
    let [all, common] = sums.map(|sums| row(&sums.map(|sum| (!sum.is_nan()).then_some(sum))));
    println!("| sum | {all} |");
    if all != common {
        println!("| sum, of crates that all compile | {common} |");
    }
    Ok(())
}

/// The least seconds for each variant. `None`: it does not compile.
fn measure(scratch: &Path, of: &Published, rounds: u32, bare: bool) -> Result<[Option<f64>; VARIANTS.len()], String> {
    let mut least = [Some(f64::INFINITY); VARIANTS.len()];
    let subjects = VARIANTS.iter().map(|variant| Subject::new(scratch, of, variant)).collect::<Result<Vec<_>, _>>()?;
    // In the first round the dependencies are built, too.
    for round in 0..=rounds {
        for (subject, least) in subjects.iter().zip(&mut least) {
            let Some(before) = *least else { continue };
            *least = match subject.compile(scratch, bare) {
                Ok(took) if round > 0 => Some(before.min(took)),
                Ok(_) => Some(before),
                Err(error) => {
                    let line = error.lines().find(|line| line.starts_with("error")).unwrap_or_default();
                    eprintln!("build-bench: {}: {line}", of.0);
                    None
                }
            };
        }
    }
    Ok(least)
}

/// Seconds, and how many times the first ones they are.
fn row(took: &[Option<f64>]) -> String {
    let plain = took[0].unwrap_or(f64::NAN);
    let cells = took
        .iter()
        .map(|took| took.map_or_else(|| "refused".to_owned(), |took| format!("{took:.2} ({:.2} ×)", took / plain)));
    cells.collect::<Vec<_>>().join(" | ")
}
