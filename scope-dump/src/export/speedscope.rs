//! `--to speedscope`: a profile for each thread, of what began and ended when.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::json;

use super::timeline::{Slice, ThreadKey, Timeline, Told};
use crate::log::SiteId;

const SCHEMA: &str = "https://www.speedscope.app/file-format-schema.json";

/// A function's path, file and line. `None`: they are not known.
type Frame = Option<(String, String, u32)>;

/// See the module's text.
pub(crate) struct Speedscope<'a> {
    out: &'a mut dyn Write,
    base: u64,
    /// Each once, in whichever logs it is.
    frames: Vec<Frame>,
    numbers: HashMap<Frame, usize>,
    /// The frames of sites that were met, by their logs. `None`: one that is not known.
    met: HashMap<Option<(usize, SiteId)>, usize>,
    /// In the profile that is being written, if one is: the last time, and whether there is an event.
    profile: Option<(u64, bool)>,
    profiles: u64,
    name: String,
}

impl<'a> Speedscope<'a> {
    /// Begins the document. Times are told from `base`.
    pub fn new(out: &'a mut dyn Write, name: &str, base: u64) -> io::Result<Self> {
        let exporter = format!("scope-dump {}", env!("CARGO_PKG_VERSION"));
        write!(
            out,
            "{{\"$schema\":\"{SCHEMA}\",\"exporter\":{},\"name\":{},\"profiles\":[",
            json!(exporter),
            json!(name)
        )?;
        let (frames, numbers, met) = (Vec::new(), HashMap::new(), HashMap::new());
        Ok(Self { out, base, frames, numbers, met, profile: None, profiles: 0, name: name.to_owned() })
    }

    /// Begins the profile of a thread that is called so, unless nothing happens there.
    pub fn thread(&mut self, name: String) -> io::Result<()> {
        self.end_profile()?;
        self.name = name;
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
    pub fn finish(mut self) -> io::Result<()> {
        self.end_profile()?;
        if self.profiles == 0 {
            // Without any profile speedscope shows nothing, not even that there is nothing.
            self.begin_profile()?;
            self.profile = Some((0, false));
            self.end_profile()?;
        }
        self.out.write_all(b"\n],\"shared\":{\"frames\":[")?;
        for (index, frame) in self.frames.iter().enumerate() {
            let separator = if index == 0 { "" } else { "," };
            let frame = match frame {
                Some((function, file, line)) => json!({"name": function, "file": file, "line": line}),
                None => json!({"name": "<unknown function>"}),
            };
            write!(self.out, "{separator}\n{frame}")?;
        }
        self.out.write_all(b"\n]}}\n")
    }

    /// The number of the frame that a slice is of.
    fn frame(&mut self, slice: &Slice<'_>) -> usize {
        let Self { frames, numbers, met, .. } = self;
        *met.entry(slice.site.map(|site| (slice.log, site.id))).or_insert_with(|| {
            let frame = slice.site.map(|site| (site.function.clone(), site.file.clone(), site.line));
            *numbers.entry(frame).or_insert_with_key(|frame| {
                frames.push(frame.clone());
                frames.len() - 1
            })
        })
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
        let frame = self.frame(slice);
        let separator = if has_events { "," } else { "" };
        write!(self.out, "{separator}\n{{\"type\":\"{kind}\",\"frame\":{frame},\"at\":{last}}}")
    }
}

impl Timeline for Speedscope<'_> {
    fn tell(&mut self, _: ThreadKey, time: u64, told: Told<'_>) -> io::Result<()> {
        match told {
            Told::Begin(slice) => self.change("O", time, &slice),
            Told::End(slice, _) => self.change("C", time, &slice),
            _ => Ok(()),
        }
    }
}

/// Tells of one thread alone.
pub(crate) struct Only<'t> {
    pub thread: ThreadKey,
    pub timeline: &'t mut dyn Timeline,
}

impl Timeline for Only<'_> {
    fn tell(&mut self, thread: ThreadKey, time: u64, told: Told<'_>) -> io::Result<()> {
        if thread == self.thread { self.timeline.tell(thread, time, told) } else { Ok(()) }
    }
}

/// Counts what would be written, so that the first of all threads can be.
pub(crate) struct Nowhere;

impl Timeline for Nowhere {
    fn tell(&mut self, _: ThreadKey, _: u64, _: Told<'_>) -> io::Result<()> {
        Ok(())
    }
}
