//! A flight recorder: small rings that keep the newest, written out when something goes wrong.
//!
//!     cargo run --release --example flight_recorder
//!
//! A service that runs for months can't log every call. With `drop_oldest` each thread keeps its last moments in memory only, and
//! `scope::snapshot` writes them to a log of their own; so does a panic, a signal or a slow call, where the plan asks for it. What was
//! overwritten is counted, and the tree says where it is missing.

use std::ffi::OsStr;
use std::io::{self, Write};

use scope::{Overflow, Recorder};

#[scope::instrument]
mod service {
    /// Handles a request; one in many thousands is more than it can do.
    pub fn handle(request: u64) -> Result<u64, String> {
        let key = route(request);
        load(key, request)
    }

    fn route(request: u64) -> u64 {
        request.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60
    }

    fn load(shard: u64, request: u64) -> Result<u64, String> {
        if request == 150_000 { Err(format!("shard {shard} is gone")) } else { Ok(request + shard) }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _guard = Recorder::builder().ring_size(32 * 1024).overflow(Overflow::DropOldest).start()?;

    let failed = (1..).find_map(|request| service::handle(request).err().map(|error| (request, error)));
    let Some((request, error)) = failed else { return Ok(()) };
    let log = scope::snapshot(format!("request {request} failed: {error}"))?;
    println!("request {request} failed: {error}\nThe last moments before it:\n");

    let mut tree = Vec::new();
    dump(["tree".as_ref(), log.as_os_str()], &mut tree);
    let tree = String::from_utf8_lossy(&tree);
    let lines: Vec<&str> = tree.lines().collect();
    lines.iter().skip(lines.len().saturating_sub(12)).for_each(|line| println!("{line}"));

    // How much there was, and how much of it was let go.
    println!();
    dump(["info".as_ref(), log.as_os_str()], &mut io::stdout());
    println!("\nThe snapshot: {}", log.display());
    Ok(())
}

/// Shows the log, as the program `scope-dump` does.
fn dump(args: [&OsStr; 2], out: &mut dyn Write) {
    scope_dump::run([OsStr::new("scope-dump")].into_iter().chain(args), out, &mut io::stderr(), false);
}
