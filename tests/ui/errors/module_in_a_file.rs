// What rustc says before the attribute runs; the README says what to do.
#[scope::instrument]
#[path = "module_in_a_file/parts.rs"]
mod parts;

fn main() {
    parts::f();
}
