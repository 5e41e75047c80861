//! `puffin`: scopes inside one frame for every unit of work, and a sink that writes the frames to a file.

use crate::subject::{Calls, Kind, Recording, Subject};
use crate::work;
use puffin::{FrameData, FrameSinkId, GlobalProfiler};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

pub const PUFFIN: Subject = Subject {
    name: "puffin",
    note: "values are one text made by `format!`, without the result; an outer scope for each 1000 calls; frames packed with lz4",
    calls: Calls { nothing, ints: Some(ints), text: Some(text) },
    start,
    landed,
};

fn start(folder: &Path, _: Kind) -> Box<dyn Recording> {
    let path = folder.join("puffin");
    let mut file = File::create(&path).expect("the file");
    file.write_all(b"PUF0").expect("the file is written");
    let file = Arc::new(Mutex::new(BufWriter::new(file)));
    let to = file.clone();
    let sink = GlobalProfiler::lock().add_sink(Box::new(move |frame| {
        let mut file = to.lock().expect("one thread");
        frame.write_into(None, &mut *file).expect("the frame is written");
    }));
    puffin::set_scopes_on(true);
    Box::new(Running { sink, file, path })
}

struct Running {
    sink: FrameSinkId,
    file: Arc<Mutex<BufWriter<File>>>,
    path: PathBuf,
}

impl Recording for Running {
    fn unit(&self, body: &mut dyn FnMut()) {
        puffin::profile_scope!("unit");
        body();
    }

    fn between(&mut self) {
        GlobalProfiler::lock().new_frame();
    }

    fn settle(&mut self) {
        self.between();
    }

    fn finish(self: Box<Self>) -> Option<PathBuf> {
        GlobalProfiler::lock().new_frame();
        GlobalProfiler::lock().remove_sink(self.sink);
        self.file.lock().expect("one thread").flush().expect("the file is written");
        Some(self.path)
    }
}

#[inline(never)]
fn nothing(a: u64, b: u64) -> u64 {
    puffin::profile_function!();
    work(a, b)
}

#[inline(never)]
fn ints(a: u64, b: u64) -> u64 {
    puffin::profile_function!(format!("{a} {b}"));
    work(a, b)
}

#[inline(never)]
fn text(a: u64, b: u64, text: &str) -> u64 {
    puffin::profile_function!(format!("{a} {b} {text}"));
    work(a, b)
}

/// A beginning and an end for each scope, but for the outer one of each frame.
fn landed(path: &Path, _: Kind) -> u64 {
    let file = std::fs::read(path).expect("the file");
    let mut frames = &file[4..];
    let mut count = 0;
    while let Some(frame) = FrameData::read_next(&mut frames).expect("a frame") {
        count += 2 * (frame.meta().num_scopes as u64 - 1);
    }
    count
}
