//! Variables that borrow from what is gone.

use std::collections::HashMap;
use std::sync::Mutex;

fn temp() -> String {
    String::new()
}
fn id<T>(x: T) -> T {
    x
}
struct W<'a>(&'a str);

/*@*/
fn read_as_an_argument() {
    let s = String::from("a").as_str();
    println!("{}", s);
}

/*@*/
fn read_by_a_method() {
    let s = temp().trim();
    let n = s.len();
    println!("{s} {n}");
}

/*@*/
fn read_by_a_loop(m: &Mutex<Vec<u8>>) {
    let v = m.lock().unwrap().as_slice(); //- a note where rustc has a suggestion: the loop has the value of the block
    for x in v {
        println!("{x}");
    }
}

/*@*/
fn read_later(c: bool) {
    let v = id(&temp()); //- where it is read may not be reached
    let n = 1;
    if c {
        println!("{n}");
    }
    drop(&v);
}

/*@*/
fn read_in_a_field() {
    let w = W(temp().as_str());
    let n = w.0.len();
    let other = W { 0: temp().as_str() };
    println!("{} {n}", other.0);
}

/*@*/
fn read_in_parts() {
    let (a, b) = (temp().as_str(), 1);
    println!("{}{b}", a);
}

/*@*/
fn read_in_a_text() {
    let p = std::path::PathBuf::from("a").as_path(); //- the whole text
    println!("{p:?}");
}

/*@*/
fn read_behind_a_shadow() {
    let s = temp().as_str();
    let s = s.len();
    println!("{s}");
}

/*@*/
fn read_through_a_pointer() {
    let s = &temp().as_str();
    let s = *s;
    println!("{}", s);
}

/*@*/
fn read_in_a_collection() {
    let mut names = HashMap::new();
    names.insert(temp().as_str(), 1);
    println!("{names:?}");
}

/*@*/
fn assigned() {
    let mut s = "a";
    println!("{s}");
    s = temp().as_str();
    println!("{}", s);
}

/*@*/
fn given_back() -> usize {
    let s = temp().as_str(); //- a note where rustc has a suggestion: the block gives a value
    s.len()
}

fn main() {}
