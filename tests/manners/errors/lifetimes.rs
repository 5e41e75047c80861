//! Lifetimes in what is given back: of the `impl`, of `Self`, and of the function.
#![allow(unused)]
use std::collections::HashMap;

trait Lends {
    type Item;
    fn lend(&mut self) -> Option<Self::Item>;
    fn all(&self) -> Vec<Self::Item>;
}
#[derive(Clone)]
struct Options<'a, T> {
    name: &'a str,
    rest: T,
}
#[derive(Clone, Copy)]
struct Pair<'a>(&'a str, &'a str);
enum Either<'a> {
    Left(&'a str),
    Right { of: &'a str },
    Neither,
}
struct Parser<'a> {
    text: &'a str,
    owned: String,
    seen: HashMap<String, Pair<'a>>,
}
fn used<T>(x: T) {}

impl<'a, T: Clone> Options<'a, T> {
    /*@*/
    fn of(name: &str, rest: T) -> Self {
        Self { name, rest } //~ at the field
    }
    /*@*/
    fn of_local(rest: T) -> Self {
        let name = String::new();
        Self { name: &name, rest } //~ E0597: `Self` says its lifetimes where it is made
    }
    /*@*/
    fn renamed(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.name = name;
        other
    }
    /*@*/
    fn of_some(name: &str, rest: T) -> Option<Self> {
        if name.is_empty() {
            return None;
        }
        Some(Self { name, rest })
    }
    /*@*/
    fn of_parts(self, name: &str) -> Result<Self, String> {
        let _ = self.name.parse::<u8>().map_err(|e| e.to_string())?;
        Ok(Options { name, rest: self.rest })
    }
    /*@*/
    fn wrong(name: &'a str, rest: T) -> Self {
        Self { name: 1, rest }
    }
    /*@*/
    fn wrong_field(name: &'a str, rest: T) -> Self {
        Self { nam: name, rest }
    }
    /*@*/
    fn wrong_rest(name: &'a str) -> Self {
        Self { name, rest: 1_u8 }
    }
}
impl<'a> Pair<'a> {
    /*@*/
    fn of(one: &'a str, other: &str) -> Self {
        Self(one, other) //~ at the field
    }
    /*@*/
    fn too_few(one: &'a str) -> Self {
        Self(one)
    }
    /*@*/
    fn of_local() -> Vec<Self> {
        let text = String::new();
        vec![Self(&text, "")]
    }
    /*@*/
    fn both(self) -> (Self, &'a str) {
        let text = String::new();
        (self, &text)
    }
}
impl<'a> Either<'a> {
    /*@*/
    fn right(of: &str) -> Self {
        Self::Right { of } //~ at the field
    }
    /*@*/
    fn unknown(of: &'a str) -> Self {
        Self::Middle(of)
    }
}
impl<'a> Parser<'a> {
    /*@*/
    fn word(&self) -> Option<&'a str> {
        Some(&self.owned)
    }
    /*@*/
    fn words(&self) -> Vec<&'a str> {
        self.owned.split(' ').collect()
    }
    /*@*/
    fn pair(&mut self, key: &str) -> Option<Pair<'a>> {
        let text = self.text.to_owned();
        if let Some(pair) = self.seen.get(key) {
            return Some(*pair);
        }
        Some(Pair(&text, self.text))
    }
    /*@*/
    fn result(&self, key: &str) -> Result<Pair<'a>, String> {
        let one = key.split(' ').next().ok_or("none")?;
        Ok(Pair(one, self.text))
    }
    /*@*/
    fn wrong(&self) -> Option<Pair<'a>> {
        Some(self.text)
    }
    /*@*/
    fn wrong_result(&self) -> Result<Pair<'a>, String> {
        if self.text.is_empty() {
            return Err("empty");
        }
        Ok(self.text)
    }
    /*@*/
    fn undeclared(&self) -> Option<&'b str> {
        Some(self.text)
    }
    /*@*/
    fn lists(&self) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        Box::new(self.owned.split(' '))
    }
}
impl<'a> Lends for Parser<'a> {
    type Item = Pair<'a>;
    /*@*/
    fn lend(&mut self) -> Option<Self::Item> {
        let text = String::new();
        let pair = Pair(&text, self.text);
        Some(pair)
    }
    /*@*/
    fn all(&self) -> Vec<Self::Item> {
        Vec::from([Pair(&self.owned, self.text)])
    }
}
impl<'a> Iterator for Parser<'a> {
    type Item = &'a str;
    /*@*/
    fn next(&mut self) -> Option<&'a str> {
        Some(&self.owned)
    }
}
impl<'a> Default for Either<'a> {
    /*@*/
    fn default() -> Self {
        Some(Self::Neither)
    }
}
/*@*/
fn of_function<'a, 'b>(one: &'a str, other: &'b str) -> Option<&'a str> {
    Some(other)
}
/*@*/
fn of_function_pair<'a, 'b>(one: &'a str, other: &'b str) -> Pair<'a> {
    let pair = Pair(one, other);
    pair
}

fn main() {}
