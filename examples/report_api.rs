//! Reporting by hand, for code that no macro wove: generated code, an interpreter's functions, a callback.
//!
//!     cargo run --release --example report_api
//!
//! It says what woven code says, and costs the same. `scope::utils` has the small tools that go with it.

use std::time::Duration;

use scope::report::{self, Sites};
use scope::utils;

/// A rule of three, with every kind of report.
fn discounted(price: u32, percent: u32) -> Option<u32> {
    static SITES: Sites = scope::sites!(
        discounted(price, percent);
        line, variables(off), expression("price - off"), return
    );
    let call = report::function_entry_with(&SITES, &[&price, &percent]);
    report::line(&SITES, 0);
    let off = price.checked_mul(percent).map(|off| off / 100);
    report::variables(&SITES, 1, &[&off]);
    let rest = off.and_then(|off| price.checked_sub(off));
    report::expression(&SITES, 2, &rest);
    report::function_exit_with(call, 3, &rest);
    rest
}

/// Where only the times matter, entry and exit are enough; a panic would be told too, for the guard is dropped then.
fn nap() {
    static SITES: Sites = scope::sites!(nap());
    let call = report::function_entry(&SITES);
    std::thread::sleep(Duration::from_millis(2));
    report::function_exit(call);
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let guard = scope::init()?;
    let began = utils::monotonic_ns();
    println!("correlation id of this run: {}", utils::CorrelationId::new());
    println!("80 less 25%: {:?}", discounted(80, 25));
    println!("80 less 200%: {:?}", discounted(80, 200));
    nap();
    let took = Duration::from_nanos(utils::monotonic_ns() - began);
    println!("took {}", utils::format_duration(took));

    let log = guard.path().unwrap_or_default();
    guard.finish()?;
    println!("{}: {}", log.display(), utils::format_bytes(std::fs::metadata(&log)?.len()));
    scope_dump::run(
        ["scope-dump".as_ref(), "events".as_ref(), log.as_os_str()],
        &mut std::io::stdout(),
        &mut std::io::stderr(),
        false,
    );
    Ok(())
}
