//! Async functions in all forms: calls that are suspended, go on on other threads, and end or are cancelled.

use crate::shape::shape;
use scope::instrument;
use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Polls to the end.
fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = once(future.as_mut()) {
            return output;
        }
    }
}

/// Polls once.
fn once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Waits for one poll.
async fn pause() {
    let mut waited = false;
    poll_fn(|_| if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

shape! {
    that_never_waits
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { n + 1 } }
    { assert_eq!(run(f(1)), 2); }
    "f(n = 1)" "f Returned 2"
}
shape! {
    that_is_never_polled
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { n + 1 } }
    { drop(f(1)); }
}
shape! {
    that_waits
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { pause().await; let m = n + 1; pause().await; m } }
    { assert_eq!(run(f(1)), 2); }
    "f(n = 1)" "f Suspended" "f Resumed" "  m = 2" "f Suspended" "f Resumed" "f Returned 2"
}
shape! {
    that_waits_in_the_arguments_of_macros
    {
        async fn twice(n: u16) -> Result<u16, u16> { pause().await; if n > 4 { Err(n) } else { Ok(2 * n) } }
        #[instrument(level = "full")]
        async fn f(n: u16) -> Result<String, u16> {
            let all = vec![twice(n).await?; 2];
            assert_eq!(all.len(), 2, "{}", twice(n).await?);
            assert!(matches!(twice(n).await, Ok(m) if m == all[0]), "{}", twice(9).await?);
            Ok(format!("{a} {}", twice(2 * n).await?, a = all[1]))
        }
    }
    { assert_eq!((run(f(1)), run(f(3))), (Ok("2 4".to_owned()), Err(6))); }
    "f(n = 1)" "f Suspended" "f Resumed" "  all = [2, 2]" "f Suspended" "f Resumed" "f Suspended" "f Resumed"
    "f Returned Ok(\"2 4\")"
    "f(n = 3)" "f Suspended" "f Resumed" "  all = [6, 6]" "f Suspended" "f Resumed" "f Suspended" "f Resumed" "f Early 6 at +4"
}
shape! {
    that_gives_nothing
    { #[instrument(level = "full")] async fn f() { pause().await; } }
    { run(f()); }
    "f()" "f Suspended" "f Resumed" "f Returned"
}
shape! {
    that_returns_early_with_nothing
    { #[instrument(level = "full")] async fn f(n: u16) { if n > 0 { return; } pause().await; } }
    { run(f(1)); run(f(0)); }
    "f(n = 1)" "  branch if n > 0" "f Returned ()" "f(n = 0)" "f Suspended" "f Resumed" "f Returned ()"
}
shape! {
    that_calls_another
    {
        #[instrument(level = "full")]
        mod m {
            pub(super) async fn f(n: u16) -> u16 { let m = g(n).await; m + 1 }
            async fn g(n: u16) -> u16 { super::pause().await; n * 2 }
        }
    }
    { assert_eq!(run(m::f(1)), 3); }
    "f(n = 1)" "  g(n = 1)" "  g Suspended" "f Suspended" "f Resumed" "  g Resumed" "  g Returned 2" "  m = 2" "f Returned 3"
}
shape! {
    with_return_and_question lines
    {
        #[instrument(level = "full")]
        async fn f(n: Option<u16>) -> Option<u16> {
            let m = n?;
            if m > 1 {
                return Some(0);
            }
            pause().await;
            Some(m)
        }
    }
    { assert_eq!((run(f(None)), run(f(Some(2))), run(f(Some(1)))), (None, Some(0), Some(1))); }
    "f(n = None)" "  +1" "f Early None at +1"
    "f(n = Some(2))" "  +1" "  m = 2" "  +2" "  branch if m > 1" "  +3" "f Returned Some(0) at +3"
    "f(n = Some(1))" "  +1" "  m = 1" "  +2" "  +5" "f Suspended" "f Resumed" "  +6" "f Returned Some(1) at +7"
}
shape! {
    with_a_question_on_what_is_awaited
    { async fn g(n: u16) -> Result<u16, String> { pause().await; if n > 1 { Err("big".to_owned()) } else { Ok(n) } } #[instrument(level = "full")] async fn f(n: u16) -> Result<u16, String> { let m = g(n).await?; Ok(m + g(0).await?) } }
    { assert_eq!((run(f(1)), run(f(2))), (Ok(1), Err("big".to_owned()))); }
    "f(n = 1)" "f Suspended" "f Resumed" "  m = 1" "f Suspended" "f Resumed" "f Returned Ok(1)"
    "f(n = 2)" "f Suspended" "f Resumed" "f Early \"big\" at +0"
}
shape! {
    that_goes_both_ways
    {
        #[instrument(level = "full")]
        async fn f(n: Option<u16>) -> u16 {
            let mut sum = 0;
            for _ in 0..2 { match n { Some(x) => sum += ready(x).await, None => return 0 } }
            if sum > 3 { sum } else { 0 }
        }
    }
    { assert_eq!((run(f(Some(2))), run(f(None))), (4, 0)); }
    // What patterns bind and what is assigned would be kept in the future: it is not looked at.
    "f(n = Some(2))" "  sum = 0" "  round for _ in 0..2" "  branch Some(x)" "  round for _ in 0..2" "  branch Some(x)" "  branch if sum > 3" "f Returned 4"
    "f(n = None)" "  sum = 0" "  round for _ in 0..2" "  branch None" "f Returned 0"
}
shape! {
    that_is_cancelled
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { pause().await; n } }
    { let mut future = Box::pin(f(1)); assert!(once(future.as_mut()).is_pending()); drop(future); }
    "f(n = 1)" "f Suspended" "f Resumed" "f Cancelled"
}
shape! {
    that_is_cancelled_with_what_it_holds
    {
        #[derive(Debug)]
        struct D(u16);
        #[instrument(level = "full")]
        impl Drop for D { fn drop(&mut self) { self.0 = 0; } }
        #[instrument(level = "full")]
        async fn inner(d: D) -> u16 { pause().await; d.0 }
        #[instrument(level = "full")]
        async fn f() -> u16 { let _d = D(1); inner(D(2)).await }
    }
    { let mut future = Box::pin(f()); assert!(once(future.as_mut()).is_pending()); drop(future); }
    "f()" "  inner(d = D(2))" "  inner Suspended" "f Suspended" "f Resumed" "  inner Resumed" "    <D as Drop>::drop(self = D(2))" "    <D as Drop>::drop Returned"
    "  inner Cancelled" "  <D as Drop>::drop(self = D(1))" "  <D as Drop>::drop Returned" "f Cancelled"
}
shape! {
    that_panics
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { pause().await; assert!(n > 1, "low"); n } }
    { let mut future = Box::pin(f(1)); assert!(once(future.as_mut()).is_pending()); assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| once(future.as_mut()))).is_err()); }
    "f(n = 1)" "f Suspended" "f Resumed" "f Panicked at +0"
}
shape! {
    that_are_dropped_because_something_else_panics
    {
        macro_rules! waits { () => { pause().await } }
        #[instrument(level = "full")] async fn f(n: u16) -> u16 { pause().await; n }
        #[instrument(level = "full")] async fn g(n: u16) -> u16 { waits!(); n }
        #[instrument(level = "full")] fn h() -> impl Future<Output = u16> { async { pause().await; 1 } }
        fn panics(future: impl Future<Output = u16>) { let mut future = pin!(future); assert!(once(future.as_mut()).is_pending()); panic!("something else") }
    }
    {
        assert!(std::panic::catch_unwind(|| panics(f(1))).is_err());
        assert!(std::panic::catch_unwind(|| panics(g(2))).is_err());
        assert!(std::panic::catch_unwind(|| panics(h())).is_err());
    }
    "f(n = 1)" "f Suspended" "f Resumed" "f Cancelled"
    "g(n = 2)" "g Suspended" "g Resumed" "g Cancelled"
    "h()" "h Suspended" "h Resumed" "h Suspended" "h Resumed" "h Cancelled"
}
shape! {
    that_moves_to_another_thread
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { let m = n + 1; pause().await; m } }
    {
        let mut future = Box::pin(f(1));
        assert!(once(future.as_mut()).is_pending());
        std::thread::spawn(move || assert_eq!(once(future.as_mut()), Poll::Ready(2))).join().unwrap();
    }
    "f(n = 1)" "  m = 2" "f Suspended" "on another thread" "f Resumed" "f Returned 2"
}
shape! {
    that_is_dropped_on_another_thread
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { pause().await; n } }
    { let mut future = Box::pin(f(1)); assert!(once(future.as_mut()).is_pending()); std::thread::spawn(move || drop(future)).join().unwrap(); }
    "f(n = 1)" "f Suspended" "on another thread" "f Resumed" "f Cancelled"
}
shape! {
    two_at_once
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { pause().await; let m = n * 2; m } }
    {
        let (mut a, mut b) = (pin!(f(1)), pin!(f(2)));
        assert!(once(a.as_mut()).is_pending() && once(b.as_mut()).is_pending());
        assert_eq!((once(b), once(a)), (Poll::Ready(4), Poll::Ready(2)));
    }
    "f(n = 1)" "f Suspended" "f(n = 2)" "f Suspended" "f Resumed" "  m = 4" "f Returned 4" "f Resumed" "  m = 2" "f Returned 2"
}
shape! {
    the_first_of_two
    {
        async fn first<A: Future<Output = u16>, B: Future<Output = u16>>(a: A, b: B) -> u16 {
            let (mut a, mut b) = (pin!(a), pin!(b));
            poll_fn(|cx| match a.as_mut().poll(cx) { Poll::Pending => b.as_mut().poll(cx), ready => ready }).await
        }
        #[instrument(level = "full")]
        async fn slow(n: u16) -> u16 { pause().await; pause().await; n }
        #[instrument(level = "full")]
        async fn fast(n: u16) -> u16 { pause().await; n }
        #[instrument(level = "full")]
        async fn f(n: u16) -> u16 { first(slow(n), fast(n + 1)).await }
    }
    { assert_eq!(run(f(1)), 2); }
    "f(n = 1)" "  slow(n = 1)" "  slow Suspended" "  fast(n = 2)" "  fast Suspended" "f Suspended"
    "f Resumed" "  slow Resumed" "  slow Suspended" "  fast Resumed" "  fast Returned 2" "  slow Resumed" "  slow Cancelled" "f Returned 2"
}
shape! {
    joined
    {
        #[instrument(level = "full")]
        async fn part(n: u16) -> u16 { if n > 1 { pause().await; } n }
        #[instrument(level = "full", skip(cx))]
        async fn f() -> u16 {
            let (mut a, mut b) = (pin!(part(2)), pin!(part(1)));
            let (mut x, mut y) = (None, None);
            poll_fn(move |cx| {
                if x.is_none() { if let Poll::Ready(n) = a.as_mut().poll(cx) { x = Some(n); } }
                if y.is_none() { if let Poll::Ready(n) = b.as_mut().poll(cx) { y = Some(n); } }
                if let (Some(x), Some(y)) = (x, y) { Poll::Ready(x + y) } else { Poll::Pending }
            }).await
        }
    }
    { assert_eq!(run(f()), 3); }
    "f()" "  branch if x.is_none()" "  part(n = 2)"
    "    branch if n > 1" "  part Suspended" "  branch if y.is_none()" "  part(n = 1)" "  part Returned 1"
    "  branch if let Poll::Ready(n) = b.as_mut().poll(cx)" "  n = 1" "  y = Some(1)"
    "  branch else of if let (Some(x), Some(y)) = (x, y)" "f Suspended" "f Resumed"
    "  branch if x.is_none()" "  part Resumed" "  part Returned 2"
    "  branch if let Poll::Ready(n) = a.as_mut().poll(cx)" "  n = 2" "  x = Some(2)" "  branch if let (Some(x), Some(y)) = (x, y)"
    "  x = 2" "  y = 1" "f Returned 3"
}
shape! {
    methods
    {
        #[derive(Debug)]
        struct S(u16);
        #[instrument(level = "full")]
        impl S {
            async fn by_ref(&self, m: u16) -> u16 { pause().await; self.0 + m }
            async fn by_mut(&mut self) -> &mut u16 { self.0 += 1; pause().await; &mut self.0 }
            async fn by_value(self) -> Self { self }
            async fn by_box(self: Box<Self>) -> u16 { self.0 }
        }
    }
    { let mut s = S(1); assert_eq!(run(s.by_ref(1)), 2); *run(s.by_mut()) += 1; assert_eq!(run(Box::new(run(s.by_value())).by_box()), 3); }
    "S::by_ref(self = S(1), m = 1)" "S::by_ref Suspended" "S::by_ref Resumed" "S::by_ref Returned 2"
    "S::by_mut(self = S(1))" "S::by_mut Suspended" "S::by_mut Resumed" "S::by_mut Returned 2"
    "S::by_value(self = S(3))" "S::by_value Returned S(3)" "S::by_box(self = S(3))" "S::by_box Returned 3"
}
shape! {
    traits
    {
        #[derive(Debug)]
        struct S(u16);
        #[instrument(level = "full")]
        trait Fetch: std::fmt::Debug { async fn fetch(&self, n: u16) -> u16; async fn twice(&self) -> u16 { self.fetch(1).await + self.fetch(2).await } }
        #[instrument(level = "full")]
        impl Fetch for S { async fn fetch(&self, n: u16) -> u16 { pause().await; self.0 * n } }
    }
    { assert_eq!(run(S(5).twice()), 15); }
    "Fetch::twice(self = S(5))"
    "  <S as Fetch>::fetch(self = S(5), n = 1)" "  <S as Fetch>::fetch Suspended" "Fetch::twice Suspended"
    "Fetch::twice Resumed" "  <S as Fetch>::fetch Resumed" "  <S as Fetch>::fetch Returned 5"
    "  <S as Fetch>::fetch(self = S(5), n = 2)" "  <S as Fetch>::fetch Suspended" "Fetch::twice Suspended"
    "Fetch::twice Resumed" "  <S as Fetch>::fetch Resumed" "  <S as Fetch>::fetch Returned 10"
    "Fetch::twice Returned 15"
}
shape! {
    patterns_and_mut_in_arguments
    { #[instrument(level = "full")] async fn f((a, b): (u16, u16), mut n: u16, _: u16, [c, ..]: [u16; 2]) -> u16 { n += a; pause().await; n + b + c } }
    { assert_eq!(run(f((1, 2), 3, 4, [5, 6])), 11); }
    // Taken apart only inside the future: at the entry they are whole.
    "f((a, b) = (1, 2), n = 3, [c, ..] = [5, 6])" "f Suspended" "f Resumed" "f Returned 11"
}
shape! {
    borrowed_arguments
    { #[instrument(level = "full")] async fn f<'a>(v: &'a mut Vec<u16>, s: &str) -> &'a u16 { v.push(s.len().try_into().unwrap()); pause().await; let n = v.len(); &v[n - 1] } }
    { let mut v = vec![]; assert_eq!(run(f(&mut v, "ab")), &2); }
    "f(v = [], s = \"ab\")" "f Suspended" "f Resumed" "  n = 1" "f Returned 2"
}
shape! {
    generics
    { #[instrument(level = "full")] async fn f<T: std::fmt::Debug + Clone, F: Future<Output = T>>(t: &T, g: impl Fn() -> F) -> (T, T) { let u = g().await; (t.clone(), u) } }
    { assert_eq!(run(f(&1, || ready(2))), (1, 2)); }
    "f(t = 1, g = <Opaque: weave::tasks::generics::{{closure}}::{{closure}}, 0 bytes>)" "  u = 2" "f Returned (1, 2)"
}
shape! {
    impl_trait_given_back
    { #[instrument(level = "full")] async fn f(n: u16) -> impl Iterator<Item = u16> { pause().await; 0..n } }
    { assert_eq!(run(f(2)).count(), 2); }
    "f(n = 2)" "f Suspended" "f Resumed" "f Returned"
}
shape! {
    that_never_ends
    { #[instrument(level = "full")] async fn f(mut n: u16) -> ! { loop { pause().await; n += 1; if n > 1 { panic!("{n}"); } } } }
    { assert!(std::panic::catch_unwind(|| run(f(0))).is_err()); }
    "f(n = 0)" "  round loop" "f Suspended" "f Resumed" "  round loop" "f Suspended" "f Resumed" "  branch if n > 1" "f Panicked at +0"
}
shape! {
    recursion_in_a_box
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { if n == 0 { return 0; } let m = Box::pin(f(n - 1)).await; m + n } }
    { assert_eq!(run(f(1)), 1); }
    "f(n = 1)" "  f(n = 0)" "    branch if n == 0" "  f Returned 0" "  m = 0" "f Returned 1"
}
shape! {
    blocks_inside
    { #[instrument(level = "full")] async fn f(n: u16) -> u16 { let m = { let k = n; pause().await; k + 1 }; { pause().await; } 'a: { if m > 1 { break 'a; } pause().await; } m } }
    { assert_eq!(run(f(1)), 2); }
    "f(n = 1)" "  k = 1" "f Suspended" "f Resumed" "  m = 2" "f Suspended" "f Resumed" "  branch if m > 1" "f Returned 2"
}
shape! {
    open_types
    { #[instrument(level = "full")] async fn f(n: u16) -> Vec<u16> { let mut v = Vec::new(); pause().await; v.push(n); v } }
    { assert_eq!(run(f(1)), [1]); }
    "f(n = 1)" "  v = []" "f Suspended" "f Resumed" "f Returned [1]"
}
shape! {
    values_of_blocks_branches_and_arms
    {
        #[instrument(level = "full")]
        async fn f(n: Option<u16>) -> usize {
            let a = if n.is_some() { pause().await; 1 } else { 2 };
            let b = match n { Some(m) => ready(m).await, None => return 0 };
            let c = loop { if a > 0 { break 5; } };
            let d = unsafe { std::num::NonZeroU16::new_unchecked(6) };
            let text = match n { Some(_) => &String::from("lives on"), None => "" };
            usize::from(a + b + c + d.get()) + text.len()
        }
    }
    { assert_eq!((run(f(Some(3))), run(f(None))), (23, 0)); }
    // Behind the last wait what keeps a temporary alive is looked at, too.
    "f(n = Some(3))" "  branch if n.is_some()" "f Suspended" "f Resumed" "  a = 1" "  branch Some(m)" "  b = 3" "  round loop" "  branch if a > 0" "  c = 5" "  d = 6"
    "  branch Some(_)" "  text = \"lives on\"" "f Returned 23"
    "f(n = None)" "  branch else of if n.is_some()" "  a = 2" "  branch None" "f Returned 0"
}
shape! {
    not_send_in_between
    {
        fn is_send<T: Send>(t: T) -> T { t }
        #[instrument(level = "full")]
        async fn f(n: u16) -> u16 { let k = { let rc = std::rc::Rc::new(n); *rc + 1 }; pause().await; k }
    }
    { assert_eq!(run(is_send(f(1))), 2); }
    "f(n = 1)" "  rc = 1" "  k = 2" "f Suspended" "f Resumed" "f Returned 2"
}
shape! {
    an_executor_that_is_woven
    {
        #[instrument(level = "full", skip(future))]
        fn block<F: Future>(future: F) -> F::Output { let mut future = pin!(future); loop { if let Poll::Ready(out) = once(future.as_mut()) { break out; } } }
        #[instrument(level = "full")]
        async fn f(n: u16) -> u16 { pause().await; n }
    }
    { assert_eq!(block(f(1)), 1); }
    "block()"
    "  round loop"
    "  f(n = 1)"
    "  f Suspended" "  round loop"
    "  f Resumed"
    "  f Returned 1" "  branch if let Poll::Ready(out) = once(future.as_mut())" "  out = 1"
    "block Returned 1"
}
shape! {
    all_auto_traits_stay
    {
        fn is_all<T: Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>(t: T) -> T { t }
        macro_rules! hides { ($e:expr) => { $e.await } }
        #[instrument(level = "full")]
        async fn f(n: u16) -> u16 { ready(n).await + hides!(ready(n)) }
        #[instrument(level = "full")]
        async fn g(n: u16) -> u16 { f(n).await + async { ready(n).await }.await }
    }
    { assert_eq!(run(is_all(g(1))), 3); }
    "g(n = 1)" "  f(n = 1)" "  f Returned 2" "  g::{async block}()" "  g::{async block} Returned 1" "g Returned 3"
}
