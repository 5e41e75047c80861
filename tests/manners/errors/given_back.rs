//! Borrows that are given back in one branch, and what is borrowed then used behind it.

use std::collections::HashMap;

/*@*/
fn given_back_by_one_arm(map: &mut HashMap<u32, String>) -> &mut String {
    match map.get_mut(&1) {
        Some(value) => value,
        None => {
            map.insert(1, String::new());
            map.get_mut(&1).unwrap()
        }
    }
}

/*@*/
fn given_back_before<'m>(map: &'m mut HashMap<u32, String>) -> Option<&'m mut String> {
    if let Some(value) = map.get_mut(&1) {
        return Some(value);
    }
    map.insert(1, String::new());
    map.get_mut(&1)
}

/*@*/
fn given_back_in_a_loop(map: &mut HashMap<u32, String>) -> &mut String {
    loop {
        if let Some(value) = map.get_mut(&1) {
            return value;
        }
        map.insert(1, String::new());
    }
}

/*@*/
fn given_back_by_name(v: &mut Vec<u8>) -> &mut u8 {
    let first = v.first_mut();
    if let Some(first) = first {
        return first;
    }
    v.push(1);
    v.first_mut().unwrap()
}

fn main() {}
