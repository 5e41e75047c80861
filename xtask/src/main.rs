//! The checks of this repository: `cargo xtask ci`.
//!
//! Only std is used, so that a fresh machine has nothing to build before the first check. A step is a
//! function in `steps`; `run` starts programs and times them; `tidy` looks at the files themselves.

#![forbid(unsafe_code)]

mod exports;
mod fuzz;
mod run;
mod steps;
mod tidy;
mod tsan;

use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "\
usage: cargo xtask ci [STEP…]     all checks in order, or only these; the first failure ends it
       cargo xtask list           the steps
       cargo xtask tsan           one of them: ThreadSanitizer (needs a nightly toolchain)
       cargo xtask exports        one of them: what is exported, read by Perfetto's, Chrome's and speedscope's own code (needs npm and pip)
       cargo xtask fuzz [SECONDS] fuzzes what reads foreign bytes, each target for so long (needs a nightly)
       cargo xtask twins [FIRST COUNT]
                                  compares random programs, woven and plain: those of COUNT seeds from FIRST on";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let result = match args.split_first() {
        Some((command, steps)) if command == "ci" => ci(steps),
        Some((command, [])) if command == "list" => {
            steps::ALL.iter().for_each(|step| println!("{:<10} {}", step.name, step.what));
            Ok(())
        }
        Some((command, [])) if command == "tsan" => ci(&["tsan".to_owned()]),
        Some((command, [])) if command == "exports" => ci(&["exports".to_owned()]),
        Some((command, [])) if command == "fuzz" => fuzz::alone("60"),
        Some((command, [seconds])) if command == "fuzz" => fuzz::alone(seconds),
        Some((command, [])) if command == "twins" => twins("1000", "200"),
        Some((command, [first, count])) if command == "twins" => twins(first, count),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Runs `tests/twins/` with other seeds than ci does.
fn twins(first: &str, count: &str) -> Result<(), String> {
    std::env::set_current_dir(run::root()).map_err(|error| format!("xtask: can't enter the repository: {error}"))?;
    let mut command = run::cargo("test --test twins random -- --nocapture");
    command.env("TWINS_FIRST", first).env("TWINS_COUNT", count);
    run::loud(command)
}

/// Runs the steps with these names, or all.
fn ci(names: &[String]) -> Result<(), String> {
    let known = |name: &String| steps::ALL.iter().any(|step| step.name == name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(format!("xtask: there is no step `{unknown}`: `cargo xtask list` names them"));
    }
    std::env::set_current_dir(run::root()).map_err(|error| format!("xtask: can't enter the repository: {error}"))?;
    let chosen: Vec<_> =
        steps::ALL.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)).collect();
    let began = Instant::now();
    for (index, step) in chosen.iter().enumerate() {
        println!("xtask: [{}/{}] {}: {}", index + 1, chosen.len(), step.name, step.what);
        let began = Instant::now();
        let note = (step.run)().map_err(|error| {
            format!("xtask: step `{}` failed: {error}\nxtask: run it alone: cargo xtask ci {}", step.name, step.name)
        })?;
        let note = if note.is_empty() { note } else { format!(": {note}") };
        println!("xtask: {} ok in {:.1} s{note}", step.name, began.elapsed().as_secs_f64());
    }
    println!("xtask: all in {:.1} s", began.elapsed().as_secs_f64());
    println!("steps: {} passed, 0 failed", chosen.len());
    Ok(())
}
