//! The probes of values that most programs have, compiled in here once: an unoptimised build takes what a generic function is for some type from
//! where it is compiled already, and would else compile it in each crate of a user's.

use crate::call::Call;
use crate::capture::choose::of;
use crate::capture::halves::{ByHalves as _, First as _, Second as _};
use crate::capture::{ByCapture, Capture};
use crate::direct::{Direct as _, DirectParts as _, Of};
use crate::entry::Entry;
use crate::site::Sites;
use std::cmp::Ordering;
use std::{fmt, io};

/// Called by nobody, but compiled.
#[doc(hidden)]
pub fn ready(sites: &'static Sites, call: &Call, entry: &mut Entry, formatter: &fmt::Formatter<'_>) {
    macro_rules! probes {
        ($probes:ident: $($value:expr),* $(,)?) => {$(
            $probes(sites, call, entry, $value);
        )*};
    }
    probes!(plain: &0u8, &0u16, &0u32, &0u64, &0u128, &0usize, &0i8, &0i16, &0i32, &0i64, &0i128, &0isize, &0f32);
    probes!(plain: &0f64, &false, &'x', "", &"", &String::new());
    macro_rules! literals {
        ($($value:expr),* $(,)?) => { $(sites.__scope_literal(0, $value);)* };
    }
    literals!(0u8, 0u16, 0u32, 0u64, 0usize, 0i8, 0i16, 0i32, 0i64, 0isize, 0f32, 0f64, false, 'x');
    probes!(whole: &(), &Ordering::Equal, &[0u8][..], &&[0u8][..], &Vec::<u8>::new());
    probes!(parts: &Some(0usize), &Some(0u8), &Some(""), &Some(String::new()), &Some(Ordering::Equal));
    Of(formatter).__scope_as_arg(entry);
    macro_rules! results {
        ($($type:ty),*) => {$({
            let result: $type = Ok(Default::default());
            call.__scope_ret(0, &result, (&&of(&result)).__scope_halves().__scope_first().__scope_second());
        })*};
    }
    results!(fmt::Result, io::Result<()>, io::Result<usize>);
}

fn plain<T: ?Sized + Capture>(sites: &'static Sites, call: &Call, entry: &mut Entry, value: &T) {
    sites.__scope_number(0, value);
    entry.__scope_number(value);
    call.__scope_ret_number(0, value);
    drop((sites.__scope_entry_1(value), sites.__scope_entry_line_1(value)));
    whole(sites, call, entry, value);
}

fn whole<T: ?Sized + Capture>(sites: &'static Sites, call: &Call, entry: &mut Entry, value: &T) {
    sites.__scope_variable::<T, ByCapture>(0, value);
    (&&Of(value)).__scope_as_arg(entry);
    (&&Of(value)).__scope_as_ret(call, 0);
}

fn parts<T: Capture>(sites: &'static Sites, call: &Call, entry: &mut Entry, value: &T) {
    sites.__scope_variable::<T, ByCapture>(0, value);
    (&&&Of(value)).__scope_parts_as_arg(entry);
    (&&&Of(value)).__scope_parts_as_ret(call, 0);
}
