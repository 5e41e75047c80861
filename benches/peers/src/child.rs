//! Processes of one measurement each: this program again, told what to do. A global subscriber can't be replaced, and memory that one
//! recorder left behind would be another's.

use std::process::{Command, Stdio};

/// The first argument of such a process.
pub const ARGUMENT: &str = "--child";

/// Runs one, and takes the numbers of each line that it prints.
///
/// # Panics
/// Where it fails: a table with holes would be taken for a result.
pub fn run(arguments: &[&str]) -> Vec<Vec<f64>> {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    command.arg(ARGUMENT).args(arguments).stderr(Stdio::inherit());
    // A server that nobody asked for.
    command.env("HOTPATH_METRICS_SERVER_OFF", "1");
    let output = command.output().expect("a child");
    assert!(output.status.success(), "the child {arguments:?} ended with {}", output.status);
    let text = String::from_utf8(output.stdout).expect("numbers");
    let numbers = |line: &str| line.split_whitespace().map(|word| word.parse().expect("a number")).collect();
    text.lines().map(numbers).collect()
}

/// Prints a line of numbers for `run`.
pub fn tell(numbers: &[f64]) {
    let words: Vec<String> = numbers.iter().map(f64::to_string).collect();
    println!("{}", words.join(" "));
}
