//! Types that are open until rustc gives literals a type, behind the last place where a strategy can be chosen. That it compiles is most of
//! the test.

#![deny(warnings, unused, unreachable_code)]
#![forbid(unsafe_code)]

use std::ops::Div;

use scope_core::capture::late::answer;
use scope_core::capture::{Pick, Residual, Strategy};
use scope_core::value::{Limits, ValueWriter, decode_all};

fn write(f: impl FnOnce(&mut ValueWriter<'_>)) -> String {
    let mut buf = [0xff; 512];
    let mut w = ValueWriter::new(&mut buf, &Limits::DEFAULT);
    f(&mut w);
    let used = w.finish();
    let values = decode_all(&buf[..used]).expect("what was written can be read");
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn show<T: ?Sized, S: Strategy<T>>(_: &Pick<T, S>, value: &T, w: &mut ValueWriter<'_>) {
    S::write(value, w);
}

fn leaves<T: ?Sized, S: Residual<T>>(value: &T, _: &Pick<T, S>) -> Option<String> {
    S::leaves(value).then(|| write(|w| S::write(value, w)))
}

/// Nothing can be shown of it.
struct Blank;

/// Something can.
#[derive(Debug)]
struct Seen;

/// Something can be shown of it if it can be of what is in it.
#[derive(Debug)]
struct Around<T> {
    #[expect(dead_code, reason = "it is there to be shown")]
    it: T,
}

macro_rules! divided {
    ($($ty:ident by $($by:ty)*;)*) => {$($(
        impl Div<$by> for $ty {
            type Output = Self;

            fn div(self, _: $by) -> Self {
                self
            }
        }
    )*)*};
}
divided! {
    Blank by f32 f64 u8 i32;
    Seen by f32 f64;
}

/// What the macro weaves behind a body with numbers whose type is not written.
macro_rules! late {
    ($value:expr) => {{
        let pick = Pick::new();
        let value = $value;
        let text = write(|w| show(&pick, &value, w));
        settled!(pick.__scope_settle_late(answer() as &_, answer() as &_, answer() as &_));
        text
    }};
}

macro_rules! left {
    ($value:expr) => {{
        let pick = Pick::new();
        let left = leaves(&$value, &pick);
        settled!(pick.__scope_settle_residual_late(answer() as &_, answer() as &_));
        left
    }};
}

macro_rules! settled {
    ($settled:expr) => {
        #[allow(unreachable_code, reason = "that is its use")]
        'never: {
            break 'never;
            $settled;
        }
    };
}

#[test]
fn open_types_are_shown_as_what_they_are_in_the_end() {
    for blank in [late!(Blank / 2.0), late!(Blank / 2), late!(vec![Blank / 2.0]), late!(Some(vec![(1, Blank / 2.0)]))] {
        assert!(blank.contains("Blank"), "{blank}");
    }
    assert_eq!(late!(Seen / 2.0), "Seen");
    assert_eq!(late!((1, "x", Seen / 2.0)), r#"(1, "x", Seen)"#);
    assert_eq!(late!(Some(&(Seen / 2.0))), "Some(Seen)");
    assert_eq!(late!(Some(Some(vec![[Seen / 2.0]]))), "Some(Some([[Seen]]))");
    assert_eq!(late!(Around { it: Some(Seen / 2.0) }), "Around { it: Some(Seen) }");
    assert!(late!(Around { it: Some(Blank / 2.0) }).contains("Around<"));
    assert_eq!(late!(std::iter::once(Seen / 2.0).next_back()), "Some(Seen)");
    assert!(late!(std::iter::once(Blank / 2.0)).contains("Once"));
    assert!(late!([Ok::<_, Blank>(Around { it: Seen / 2.0 }), Err(Blank)]).contains("Result"));
    assert_eq!(late!(Ok::<_, Blank>(Around { it: Seen / 2.0 })), "Ok(Around { it: Seen })");
    assert!(late!(Ok::<_, Around<u8>>(Blank / 2.0)).starts_with("Ok(<"));
    assert_eq!(late!(2 << (8u8 >> 1)), "32");
}

#[test]
fn what_is_known_is_shown() {
    assert_eq!(late!((0u8 << 1, "x")), r#"(0, "x")"#);
    assert_eq!(late!(vec![1u64 << 2]), "[4]");
    assert_eq!(late!(2.0), "2.0");
    assert_eq!(late!(vec![1, 2]), "[1, 2]");
    assert_eq!(late!(Seen / 2.0f32), "Seen");
    assert_eq!(late!(Some(Seen / 2.0f64)), "Some(Seen)");
    assert_eq!(late!((1, vec![Some(2)])), "(1, [Some(2)])");
    assert_eq!(late!((1, 2.0, "x", 'y')), r#"(1, 2.0, "x", 'y')"#);
    assert_eq!(late!((0..3).map(|x| x * 2).collect::<Vec<_>>()), "[0, 2, 4]");
    let by = 2.0;
    let text = late!({
        let _: f32 = by;
        Seen / by
    });
    assert_eq!(text, "Seen");
}

#[test]
fn errors_are_shown_as_what_they_are_in_the_end() {
    assert!(left!(Err::<u8, _>(Blank / 2.0)).is_some_and(|text| text.contains("Blank")));
    assert_eq!(left!(Err::<u8, _>(Around { it: Seen / 2.0 })).as_deref(), Some("Around { it: Seen }"));
    assert_eq!(left!(Err::<u8, _>("no")).as_deref(), Some(r#""no""#));
    assert_eq!(left!(Some(Blank / 2.0)), None);
    assert_eq!(left!(Seen / 2.0), None);
}
