//! The line that says where and when a table was made.

use std::process::Command;

/// The processor, its cores, the compiler and the day.
pub fn line() -> String {
    let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = cpus.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or_else(|| "unknown".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let numbers = ["cpu family", "model\t", "stepping"].map(field).join("/");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let (rustc, day) = (output("rustc", "--version"), output("date", "-u"));
    format!("{} (family/model/stepping {numbers}), {cores} cores, {rustc}; {day}", field("model name"))
}

fn output(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    output.map_or_else(|_| format!("{program} unknown"), |o| String::from_utf8_lossy(&o.stdout).trim().to_owned())
}

/// The highest amount of memory that this process had, in bytes.
pub fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().map_or(0.0, |kib| kib * 1024.0)
}
