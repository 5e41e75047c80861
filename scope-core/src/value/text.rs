//! Text: strings, bytes, and what `Debug` prints.

use std::any::Any;
use std::fmt::{self, Write};

use super::deaf::{Refusals, print};
use super::filter::{Step, TextFilter};
use super::tags;
use super::writer::ValueWriter;

/// The longest name of a type, a variant or a field, in bytes.
const MAX_NAME: usize = 200;
/// The longest text of a panic or an error, in bytes.
const MAX_NOTE: usize = 200;
/// What stands in `Debug` text for a redacted value.
const REDACTED: &str = "<redacted>";

impl ValueWriter<'_> {
    /// A string.
    #[inline]
    pub fn str(&mut self, text: &str) {
        let len = text.len();
        let short = len < 0x80 && len <= self.limits.max_string as usize;
        if short && self.pos + 2 + len <= self.limit {
            self.emit(&[tags::STR, len as u8], text.as_bytes());
            return;
        }
        self.long(tags::STR, text.as_bytes(), |at| floor(text, at));
    }

    /// A string of bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.long(tags::BYTES, bytes, |at| at);
    }

    #[cold]
    fn long(&mut self, tag: u8, bytes: &[u8], floor: impl Fn(usize) -> usize) {
        let room = self.limit.saturating_sub(self.pos);
        let longest = self.limits.max_string as usize;
        let total = bytes.len() as u64;
        let mut head = [tag; 21];
        let used = 1 + tags::put_varint(&mut head[1..], total);
        if bytes.len() <= longest && used + bytes.len() <= room {
            self.emit(&head[..used], bytes);
            return;
        }
        // Both tags of a text have the cut one right behind the whole one.
        head[0] = tag + 1;
        let Some(kept) = room.checked_sub(1 + 2 * tags::varint_len(total)) else { return self.refuse() };
        let kept = floor(kept.min(longest).min(bytes.len()));
        let mut used = 1 + tags::put_varint(&mut head[1..], kept as u64);
        used += tags::put_varint(&mut head[used..], total);
        self.emit(&head[..used], &bytes[..kept]);
        if kept + 4 <= longest.min(bytes.len()) {
            self.full = true;
        }
    }

    /// What `Debug` prints, as text; its fields are redacted by name as far as text allows.
    ///
    /// The text stops at the limit, and so does the printing. A panic in it is the caller's: see
    /// [`guarded`](Self::guarded).
    pub fn debug<T: fmt::Debug + ?Sized>(&mut self, value: &T) {
        self.format(tags::DEBUG, format_args!("{value:?}"));
    }

    /// What `Display` prints, as a string.
    pub fn display<T: fmt::Display + ?Sized>(&mut self, value: &T) {
        self.format(tags::STR, format_args!("{value}"));
    }

    fn format(&mut self, tag: u8, args: fmt::Arguments<'_>) {
        if !self.is_open() {
            return;
        }
        if let (tags::STR, Some(text)) = (tag, args.as_str()) {
            return self.str(text);
        }
        let longest = self.limits.max_string as usize;
        // The length goes before the text and is known after it: it gets the room of the longest.
        let width = tags::varint_len(longest as u64);
        let start = self.pos + 1 + width;
        // A cut string also has its whole length behind that, which nobody knows here: 0.
        let whole = start.saturating_add(longest);
        let end = whole.min(self.limit.saturating_sub(1));
        let Some(out) = self.buf.get_mut(start..end).filter(|out| !out.is_empty()) else { return self.refuse() };
        let redact = if tag == tags::DEBUG { self.limits.redact } else { &[] };
        let mut sink = Sink { out, len: 0, cut: false, refusals: Refusals::default(), filter: TextFilter::new(redact) };
        let failed = print(&mut sink, args).is_err();
        let (len, cut) = (sink.len, sink.cut || failed);
        let head = &mut self.buf[self.pos..start];
        head[0] = tag + u8::from(cut);
        padded_varint(&mut head[1..], len as u64);
        let mut text = start..start + len;
        if cut && tag == tags::STR {
            self.buf.copy_within(text.clone(), start + 1);
            self.buf[start] = 0;
            text.end += 1;
        }
        self.complete(text.end);
        if cut && end < whole {
            self.full = true;
        }
    }

    /// A type that nothing is known of but its name and size.
    pub fn opaque<T: ?Sized>(&mut self, value: &T) {
        self.opaque_named(std::any::type_name::<T>(), size_of_val(value) as u64);
    }

    /// [`opaque`](Self::opaque) for a name and a size in bytes of the caller's choice.
    pub fn opaque_named(&mut self, type_name: &str, size: u64) {
        self.opaque_marked(type_name, "", size);
    }

    /// The same with a mark behind the name that says why no more is shown.
    #[cold]
    pub(crate) fn opaque_marked(&mut self, type_name: &str, mark: &str, size: u64) {
        let mut bytes = [0; 10];
        let used = tags::put_varint(&mut bytes, size);
        let name = short_text(type_name, MAX_NAME - mark.len());
        let len = name.len() + mark.len();
        let mut head = [tags::OPAQUE; 3];
        let head_len = 1 + tags::put_varint(&mut head[1..], len as u64);
        if self.is_open() && self.pos + head_len + len + used <= self.limit {
            self.append(&head[..head_len], name.as_bytes());
            self.append(mark.as_bytes(), &[]);
            self.emit(&bytes[..used], &[]);
        } else {
            self.refuse();
        }
    }

    /// A value that is a note: a tag and a short text.
    pub(super) fn short(&mut self, tag: u8, text: &str) {
        let room = self.limit.saturating_sub(self.pos + 3);
        let text = short_text(text, room.min(MAX_NOTE));
        self.named(tag, text, Self::emit);
    }

    /// Hands `put` the tag and the name, ready to be written.
    pub(super) fn named(&mut self, tag: u8, name: &str, put: impl FnOnce(&mut Self, &[u8], &[u8]) -> bool) -> bool {
        let name = short_text(name, MAX_NAME);
        let mut head = [tag; 3];
        let used = 1 + tags::put_varint(&mut head[1..], name.len() as u64);
        put(self, &head[..used], name.as_bytes())
    }
}

/// The message of a panic, where it is text.
pub(crate) fn panic_text(payload: &(dyn Any + Send)) -> &str {
    match payload.downcast_ref::<&'static str>() {
        Some(text) => text,
        None => payload.downcast_ref::<String>().map_or("", String::as_str),
    }
}

/// The last boundary of a character that is not behind `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    // A character has 4 bytes at most, and 0 is a boundary.
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn short_text(text: &str, longest: usize) -> &str {
    &text[..floor(text, longest)]
}

/// Fills `out` with the LEB128 of `value`, padded with empty groups.
fn padded_varint(out: &mut [u8], mut value: u64) {
    let last = out.len().saturating_sub(1);
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = value as u8 & 0x7f | if i < last { 0x80 } else { 0 };
        value >>= 7;
    }
}

/// Whether a byte is inside of a character, behind its first.
fn is_inside(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Pieces of so many bytes are copied one by one.
const SHORT: usize = 12;

/// Longer pieces are looked through no further than there is room for them.
const LONG: usize = 256;

/// Takes text until it is full, and then stops the one who prints.
struct Sink<'b> {
    out: &'b mut [u8],
    len: usize,
    cut: bool,
    refusals: Refusals,
    filter: TextFilter,
}

impl Sink<'_> {
    /// Takes the bytes from `from` to `end`.
    fn take(&mut self, bytes: &[u8], mut from: usize, mut end: usize) -> fmt::Result {
        let room = self.out.len() - self.len;
        if end - from > room {
            self.cut = true;
            end = from + room;
            while end > from && is_inside(bytes[end]) {
                end -= 1;
            }
            // The beginning of a character may have been a piece of its own.
            let mut split = is_inside(bytes[end]);
            while split && self.len > 0 {
                self.len -= 1;
                split = is_inside(self.out[self.len]);
            }
        }
        let (out, mut at) = (&mut *self.out, self.len);
        self.len += end - from;
        if end - from > SHORT {
            out[at..self.len].copy_from_slice(&bytes[from..end]);
        } else {
            // Most pieces are short, and in an unoptimised build what is done with ranges is dear.
            while from < end {
                out[at] = bytes[from];
                at += 1;
                from += 1;
            }
        }
        if self.cut { Err(fmt::Error) } else { Ok(()) }
    }
}

impl Write for Sink<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.cut {
            return Err(self.refusals.another());
        }
        let bytes = text.as_bytes();
        if self.filter.is_idle() {
            return self.take(bytes, 0, bytes.len());
        }
        // What is shown is taken in runs, before each byte that has to be looked at.
        let (mut from, mut at) = (0, 0);
        loop {
            let end =
                if bytes.len() > LONG { bytes.len().min(from + self.out.len() - self.len + 1) } else { bytes.len() };
            at = self.filter.skim(&bytes[..end], at);
            if at > from {
                self.take(bytes, from, at)?;
            }
            if at >= bytes.len() {
                return Ok(());
            }
            from = at;
            at += 1;
            match self.filter.step(bytes[from], self.out, self.len) {
                Step::Show => {}
                Step::ShowAndHide => {
                    self.take(bytes, from, at)?;
                    self.take(REDACTED.as_bytes(), 0, REDACTED.len())?;
                    from = at;
                }
                Step::ShowSpaced => self.take(b" ", 0, 1)?,
                Step::Hide => from = at,
                Step::GiveUp => {
                    self.cut = true;
                    return Err(fmt::Error);
                }
            }
        }
    }
}
