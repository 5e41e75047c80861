//! The parts of a value, as serde hands them over one by one.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::foreign::{Type, type_of};
use super::serialize::{End, Serialized, Stop};
use crate::value::{Frame, Key, Refusals, Shown, ValueWriter};

/// A container that is being written.
pub(super) struct Compound<'w, 'a> {
    w: &'w mut ValueWriter<'a>,
    frame: Frame,
    key: Option<Key>,
    refusals: Refusals,
}

impl<'w, 'a> Compound<'w, 'a> {
    /// Opens a container. Where the limits allow none, its parts need not be walked at all.
    pub(super) fn begin(
        w: &'w mut ValueWriter<'a>,
        open: impl FnOnce(&mut ValueWriter<'a>) -> Frame,
    ) -> Result<Self, Stop> {
        let frame = open(w);
        if frame.is_live() { Ok(Self { w, frame, key: None, refusals: Refusals::default() }) } else { Err(Stop::Limit) }
    }

    /// Ends the walk where no further part is taken: the error comes back to `walk`, which lets the parts around go on.
    fn go_on(&mut self, taken: bool) -> End {
        if taken {
            return Ok(());
        }
        self.close();
        _ = self.refusals.another();
        Err(Stop::Limit)
    }

    fn close(&mut self) {
        self.frame.end(self.w);
    }

    fn item(&mut self, value: &dyn Shown) -> End {
        let taken = self.frame.part(self.w, value);
        self.go_on(taken)
    }

    fn field(&mut self, name: &str, value: &dyn Shown, of: Type) -> End {
        let taken = self.frame.field(self.w, name, |w| {
            if w.limits().hides_field(name) { w.opaque_named(of.name, of.size as u64) } else { value.write(w) }
        });
        self.go_on(taken)
    }

    fn key(&mut self, key: &dyn Shown) -> End {
        self.key = self.frame.key(self.w, |w| key.write(w));
        self.go_on(self.key.is_some())
    }

    fn value(&mut self, value: &dyn Shown) {
        if let Some(key) = self.key.take() {
            self.frame.value(self.w, key, |w| value.write(w));
        }
    }

    fn finish(mut self) -> End {
        self.close();
        Ok(())
    }
}

impl SerializeSeq for Compound<'_, '_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> End {
        self.item(&Serialized(value))
    }

    fn end(self) -> End {
        self.finish()
    }
}

impl SerializeTuple for Compound<'_, '_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> End {
        self.item(&Serialized(value))
    }

    fn end(self) -> End {
        self.finish()
    }
}

impl SerializeTupleStruct for Compound<'_, '_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> End {
        self.item(&Serialized(value))
    }

    fn end(self) -> End {
        self.finish()
    }
}

impl SerializeTupleVariant for Compound<'_, '_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> End {
        self.item(&Serialized(value))
    }

    fn end(self) -> End {
        self.finish()
    }
}

impl SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> End {
        self.key(&Serialized(key))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> End {
        self.value(&Serialized(value));
        Ok(())
    }

    fn end(self) -> End {
        self.finish()
    }
}

impl SerializeStruct for Compound<'_, '_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> End {
        self.field(name, &Serialized(value), type_of!(value, T))
    }

    fn end(self) -> End {
        self.finish()
    }
}

impl SerializeStructVariant for Compound<'_, '_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> End {
        self.field(name, &Serialized(value), type_of!(value, T))
    }

    fn end(self) -> End {
        self.finish()
    }
}
