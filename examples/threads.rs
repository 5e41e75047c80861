//! Three named threads, one attribute.
//!
//!     cargo run --release --example threads
//!
//! Nothing here mentions a recorder: the first probe starts it, and the log is whole when the program ends. It is
//! in `scope-logs/`; each thread has a tree of its own there.

use std::sync::mpsc;
use std::thread;

#[scope::instrument]
mod pipeline {
    use std::sync::mpsc::{Receiver, Sender};

    /// What goes from stage to stage.
    #[derive(Debug)]
    pub struct Word {
        pub text: String,
        pub vowels: usize,
    }

    pub fn read(text: &str, words: Sender<Word>) -> usize {
        let mut sent = 0;
        for text in text.split_whitespace() {
            if words.send(word(text)).is_err() {
                break;
            }
            sent += 1;
        }
        sent
    }

    fn word(text: &str) -> Word {
        Word { text: text.to_lowercase(), vowels: 0 }
    }

    pub fn count(words: Receiver<Word>, counted: Sender<Word>) {
        for word in words {
            let vowels = vowels(&word.text);
            if counted.send(Word { vowels, ..word }).is_err() {
                break;
            }
        }
    }

    fn vowels(text: &str) -> usize {
        text.chars().filter(|c| "aeiou".contains(*c)).count()
    }

    pub fn longest(counted: Receiver<Word>) -> Option<Word> {
        counted.into_iter().max_by_key(|word| word.vowels)
    }
}

const TEXT: &str = "Where the compiler sees one statement the recorder sees an entry a value and an exit";

fn main() -> std::io::Result<()> {
    let (words, read) = mpsc::channel();
    let (counted, results) = mpsc::channel();
    let reader = thread::Builder::new().name("reader".into()).spawn(|| pipeline::read(TEXT, words))?;
    let counter = thread::Builder::new().name("counter".into()).spawn(|| pipeline::count(read, counted))?;
    let finder = thread::Builder::new().name("finder".into()).spawn(|| pipeline::longest(results))?;

    let sent = reader.join().unwrap_or(0);
    let counted = counter.join();
    let longest = finder.join().unwrap_or(None);
    println!("{sent} words, all counted: {}; most vowels: {longest:?}", counted.is_ok());
    println!("The log is the newest file in `scope-logs/`, or where SCOPE_LOG says.");
    println!("Read it: cargo run --release -p scope-dump -- tree LOG");
    Ok(())
}
