//! What the plan keeps from being looked into, by type and by name.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use scope_core::capture::{ByCapture, ByDebug, BySerialize, Capture, Strategy};
use scope_core::value::{Limits, ValueWriter, decode_all};
use serde::ser::{Serialize, SerializeStruct, Serializer};

static LIMITS: Limits = Limits { opaque: &["*::Conn", "pool", "Own"], ..Limits::DEFAULT };

fn shown<T: ?Sized, S: Strategy<T>>(value: &T, _: S) -> String {
    let mut buf = [0; 1024];
    let mut w = ValueWriter::new(&mut buf, &LIMITS);
    S::write(value, &mut w);
    let used = w.finish();
    decode_all(&buf[..used]).unwrap()[0].to_string()
}

/// Whoever looks at it is wrong.
struct Conn<T>(T);

impl<T> Debug for Conn<T> {
    fn fmt(&self, _: &mut Formatter<'_>) -> fmt::Result {
        panic!("looked at")
    }
}

impl<T> Serialize for Conn<T> {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("looked at")
    }
}

struct App(Conn<u8>, u8);

impl Serialize for App {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("App", 3)?;
        fields.serialize_field("conn", &self.0)?;
        fields.serialize_field("pool", &self.1)?;
        fields.serialize_field("n", &self.1)?;
        fields.end()
    }
}

struct Own;

impl Capture for Own {
    fn capture(&self, _: &mut ValueWriter<'_>) {
        panic!("looked at")
    }
}

#[test]
fn types_and_fields() {
    let conn = "<Opaque: opaque::Conn<u8>, 1 byte>";
    assert_eq!(shown(&Conn(1u8), ByDebug), conn);
    assert_eq!(shown(&Conn(1u8), BySerialize), conn);
    assert_eq!(shown(&&Conn(1u8), ByDebug), "<Opaque: &opaque::Conn<u8>, 8 bytes>");
    assert!(shown(&Arc::new(Conn(1u8)), ByDebug).starts_with("<Opaque: alloc::sync::Arc<opaque::Conn<u8>"));
    assert_eq!(
        shown(&App(Conn(1), 2), BySerialize),
        format!("App {{ conn: {conn}, pool: <Opaque: u8, 1 byte>, n: 2 }}")
    );
    assert_eq!(shown(&Some(Own), ByCapture), "Some(<Opaque: opaque::Own, 0 bytes>)");
    assert_eq!(shown(&vec![1u8], ByDebug), "[1]");
}
