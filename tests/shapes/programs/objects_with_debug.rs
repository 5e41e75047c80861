//! A trait whose objects have `Debug` only if they live for ever, and objects with shorter lives in variables whose type is nowhere written.
use std::fmt;
trait Value {
    fn weight(&self) -> u8;
}
impl Value for u8 {
    fn weight(&self) -> u8 {
        *self
    }
}
impl fmt::Debug for dyn Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.weight())
    }
}
struct Set<'a> {
    values: &'a [(u8, Option<&'a (dyn Value + 'a)>)],
}
impl Set<'_> {
    #[scope::instrument]
    fn sum(&self) -> u8 {
        let values = self.values;
        let mut all = 0;
        for (times, value) in values {
            if let Some(value) = value {
                all += times * value.weight();
            }
        }
        all
    }
    #[scope::instrument]
    fn heaviest(&self) -> Option<u8> {
        self.values.iter().map(|(times, value)| value.map_or(0, |value| times * value.weight())).max()
    }
}
#[scope::instrument]
fn first((_, value): (u8, Option<&dyn Value>)) -> u8 {
    value.map_or(0, |value| value.weight())
}
fn main() {
    let (one, two) = (1, 2);
    let set = Set { values: &[(3, Some(&one)), (4, None), (5, Some(&two))] };
    assert_eq!(set.sum(), 13);
    assert_eq!(set.heaviest(), Some(10));
    assert_eq!(first((1, Some(&two))), 2);
}
//> sum(self = <Opaque: objects_with_debug::Set<'_>, 16 bytes>)
//>   values = <Opaque: &[(u8, core::option::Option<&dyn objects_with_debug::Value>)], 16 bytes>
//>   all = 0
//>   round for (times, value) in values
//>   times = <Opaque: &u8, 8 bytes>
//>   value = <Opaque: &core::option::Option<&dyn objects_with_debug::Value>, 8 bytes>
//>   branch if let Some(value) = value
//>   value = <Opaque: &&dyn objects_with_debug::Value, 8 bytes>
//>   all = 3
//>   round for (times, value) in values
//>   times = <Opaque: &u8, 8 bytes>
//>   value = <Opaque: &core::option::Option<&dyn objects_with_debug::Value>, 8 bytes>
//>   round for (times, value) in values
//>   times = <Opaque: &u8, 8 bytes>
//>   value = <Opaque: &core::option::Option<&dyn objects_with_debug::Value>, 8 bytes>
//>   branch if let Some(value) = value
//>   value = <Opaque: &&dyn objects_with_debug::Value, 8 bytes>
//>   all = 13
//>   all = 13
//> sum Returned 13
//> heaviest(self = <Opaque: objects_with_debug::Set<'_>, 16 bytes>)
//> heaviest Returned Some(10)
//> first(value = <Opaque: core::option::Option<&dyn objects_with_debug::Value>, 16 bytes>)
//> first Returned 2
