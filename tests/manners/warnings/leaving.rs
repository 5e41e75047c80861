//! Functions that are left in many places, or that say they are not done; and items of macros in braces.

use std::fmt::Debug;

fn same(n: i32) -> i32 {
    n
}
/*@*/
pub fn an_arm_that_leaves(n: i32) -> i32 {
    match n {
        0 => if same(1) > 2 { return same(2); } else { same(3) },
        _ => 8,
    }
}
/*@*/
pub async fn not_done() -> i32 {
    let n = 1;
    println!("{n}");
    todo!()
}
macro_rules! on_unix {
    ($($there:tt)*) => {
        $($there)*
    };
}
/*@*/
pub fn items_first() {
    on_unix! { use std::cmp::max; }
    println!("{}", max(1, 3));
}
/*@*/
pub fn items_before_a_value() -> impl Debug {
    on_unix! { use std::cmp::max; }
    max(1, 3)
}
/*@*/
pub fn items_before_a_return() -> i32 {
    on_unix! { fn most(a: i32, b: i32) -> i32 { a + b } }
    return most(1, 3);
}
/*@*/
pub fn left_often(c: i32) {
    if c == 0 {
        return;
    }
    if c == 1 {
        return;
    }
    if c == 2 {
        return;
    }
    if c == 3 {
        return;
    }
    if c == 4 {
        return;
    }
    if c == 5 {
        return;
    }
    if c == 6 {
        return;
    }
    if c == 7 {
        return;
    }
    if c == 8 {
        return;
    }
    if c == 9 {
        return;
    }
    if c == 10 {
        return;
    }
    if c == 11 {
        return;
    }
    if c == 12 {
        return;
    }
    if c == 13 {
        return;
    }
    if c == 14 {
        return;
    }
    if c == 15 {
        return;
    }
    if c == 16 {
        return;
    }
    if c == 17 {
        return;
    }
    if c == 18 {
        return;
    }
    if c == 19 {
        return;
    }
    println!("{c}");
}
/*@*/
pub fn left_often_with_a_value(c: i32) -> i32 {
    if c == 0 {
        return same(0);
    }
    if c == 1 {
        return same(1);
    }
    if c == 2 {
        return same(2);
    }
    if c == 3 {
        return same(3);
    }
    if c == 4 {
        return same(4);
    }
    if c == 5 {
        return same(5);
    }
    if c == 6 {
        return same(6);
    }
    if c == 7 {
        return same(7);
    }
    if c == 8 {
        return same(8);
    }
    if c == 9 {
        return same(9);
    }
    if c == 10 {
        return same(10);
    }
    if c == 11 {
        return same(11);
    }
    if c == 12 {
        return same(12);
    }
    if c == 13 {
        return same(13);
    }
    if c == 14 {
        return same(14);
    }
    if c == 15 {
        return same(15);
    }
    if c == 16 {
        return same(16);
    }
    if c == 17 {
        return same(17);
    }
    if c == 18 {
        return same(18);
    }
    if c == 19 {
        return same(19);
    }
    same(c)
}
