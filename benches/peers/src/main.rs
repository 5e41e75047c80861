//! What a probe costs, beside the hand-written limit and other recorders: prints tables in Markdown.
//!
//! `peers [probe | end-to-end | percentiles | threads | log]`: all of them, or one.

#![deny(unsafe_code)]

mod child;
mod clock;
mod end_to_end;
mod limit;
mod log;
mod machine;
mod percentiles;
mod probe;
mod states;
mod subject;
mod subjects;
mod threads;

use subject::KINDS;

/// What the functions that are measured do themselves.
#[inline(always)]
fn work(a: u64, b: u64) -> u64 {
    a.wrapping_mul(b) ^ b
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let [child::ARGUMENT, rest @ ..] = &*arguments {
        return measure(rest);
    }
    let parts: &[&str] =
        if arguments.is_empty() { &["probe", "end-to-end", "percentiles", "threads", "log"] } else { &arguments };
    println!("{}\n", machine::line());
    for part in parts {
        match *part {
            "probe" => {
                probe::run();
                states::run();
            }
            "end-to-end" => end_to_end::run(),
            "percentiles" => percentiles::run(),
            "threads" => threads::run(),
            "log" => log::run(),
            other => panic!("there is no part `{other}`"),
        }
    }
}

/// In a process of `child::run`.
fn measure(arguments: &[&str]) {
    let kind = |index: &str| KINDS[index.parse::<usize>().expect("a number")];
    match arguments {
        ["probe", name, index] => probe::measure(name, kind(index)),
        ["end-to-end", name, index, folder] => end_to_end::measure(name, kind(index), folder),
        ["percentiles", name] => percentiles::measure(name),
        ["threads"] => threads::measure(),
        ["log", index, way, folder] => log::measure(kind(index), way, folder),
        ["seek", path] => log::seek(path),
        ["states"] => states::measure(),
        other => panic!("there is no measurement `{other:?}`"),
    }
}
