//! What happens inside a function: which way it went, what its patterns bound, how often its loops ran.

mod common;

use common::record;

/// Records a function of its own, called once with these arguments; compares what happened inside.
macro_rules! inside {
    ($(#[$attr:meta])* fn $name:ident($($($arg:ident)+: $ty:ty = $value:expr),*) $(-> $ret:ty)? $body:block $($expected:literal)*) => {
        #[test]
        fn $name() {
            mod of {
                #[allow(unused_imports, reason = "for those who need it")]
                use super::*;
                #[scope::instrument(level = "full")]
                $(#[$attr])*
                pub fn f($($($arg)+: $ty),*) $(-> $ret)? $body
            }
            let recorded = record(|| _ = of::f($($value),*));
            let expected: &[&str] = &[$($expected),*];
            assert_eq!(recorded.inside(), expected);
        }
    };
}

inside! {
    fn if_taken(n: u8 = 3) -> u8 { if n > 2 { 1 } else { 0 } }
    "branch f if n > 2"
}
inside! {
    fn else_taken(n: u8 = 1) -> u8 { if n > 2 { 1 } else { 0 } }
    "branch f else of if n > 2"
}
inside! {
    fn else_if_taken(n: u8 = 1) -> u8 { if n > 2 { 1 } else if n == 1 { 2 } else { 0 } }
    "branch f if n == 1"
}
inside! {
    fn no_else(n: u8 = 1) { if n > 2 { std::hint::black_box(n); } }
}
inside! {
    fn if_let(n: Option<u8> = Some(4)) -> u8 { if let Some(x) = n { x } else { 0 } }
    "branch f if let Some(x) = n" "values f x = 4"
}
inside! {
    fn if_let_else(n: Option<u8> = None) -> u8 { if let Some(x) = n { x } else { 0 } }
    "branch f else of if let Some(x) = n"
}
inside! {
    fn a_condition_is_an_expression(n: Option<u8> = Some(4)) -> bool { let big = if n.is_some_and(|m| m > 3) { true } else { false }; big }
    "branch f if n.is_some_and(|m| m > 3)" "values f big = true"
}
inside! {
    fn arms(n: Result<u8, String> = Err("no".to_owned())) -> usize {
        match n { Ok(0) => 0, Ok(x) if x > 9 => 1, Ok(x) => usize::from(x), Err(text) => { text.len() } }
    }
    "branch f Err(text)" "values f text = \"no\""
}
inside! {
    fn arms_with_a_guard(n: Result<u8, String> = Ok(10)) -> usize {
        match n { Ok(0) => 0, Ok(x) if x > 9 => 1, Ok(x) => usize::from(x), Err(text) => { text.len() } }
    }
    "branch f Ok(x) if x > 9" "values f x = 10"
}
inside! {
    fn arms_of_alternatives(n: (u8, u8) = (1, 7)) -> u8 { match n { (0, a) | (1, a) => a, _ => 0 } }
    "branch f (0, a) | (1, a)" "values f a = 7"
}
inside! {
    fn arms_by_reference(n: &mut Option<Vec<u8>> = &mut Some(vec![1u8])) { match n { Some(v) => v.push(2), None => {} } }
    "branch f Some(v)" "values f v = b\"\\x01\""
}
inside! {
    fn nested_arms(n: Option<Option<u8>> = Some(Some(1))) -> u8 { match n { Some(m) => match m { Some(k) => k, None => 1 }, None => 2 } }
    "branch f Some(m)" "values f m = Some(1)" "branch f Some(k)" "values f k = 1"
}
inside! {
    fn for_rounds(n: [u8; 2] = [5, 6]) { for x in n { std::hint::black_box(x); } }
    "round f for x in n" "values f x = 5" "round f for x in n" "values f x = 6"
}
inside! {
    fn for_patterns(n: [(u8, char); 1] = [(5, 'a')]) { for (i, (x, c)) in n.into_iter().enumerate() { std::hint::black_box((i, x, c)); } }
    "round f for (i, (x, c)) in n.into_iter().enumerate()" "values f i = 0" "values f x = 5" "values f c = 'a'"
}
inside! {
    fn while_rounds(n: u8 = 2) { let mut n = n; while n > 0 { n -= 1; } }
    "values f n = 2" "round f while n > 0" "values f n = 1" "round f while n > 0" "values f n = 0"
}
inside! {
    fn while_let(n: Vec<u8> = vec![8]) { let mut n = n; while let Some(x) = n.pop() { std::hint::black_box(x); } }
    "values f n = b\"\\x08\"" "round f while let Some(x) = n.pop()" "values f x = 8"
}
inside! {
    fn loop_with_a_value(n: u8 = 1) -> u8 { let mut n = n; let m = loop { n += 1; if n > 2 { break n; } }; m }
    "values f n = 1" "round f loop" "values f n = 2" "round f loop" "values f n = 3" "branch f if n > 2" "values f m = 3"
}
inside! {
    fn labelled(n: u8 = 1) -> u8 { 'a: loop { for i in 0..9 { if i == n { break 'a i; } } } }
    "round f loop" "round f for i in 0..9" "values f i = 0" "round f for i in 0..9" "values f i = 1" "branch f if i == n"
}
inside! {
    fn let_else_left(n: Option<u8> = None) -> u8 { let Some(x) = n else { return 9 }; x }
    "branch f else of let Some(x)"
}
inside! {
    fn let_else_stayed(n: Option<u8> = Some(2)) -> u8 { let Some(x) = n else { return 9 }; x }
    "values f x = 2"
}
inside! {
    fn closure_parameters(n: u8 = 2) -> u8 { let add = |a: u8, (b, _): (u8, u8)| { a + b + n }; add(1, (2, 3)) }
    "values f add = <Opaque: statements::closure_parameters::of::f::{{closure}}, 8 bytes>" "values f a = 1" "values f b = 2"
}
inside! {
    fn closures_of_one_expression(n: Vec<u8> = vec![1, 2]) -> u8 { let k = 3; n.iter().map(|x| x * k).sum() }
    "values f k = 3" "values f x = 1" "values f x = 2"
}
inside! {
    fn an_open_type_is_known_later(n: u8 = 1) -> usize {
        let mut all = Vec::new();
        if let Some(first) = all.pop() { drop::<String>(first); }
        for s in &all { std::hint::black_box::<&String>(s); }
        all.push(n.to_string());
        match all.pop() { Some(s) => s.len(), None => 0 }
    }
    "values f all = []" "values f all = []" "values f all = []" "values f all = [\"1\"]" "branch f Some(s)" "values f s = \"1\""
}
inside! {
    fn temporaries_live_as_long(n: u8 = 1) -> usize {
        let text: &str = match n { 0 => "zero", _ => &String::from("more") };
        let size = match &format!("{n}") { s if s.is_empty() => 0, s => s.len() + text.len() };
        size
    }
    "branch f _" "values f text = \"more\"" "branch f s" "values f s = \"1\"" "values f size = 5"
}
inside! {
    fn under_cfg(n: u8 = 1) -> u8 {
        match n {
            #[cfg(any())]
            1 => 5,
            #[cfg(all())]
            m => m,
            #[cfg(any())]
            _ => 0,
        }
    }
    "branch f m" "values f m = 1"
}
inside! {
    fn names_that_nobody_uses(n: (u8, u8) = (1, 2)) -> u8 { match n { (_a, b) => b } }
    "branch f (_a, b)" "values f b = 2"
}
inside! {
    fn hidden_names(n: Option<&'static str> = Some("hunter2")) -> usize { if let Some(password) = n { password.len() } else { 0 } }
    "branch f if let Some(password) = n" "values f password = <redacted>"
}

#[scope::instrument(level = "full")]
async fn in_async(n: Option<u8>) -> u8 {
    let mut sum = 0;
    for _ in 0..2 {
        match n {
            Some(x) => sum += std::future::ready(x).await,
            None => return 0,
        }
    }
    if sum > 3 { sum } else { 0 }
}

#[test]
fn async_code_shows_its_way() {
    let recorded = record(|| {
        let mut future = std::pin::pin!(in_async(Some(2)));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert_eq!(future.as_mut().poll(&mut context), std::task::Poll::Ready(4));
    });
    let ways: Vec<_> =
        recorded.lines().into_iter().filter(|line| line.starts_with("branch") || line.starts_with("round")).collect();
    let expected = [
        "round in_async for _ in 0..2",
        "branch in_async Some(x)",
        "round in_async for _ in 0..2",
        "branch in_async Some(x)",
        "branch in_async if sum > 3",
    ];
    assert_eq!(ways, expected);
}

mod before_use {
    use super::record;

    inside! {
        fn what_a_call_changed(n: u8 = 1) -> usize { let mut v = Vec::new(); v.push(n); v.push(2); v.len() }
        "values f v = b\"\"" "values f v = b\"\\x01\"" "values f v = b\"\\x01\\x02\""
    }
    inside! {
        fn an_argument_behind_a_reference(v: &mut Vec<u16> = &mut vec![1]) { v.push(2); v.push(3); v.clear(); }
        "values f v = [1, 2]" "values f v = [1, 2, 3]"
    }
    inside! {
        fn an_argument_that_is_mut(mut n: u16 = 1) -> u16 { n += 1; let m = n; m }
        "values f n = 2" "values f m = 2"
    }
    inside! {
        fn in_loops(n: u16 = 2) -> u16 { let mut v = vec![n]; while v.len() < 3 { v.push(n); } v[1] }
        "values f v = [2]"
        "round f while v.len() < 3"
        "values f v = [2]"
        "round f while v.len() < 3"
        "values f v = [2, 2]"
        "values f v = [2, 2, 2]"
    }
    inside! {
        fn heads_of_statements(v: &mut Vec<u16> = &mut vec![7]) -> u16 {
            for x in v.iter() { std::hint::black_box(x); }
            if v.is_empty() { return 0; }
            match v.pop() { Some(x) => x, None => 0 }
        }
        "round f for x in v.iter()"
        "values f x = 7"
        "values f v = [7]"
        "values f v = [7]"
        "branch f Some(x)"
        "values f x = 7"
    }
    inside! {
        fn not_while_another_may_hold_it(n: u16 = 1) -> usize {
            let mut v = vec![n, 2];
            let mut r = v.iter_mut();
            let m = (r.next().is_some(), v.len()).1;
            v.push(3);
            m + v.len()
        }
        "values f v = [1, 2]" "values f r = IterMut([1, 2])" "values f m = 2" "values f v = [1, 2]"
    }
    inside! {
        fn not_through_a_chain(n: u16 = 1) -> usize {
            let mut v = vec![n, 2];
            let r = v.iter_mut();
            let mut s = r.skip(1);
            let m = (s.next().is_some(), v.len()).1;
            m
        }
        "values f v = [1, 2]" "values f r = IterMut([1, 2])" "values f s = Skip { iter: IterMut([1, 2]), n: 1 }" "values f m = 2"
    }
    inside! {
        fn not_where_it_gets_a_value(n: u16 = 1) -> u16 {
            let mut v;
            v = n;
            let m = v;
            v = { v = m + 1; v } + v;
            v
        }
        "values f v = 1" "values f m = 1" "values f v = 2" "values f v = 4"
    }
    inside! {
        fn not_where_a_part_has_moved(n: u16 = 1) -> usize {
            let mut v = (vec![n], vec![n]);
            v.1.push(2);
            let a = v.0;
            let b = v.1;
            v.0 = a;
            v.0.len() + b.len()
        }
        "values f v = ([1], [1])" "values f a = [1]" "values f b = [1, 2]"
    }
    inside! {
        fn not_by_a_name_that_a_macro_took(n: u16 = 1) -> u16 {
            macro_rules! wrapped { ($x:ident) => { let $x = Some($x); } }
            let mut v = vec![n];
            v.push(2);
            wrapped!(v);
            let m = v.map_or(0, |v| v[1]);
            m
        }
        "values f v = [1]" "values f m = 2"
    }
    inside! {
        fn shadows(n: u16 = 1) -> usize {
            let mut v = vec![n];
            { let v = "inner"; std::hint::black_box(v); }
            v.push(2);
            v.len()
        }
        "values f v = [1]" "values f v = \"inner\"" "values f v = [1]" "values f v = [1, 2]"
    }
}
