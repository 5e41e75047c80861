//! Programs that would break a recorder: each is this binary again, in a process of its own, and what it leaves is looked at.
//!
//! There is no libtest here: a scenario must own `main`, its threads and the allocator. A process that does not end in time is
//! killed, and that is a failure, so that a hang never hangs the tests.

#[cfg(target_os = "linux")]
mod allocator;
#[cfg(target_os = "linux")]
mod child;
#[cfg(target_os = "linux")]
mod crashes;
#[cfg(target_os = "linux")]
mod ends;
#[cfg(target_os = "linux")]
mod environment;
#[cfg(target_os = "linux")]
mod flight;
#[cfg(target_os = "linux")]
mod forks;
#[cfg(target_os = "linux")]
mod full;
#[cfg(target_os = "linux")]
mod gone;
#[cfg(target_os = "linux")]
mod pipeline;
#[cfg(target_os = "linux")]
mod places;
#[cfg(target_os = "linux")]
mod recorders;
#[cfg(target_os = "linux")]
mod segments;
#[cfg(target_os = "linux")]
mod signals;
#[cfg(target_os = "linux")]
mod system;
#[cfg(target_os = "linux")]
mod threads;
#[cfg(target_os = "linux")]
mod tries;
#[cfg(target_os = "linux")]
mod values;

/// A scenario: what the child does, and what the parent makes of it.
#[cfg(target_os = "linux")]
struct Scenario {
    name: &'static str,
    /// In the child. What follows its return is the end of a normal `main`.
    child: fn(),
    /// In the parent: starts the child (by [`child::Child`]) and asserts.
    check: fn(child::Child),
}

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use std::panic::catch_unwind;
    use std::sync::Mutex;
    use std::time::Instant;

    let all: Vec<&Scenario> = [
        allocator::ALL,
        crashes::ALL,
        ends::ALL,
        environment::ALL,
        flight::ALL,
        forks::ALL,
        full::ALL,
        gone::ALL,
        pipeline::ALL,
        places::ALL,
        recorders::ALL,
        segments::ALL,
        signals::ALL,
        threads::ALL,
        tries::ALL,
        values::ALL,
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Ok(name) = std::env::var(child::SCENARIO) {
        let scenario = all.iter().find(|scenario| scenario.name == name).expect("a scenario");
        (scenario.child)();
        return std::process::ExitCode::SUCCESS;
    }
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|arg| arg == "--list") {
        all.iter().for_each(|scenario| println!("{}: test", scenario.name));
        return std::process::ExitCode::SUCCESS;
    }
    // As with libtest: parts of names; its flags mean nothing here.
    let wanted: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
    let todo: Vec<&Scenario> =
        all.into_iter().filter(|s| wanted.is_empty() || wanted.iter().any(|part| s.name.contains(*part))).collect();
    println!("\nrunning {} tests", todo.len());
    let (next, failed) = (Mutex::new(todo.iter()), Mutex::new(Vec::new()));
    let lanes = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 4);
    std::thread::scope(|scope| {
        for _ in 0..lanes {
            scope.spawn(|| {
                loop {
                    let Some(scenario) = next.lock().expect("no panic here").next() else { return };
                    let began = Instant::now();
                    let good = catch_unwind(|| (scenario.check)(child::Child::new(scenario.name))).is_ok();
                    let (verdict, seconds) = (if good { "ok" } else { "FAILED" }, began.elapsed().as_secs_f32());
                    println!("test {} ... {verdict} ({seconds:.1} s)", scenario.name);
                    if !good {
                        failed.lock().expect("no panic here").push(scenario.name);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("no panic here");
    println!("\ntest result: {} passed; {} failed {failed:?}\n", todo.len() - failed.len(), failed.len());
    std::process::ExitCode::from(u8::from(!failed.is_empty()))
}

/// The numbers of signals and limits are those of Linux.
#[cfg(not(target_os = "linux"))]
fn main() {}
