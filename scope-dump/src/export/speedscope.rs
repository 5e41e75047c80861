//! `--to speedscope`: a profile for each thread, of what began and ended when.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::json;

use super::timeline::{Slice, Timeline, Told};
use crate::log::{LogReader, SiteDef, SiteId, ThreadDef, ThreadId};

const SCHEMA: &str = "https://www.speedscope.app/file-format-schema.json";

/// See the module's text.
pub(crate) struct Speedscope<'a> {
    out: &'a mut dyn Write,
    base: u64,
    frames: Vec<SiteId>,
    numbers: HashMap<SiteId, usize>,
    /// In the profile that is being written, if one is: the last time, and whether there is an event.
    profile: Option<(u64, bool)>,
    profiles: u64,
    name: String,
}

impl<'a> Speedscope<'a> {
    /// Begins the document. Times are told from `base`.
    pub fn new(out: &'a mut dyn Write, reader: &LogReader, base: u64) -> io::Result<Self> {
        let process = reader.header();
        let name = format!("{} ({})", process.program, process.pid);
        let exporter = format!("scope-dump {}", env!("CARGO_PKG_VERSION"));
        write!(
            out,
            "{{\"$schema\":\"{SCHEMA}\",\"exporter\":{},\"name\":{},\"profiles\":[",
            json!(exporter),
            json!(name)
        )?;
        let (frames, numbers) = (Vec::new(), HashMap::new());
        Ok(Self { out, base, frames, numbers, profile: None, profiles: 0, name })
    }

    /// Begins the profile of a thread, unless nothing happens there.
    pub fn thread(&mut self, thread: ThreadId, def: Option<&ThreadDef>) -> io::Result<()> {
        self.end_profile()?;
        self.name = match def.and_then(|def| def.name.as_deref()) {
            Some(name) => format!("{name} ({})", thread.0),
            None => format!("thread {}", thread.0),
        };
        Ok(())
    }

    fn begin_profile(&mut self) -> io::Result<()> {
        let separator = if self.profiles == 0 { "" } else { "," };
        self.profiles += 1;
        let name = json!(self.name);
        write!(self.out, "{separator}\n{{\"type\":\"evented\",\"name\":{name},\"unit\":\"nanoseconds\",\"events\":[")
    }

    fn end_profile(&mut self) -> io::Result<()> {
        let Some((end, _)) = self.profile.take() else { return Ok(()) };
        write!(self.out, "\n],\"startValue\":0,\"endValue\":{end}}}")
    }

    /// Ends the document.
    pub fn finish(mut self, reader: &LogReader) -> io::Result<()> {
        self.end_profile()?;
        if self.profiles == 0 {
            // Without any profile speedscope shows nothing, not even that there is nothing.
            self.begin_profile()?;
            self.profile = Some((0, false));
            self.end_profile()?;
        }
        self.out.write_all(b"\n],\"shared\":{\"frames\":[")?;
        for (index, site) in self.frames.iter().enumerate() {
            let separator = if index == 0 { "" } else { "," };
            let frame = match reader.site(*site) {
                Some(SiteDef { function, file, line, .. }) => json!({"name": function, "file": file, "line": line}),
                None => json!({"name": "<unknown function>"}),
            };
            write!(self.out, "{separator}\n{frame}")?;
        }
        self.out.write_all(b"\n]}}\n")
    }

    fn change(&mut self, kind: &str, time: u64, slice: &Slice<'_>) -> io::Result<()> {
        let at = time.saturating_sub(self.base);
        let (mut last, has_events) = match self.profile {
            Some(profile) => profile,
            None => {
                self.begin_profile()?;
                (0, false)
            }
        };
        last = last.max(at);
        self.profile = Some((last, true));
        // 0 is no site.
        let site = slice.site.map_or(SiteId(0), |site| site.id);
        let frame = *self.numbers.entry(site).or_insert_with(|| {
            self.frames.push(site);
            self.frames.len() - 1
        });
        let separator = if has_events { "," } else { "" };
        write!(self.out, "{separator}\n{{\"type\":\"{kind}\",\"frame\":{frame},\"at\":{last}}}")
    }
}

impl Timeline for Speedscope<'_> {
    fn tell(&mut self, _thread: ThreadId, time: u64, told: Told<'_>) -> io::Result<()> {
        match told {
            Told::Begin(slice) => self.change("O", time, &slice),
            Told::End(slice, _) => self.change("C", time, &slice),
            _ => Ok(()),
        }
    }
}

/// Tells of one thread alone.
pub(crate) struct Only<'t> {
    pub thread: ThreadId,
    pub timeline: &'t mut dyn Timeline,
}

impl Timeline for Only<'_> {
    fn tell(&mut self, thread: ThreadId, time: u64, told: Told<'_>) -> io::Result<()> {
        if thread == self.thread { self.timeline.tell(thread, time, told) } else { Ok(()) }
    }
}

/// Counts what would be written, so that the first of all threads can be.
pub(crate) struct Nowhere;

impl Timeline for Nowhere {
    fn tell(&mut self, _: ThreadId, _: u64, _: Told<'_>) -> io::Result<()> {
        Ok(())
    }
}
