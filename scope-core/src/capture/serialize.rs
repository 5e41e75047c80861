//! A serde serializer that writes straight into the log, and stops the walk where the limits cut.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize, Serializer};

use super::compound::Compound;
use super::foreign::{self, type_of};
use crate::value::{Shown, ValueWriter};

/// Writes what the `Serialize` of `value` says. A panic in it is the caller's. An error in it stays here: what is around it
/// goes on.
fn write<T: Serialize + ?Sized>(value: &T, w: &mut ValueWriter<'_>) {
    if foreign::is_open(type_of!(value, T), w) {
        let depth = w.depth();
        ended(value.serialize(Ser { w: &mut *w }), depth, w);
    }
}

/// How a walk ended that began at `depth`.
fn ended(end: End, depth: u16, w: &mut ValueWriter<'_>) {
    if let Err(Stop::Failed(reason)) = end {
        w.failed_in(&reason, depth);
    }
}

/// A value, as its `Serialize` says.
pub(super) struct Serialized<'v, T: ?Sized>(pub(super) &'v T);

impl<T: Serialize + ?Sized> Shown for Serialized<'_, T> {
    fn write(&self, w: &mut ValueWriter<'_>) {
        write(self.0, w);
    }
}

/// Why a walk ends before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The limits take no more of it.
    Limit,
    /// The type gave up.
    Failed(String),
}

impl Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Limit => f.write_str("the capture limits are reached"),
            Stop::Failed(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Stop {}

impl ser::Error for Stop {
    fn custom<T: Display>(reason: T) -> Self {
        Stop::Failed(crate::utils::bounded_display(&reason, 200))
    }
}

pub(super) type End = Result<(), Stop>;

/// Serializes one value.
struct Ser<'w, 'a> {
    w: &'w mut ValueWriter<'a>,
}

macro_rules! plain {
    ($($method:ident($type:ty) $write:ident;)*) => {$(
        #[inline]
        fn $method(self, value: $type) -> End {
            self.w.$write(value.into());
            Ok(())
        }
    )*};
}

impl<'w, 'a> Serializer for Ser<'w, 'a> {
    type Ok = ();
    type Error = Stop;
    type SerializeSeq = Compound<'w, 'a>;
    type SerializeTuple = Compound<'w, 'a>;
    type SerializeTupleStruct = Compound<'w, 'a>;
    type SerializeTupleVariant = Compound<'w, 'a>;
    type SerializeMap = Compound<'w, 'a>;
    type SerializeStruct = Compound<'w, 'a>;
    type SerializeStructVariant = Compound<'w, 'a>;

    plain! {
        serialize_bool(bool) bool;
        serialize_i8(i8) int;
        serialize_i16(i16) int;
        serialize_i32(i32) int;
        serialize_i64(i64) int;
        serialize_i128(i128) int128;
        serialize_u8(u8) uint;
        serialize_u16(u16) uint;
        serialize_u32(u32) uint;
        serialize_u64(u64) uint;
        serialize_u128(u128) uint128;
        serialize_f32(f32) f32;
        serialize_f64(f64) f64;
        serialize_char(char) char;
        serialize_str(&str) str;
        serialize_bytes(&[u8]) bytes;
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> End {
        self.w.display(value);
        Ok(())
    }

    fn serialize_none(self) -> End {
        self.w.none();
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> End {
        self.w.some(&Serialized(value));
        Ok(())
    }

    fn serialize_unit(self) -> End {
        self.w.unit();
        Ok(())
    }

    fn serialize_unit_struct(self, name: &'static str) -> End {
        self.w.structure(name).finish();
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> End {
        self.w.unit_variant(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> End {
        let mut items = self.w.tuple_struct(name);
        items.part(&Serialized(value));
        items.finish();
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> End {
        match (name, variant) {
            ("Result", "Ok") => self.w.ok(&Serialized(value)),
            ("Result", "Err") => self.w.err(&Serialized(value)),
            _ => self.w.variant_of(variant, &Serialized(value)),
        }
        Ok(())
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Compound<'w, 'a>, Stop> {
        Compound::begin(self.w, |w| w.seq_frame(len))
    }

    fn serialize_tuple(self, len: usize) -> Result<Compound<'w, 'a>, Stop> {
        Compound::begin(self.w, |w| w.tuple_frame(len))
    }

    fn serialize_tuple_struct(self, name: &'static str, len: usize) -> Result<Compound<'w, 'a>, Stop> {
        Compound::begin(self.w, |w| w.tuple_struct_frame(name, len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Compound<'w, 'a>, Stop> {
        Compound::begin(self.w, |w| w.variant_frame(variant, |w| w.tuple_frame(len)))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Compound<'w, 'a>, Stop> {
        Compound::begin(self.w, |w| w.map_frame(len))
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Compound<'w, 'a>, Stop> {
        Compound::begin(self.w, |w| w.struct_frame(name, len))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Compound<'w, 'a>, Stop> {
        Compound::begin(self.w, |w| w.variant_frame(variant, |w| w.struct_frame("", len)))
    }
}
