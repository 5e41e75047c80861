//! What is dropped when: as it is without us.

use crate::common::record;
use crate::{pause, poll};
use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// Who was dropped, in order.
    static DROPS: RefCell<String> = const { RefCell::new(String::new()) };
}

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPS.with_borrow_mut(|drops| drops.push_str(self.0));
    }
}

macro_rules! droppers {
    ($(#[$woven:meta])*) => {
        use super::*;

        struct Owner(Noisy);

        $(#[$woven])*
        async fn plain(_a: Noisy, _: Noisy, _b: Noisy) { wait!(pause()); let _c = Noisy("c"); wait!(pause()); }
        $(#[$woven])*
        async fn patterns((a, b): (Noisy, Noisy), _c: Noisy, [_d, _]: [Noisy; 2]) { wait!(pause()); drop(b); wait!(pause()); drop(a); }
        $(#[$woven])*
        async fn assigned(mut a: Noisy, b: Noisy) -> Noisy { a = Noisy(&a.0[..0]); wait!(pause()); drop(b); a }
        $(#[$woven])*
        async fn early(_a: Noisy, _b: Noisy) -> Option<u8> { wait!(pause()); let _c = Noisy("c"); let n: Option<u8> = None; n?; Some(1) }
        $(#[$woven])*
        async fn panics(_a: Noisy, _b: Noisy) { wait!(pause()); let _c = Noisy("c"); std::panic::panic_any(()); }

        $(#[$woven])*
        impl Owner {
            async fn own(self, _: Noisy, _a: Noisy) -> usize { wait!(pause()); self.0.0.len() }
            async fn change(mut self, _a: Noisy) { self.0 = Noisy("y"); wait!(pause()); }
        }

        /// Polled not at all, once, and so on, each dropped then.
        fn show<F: Future>(make: impl Fn() -> F) -> Vec<String> {
            let orders = (0..4).map(|polls| {
                let mut future = Box::pin(make());
                let mut poll = || catch_unwind(AssertUnwindSafe(|| poll(future.as_mut()).is_ready())).unwrap_or(true);
                _ = (0..polls).find(|_| poll());
                DROPS.with_borrow_mut(|drops| drops.push('|'));
                drop(future);
                DROPS.take()
            });
            orders.collect()
        }

        pub fn all() -> Vec<Vec<String>> {
            let of = Noisy;
            vec![
                show(|| plain(of("a"), of("_"), of("b"))),
                show(|| patterns((of("a"), of("b")), of("c"), [of("d"), of("e")])),
                show(|| assigned(of("a"), of("b"))),
                show(|| early(of("a"), of("b"))),
                show(|| panics(of("a"), of("b"))),
                show(|| Owner(of("o")).own(of("_"), of("a"))),
                show(|| Owner(of("o")).change(of("a"))),
            ]
        }
    };
}

mod drops_plain {
    droppers! {}
}

mod drops_woven {
    droppers! { #[scope::instrument(level = "full")] }
}

#[allow(unknown_diagnostic_attributes, reason = "an attribute of somebody else's, which may be a macro")]
mod drops_among_others {
    droppers! { #[scope::instrument(level = "full")] #[diagnostic::of_others] }
}

#[test]
fn arguments_are_dropped_when_they_were() {
    let plain = drops_plain::all();
    assert_eq!(plain[0], ["|a_b", "|b_a", "|cb_a", "cb_a|"]);
    _ = record(|| {
        assert_eq!(drops_woven::all(), plain);
        assert_eq!(drops_among_others::all(), plain);
    });
}
