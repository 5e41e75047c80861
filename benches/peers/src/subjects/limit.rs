//! The hand-written limit, with and without a reader.

use crate::limit::{self, Reader};
use crate::subject::{Bare, Calls, Kind, Recording, Subject, nowhere};
use std::path::{Path, PathBuf};

pub const LIMIT: Subject = Subject {
    name: "limit",
    note: "nobody reads its ring",
    calls: Calls {
        nothing: limit::nothing::<false>,
        ints: Some(limit::ints::<false>),
        text: Some(limit::text::<false>),
    },
    start: |_, _| {
        limit::start();
        Box::new(Bare)
    },
    landed: nowhere,
};

pub const READ: Subject = Subject {
    name: "limit with a reader",
    note: "a thread copies the words of a 1 MiB ring to the file; a full ring waits",
    calls: Calls { nothing: limit::nothing::<true>, ints: Some(limit::ints::<true>), text: Some(limit::text::<true>) },
    start: |folder, _| Box::new(Read(Reader::start(folder.join("limit")))),
    landed,
};

/// Walks over the words: a record starts with 1 or 2, and zeros fill the end of a lap.
fn landed(path: &Path, kind: Kind) -> u64 {
    let file = std::fs::read(path).expect("the file");
    let (entry, exit) = match kind {
        Kind::Nothing => (2, 2),
        Kind::Ints => (4, 3),
        Kind::Text => (8, 3),
    };
    let (words, _) = file.as_chunks::<8>();
    let (mut at, mut count) = (0, 0);
    while let Some(word) = words.get(at) {
        let size = match u64::from_ne_bytes(*word) {
            0 => 1,
            1 => entry,
            2 => exit,
            other => panic!("no record starts with {other}"),
        };
        count += u64::from(size > 1);
        at += size;
    }
    count
}

struct Read(Reader);

impl Recording for Read {
    fn settle(&mut self) {
        self.0.settle();
    }

    fn finish(self: Box<Self>) -> Option<PathBuf> {
        Some(self.0.finish())
    }
}
