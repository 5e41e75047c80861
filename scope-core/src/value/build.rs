//! Containers, item by item.

use super::Shown;
use super::tags;
use super::writer::ValueWriter;

/// How far a container has come.
#[derive(Debug)]
pub(crate) struct Frame {
    /// It was opened, and not yet ended.
    live: bool,
    /// How many items there are, as far as that is known.
    len: usize,
    written: usize,
    longest: usize,
    more: bool,
}

impl Frame {
    fn new(live: bool, len: Option<usize>, longest: usize) -> Self {
        Self { live, len: len.unwrap_or(0), written: 0, longest, more: false }
    }

    /// Whether the limits allow it at all.
    pub(crate) fn is_live(&self) -> bool {
        self.live
    }

    /// Whether a further item is taken.
    #[inline]
    pub(crate) fn takes(&self, w: &ValueWriter<'_>) -> bool {
        self.live && self.written < self.longest && !w.full
    }

    /// Writes an item; false where none is taken any more.
    #[inline]
    pub(crate) fn item(&mut self, w: &mut ValueWriter<'_>, f: impl FnOnce(&mut ValueWriter<'_>)) -> bool {
        let takes = self.takes(w);
        if takes {
            w.item(f);
            self.written += 1;
        } else {
            self.more = true;
        }
        takes
    }

    /// [`item`](Self::item) for whatever type.
    pub(crate) fn part(&mut self, w: &mut ValueWriter<'_>, part: &dyn Shown) -> bool {
        self.item(w, |w| part.write(w))
    }

    /// Writes a field; false where none is taken any more. The value of a redacted one is not asked for.
    pub(crate) fn field(&mut self, w: &mut ValueWriter<'_>, name: &str, f: impl FnOnce(&mut ValueWriter<'_>)) -> bool {
        if !self.takes(w) || !w.named(tags::FIELD, name, ValueWriter::append) {
            self.more = true;
            w.full = true;
            return false;
        }
        self.written += 1;
        if w.limits.redacts(name) {
            w.item(ValueWriter::redacted)
        } else {
            w.item(f)
        }
        true
    }

    /// Writes the key of an entry; false where none is taken any more. To be followed by [`value`](Self::value).
    pub(crate) fn key(&mut self, w: &mut ValueWriter<'_>, f: impl FnOnce(&mut ValueWriter<'_>)) -> Option<Key> {
        if !self.takes(w) {
            self.more = true;
            return None;
        }
        let from = w.pos;
        w.item(f);
        self.written += 1;
        // A key that is text is a name too.
        let hidden = match w.buf.get(from..w.pos) {
            Some([tags::STR, len, text @ ..]) if text.len() == usize::from(*len) => {
                std::str::from_utf8(text).is_ok_and(|name| w.limits.redacts(name))
            }
            _ => false,
        };
        Some(Key { hidden })
    }

    /// Writes the value of an entry.
    pub(crate) fn value(&mut self, w: &mut ValueWriter<'_>, key: Key, f: impl FnOnce(&mut ValueWriter<'_>)) {
        if w.full {
            // The entry's end says that its value is cut.
        } else if key.hidden {
            w.item(ValueWriter::redacted);
        } else {
            w.item(f);
        }
    }

    /// Ends the container, with a mark where items are missing.
    pub(crate) fn end(&mut self, w: &mut ValueWriter<'_>) {
        if !std::mem::take(&mut self.live) {
            return;
        }
        let omitted = self.len.saturating_sub(self.written) as u64;
        if omitted > 0 {
            let mut mark = [tags::OMITTED; 11];
            let used = 1 + tags::put_varint(&mut mark[1..], omitted);
            // One byte for a mark without a number is kept in any case.
            if !w.append(&mark[..used], &[]) {
                w.push(tags::MORE);
            }
        } else if self.more {
            w.push(tags::MORE);
        }
        w.close();
    }
}

/// The key of an entry whose value is still to be written.
#[derive(Debug)]
pub(crate) struct Key {
    hidden: bool,
}

impl<'a> ValueWriter<'a> {
    pub(crate) fn seq_frame(&mut self, len: Option<usize>) -> Frame {
        self.items_frame(tags::SEQ, len)
    }

    pub(crate) fn tuple_frame(&mut self, len: usize) -> Frame {
        Frame::new(self.container(&[tags::TUPLE], &[]), Some(len), usize::MAX)
    }

    pub(crate) fn map_frame(&mut self, len: Option<usize>) -> Frame {
        self.items_frame(tags::MAP, len)
    }

    fn items_frame(&mut self, tag: u8, len: Option<usize>) -> Frame {
        let longest = self.limits.max_items as usize;
        Frame::new(self.container(&[tag], &[]), len, longest)
    }

    pub(crate) fn struct_frame(&mut self, name: &str, len: usize) -> Frame {
        Frame::new(self.named(tags::STRUCT, name, Self::container), Some(len), usize::MAX)
    }

    pub(crate) fn tuple_struct_frame(&mut self, name: &str, len: usize) -> Frame {
        Frame::new(self.named(tags::TUPLE_STRUCT, name, Self::container), Some(len), usize::MAX)
    }

    /// The variant of an enum: `f` writes its parts, as one value: `()`, a tuple, or a struct without a name.
    pub(crate) fn variant_with(&mut self, name: &str, f: impl FnOnce(&mut Self)) {
        if self.named(tags::VARIANT, name, Self::emit) {
            self.item(f);
        }
    }

    /// [`variant_with`](Self::variant_with) where a container is to be filled later.
    pub(crate) fn variant_frame(&mut self, name: &str, open: impl FnOnce(&mut Self) -> Frame) -> Frame {
        if self.named(tags::VARIANT, name, Self::emit) {
            self.expect_part();
        }
        open(self)
    }

    /// A sequence: arrays, slices, vectors and their like.
    pub fn seq(&mut self, len: Option<usize>) -> ItemsWriter<'_, 'a> {
        ItemsWriter { frame: self.seq_frame(len), w: self }
    }

    /// A set.
    pub fn set(&mut self, len: Option<usize>) -> ItemsWriter<'_, 'a> {
        ItemsWriter { frame: self.items_frame(tags::SET, len), w: self }
    }

    /// A tuple.
    pub fn tuple(&mut self, len: usize) -> ItemsWriter<'_, 'a> {
        ItemsWriter { frame: self.tuple_frame(len), w: self }
    }

    /// A map.
    pub fn map(&mut self, len: Option<usize>) -> EntriesWriter<'_, 'a> {
        EntriesWriter { frame: self.map_frame(len), w: self }
    }

    /// A struct with named fields; without any, a unit struct.
    pub fn structure(&mut self, name: &str) -> FieldsWriter<'_, 'a> {
        FieldsWriter { frame: self.struct_frame(name, 0), w: self }
    }

    /// A tuple struct.
    pub fn tuple_struct(&mut self, name: &str) -> ItemsWriter<'_, 'a> {
        ItemsWriter { frame: self.tuple_struct_frame(name, 0), w: self }
    }

    /// A variant without parts.
    pub fn unit_variant(&mut self, name: &str) {
        self.variant_with(name, ValueWriter::unit);
    }

    /// A variant with unnamed parts, which `f` writes.
    pub fn tuple_variant(&mut self, name: &str, f: impl FnOnce(ItemsWriter<'_, '_>)) {
        self.variant_with(name, |w| f(w.tuple(0)));
    }

    /// A variant with one unnamed part.
    pub(crate) fn variant_of(&mut self, name: &str, part: &dyn Shown) {
        self.tuple_variant(name, |mut items| {
            items.part(part);
            items.finish();
        });
    }

    /// A variant with named fields, which `f` writes.
    pub fn struct_variant(&mut self, name: &str, f: impl FnOnce(FieldsWriter<'_, '_>)) {
        self.variant_with(name, |w| f(w.structure("")));
    }
}

/// The items of a sequence, set, tuple or tuple struct. What the limits leave out is counted.
#[derive(Debug)]
pub struct ItemsWriter<'w, 'a> {
    w: &'w mut ValueWriter<'a>,
    frame: Frame,
}

impl ItemsWriter<'_, '_> {
    /// The next item.
    #[inline]
    pub fn item<T: crate::capture::Capture + ?Sized>(mut self, value: &T) -> Self {
        self.frame.item(self.w, |w| value.capture(w));
        self
    }

    /// Items, as many as the limits allow.
    pub fn items<T: crate::capture::Capture>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        for value in values {
            if !self.frame.item(self.w, |w| value.capture(w)) {
                break;
            }
        }
        self
    }

    /// The next item; false where the limits leave it out.
    pub(crate) fn part(&mut self, part: &dyn Shown) -> bool {
        self.frame.item(self.w, |w| part.write(w))
    }

    /// The next item, which `f` writes; false where the limits leave it out: then it is not called.
    #[inline]
    pub fn item_with(&mut self, f: impl FnOnce(&mut ValueWriter<'_>)) -> bool {
        self.frame.item(self.w, f)
    }

    /// Ends the container. Without it the container still ends in time, but does not tell what it leaves out.
    pub fn finish(mut self) {
        self.frame.end(self.w);
    }
}

/// The entries of a map. A value is redacted where its key is text that `Limits::redacts`.
#[derive(Debug)]
pub struct EntriesWriter<'w, 'a> {
    w: &'w mut ValueWriter<'a>,
    frame: Frame,
}

impl EntriesWriter<'_, '_> {
    /// The next entry, whose key and value the two write; false where the limits leave it out.
    pub fn entry_with(
        &mut self,
        key: impl FnOnce(&mut ValueWriter<'_>),
        value: impl FnOnce(&mut ValueWriter<'_>),
    ) -> bool {
        let key = self.frame.key(self.w, key);
        key.map(|key| self.frame.value(self.w, key, value)).is_some()
    }

    /// The next entry; false where the limits leave it out.
    pub(crate) fn parts(&mut self, key: &dyn Shown, value: &dyn Shown) -> bool {
        self.entry_with(|w| key.write(w), |w| value.write(w))
    }

    /// Ends the map; see [`ItemsWriter::finish`].
    pub fn finish(mut self) {
        self.frame.end(self.w);
    }
}

/// The fields of a struct. A value is redacted where `Limits::redacts` its name.
#[derive(Debug)]
pub struct FieldsWriter<'w, 'a> {
    w: &'w mut ValueWriter<'a>,
    frame: Frame,
}

impl FieldsWriter<'_, '_> {
    /// The next field.
    pub fn field<T: crate::capture::Capture + ?Sized>(self, name: &str, value: &T) -> Self {
        self.field_with(name, |w| value.capture(w))
    }

    /// The next field, whose value `f` writes; it is not called where the field is redacted or left out.
    pub fn field_with(mut self, name: &str, f: impl FnOnce(&mut ValueWriter<'_>)) -> Self {
        self.frame.field(self.w, name, f);
        self
    }

    /// Ends the struct; see [`ItemsWriter::finish`].
    pub fn finish(mut self) {
        self.frame.end(self.w);
    }
}
