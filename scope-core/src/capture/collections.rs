//! Types of many values of a kind.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};

use super::Capture;
use super::captured::{Captured, Inside};
use crate::value::ValueWriter;

impl<T: Captured> Capture for [T] {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        T::write_slice(self, w);
    }
}

impl<T: Captured, const N: usize> Capture for [T; N] {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        T::write_slice(self, w);
    }
}

impl<T: Captured> Capture for Vec<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        T::write_slice(self, w);
    }
}

macro_rules! sequences {
    ($($seq:ident, $open:ident $(, $more:ident)?;)*) => {$(
        impl<T: Captured $(, $more)?> Capture for $seq<T $(, $more)?> {
            fn capture(&self, w: &mut ValueWriter<'_>) {
                w.$open(Some(self.len())).items(self.iter().map(Inside)).finish();
            }
        }
    )*};
}
sequences! {
    VecDeque, seq;
    LinkedList, seq;
    BinaryHeap, seq;
    BTreeSet, set;
    HashSet, set, H;
}

macro_rules! maps {
    ($($map:ident $(, $more:ident)?;)*) => {$(
        impl<K: Captured, V: Captured $(, $more)?> Capture for $map<K, V $(, $more)?> {
            fn capture(&self, w: &mut ValueWriter<'_>) {
                let mut entries = w.map(Some(self.len()));
                for (key, value) in self {
                    if !entries.parts(&Inside(key), &Inside(value)) {
                        break;
                    }
                }
                entries.finish();
            }
        }
    )*};
}
maps! { BTreeMap; HashMap, H; }

macro_rules! tuples {
    ($(($($part:ident $index:tt)*) $len:literal;)*) => {$(
        impl<$($part: Captured),*> Capture for ($($part,)*) {
            fn capture(&self, w: &mut ValueWriter<'_>) {
                w.tuple($len)$(.item(&Inside(&self.$index)))*.finish();
            }
        }
    )*};
}
tuples! {
    (A 0) 1;
    (A 0 B 1) 2;
    (A 0 B 1 C 2) 3;
    (A 0 B 1 C 2 D 3) 4;
    (A 0 B 1 C 2 D 3 E 4) 5;
    (A 0 B 1 C 2 D 3 E 4 F 5) 6;
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6) 7;
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7) 8;
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8) 9;
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9) 10;
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10) 11;
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11) 12;
}
