#[scope::instrument]
use std::fs;

fn main() {
    let _ = fs::read("");
}
