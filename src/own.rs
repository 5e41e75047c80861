//! Events of the program's own: macros, for each has a site where it stands.
//!
//! The values' expressions are looked at outside of the block that has the `static`, and each is bound to a variable of ours: so nothing of
//! ours is in the user's way.

/// Records an event of the program's own: its name, and fields.
///
/// A field is `name = expression`, or the name of a variable. Values are shown as those of variables are, whatever their types: no bound is asked
/// of them. Fields with names such as `password` or `token` are hidden, and long values cut.
///
/// ```
/// # scope::Recorder::builder().log(std::env::temp_dir().join("scope-doc/")).start().unwrap();
/// let (customer, prices) = ("Ada", [3, 4]);
/// scope::event!("order.placed", id = 7, total = prices.iter().sum::<u32>(), customer);
/// scope::event!("shop.opened");
/// ```
///
/// As with the macros of a logger, the expressions are evaluated, each once, only where the event is recorded: not where no recorder runs, nor
/// where the filter leaves it out, which knows the event by its module. The event is a part of the call that it happens in, and the first one of a
/// program starts the recorder.
#[macro_export]
macro_rules! event {
    ($name:expr $(, $field:ident $(= $value:expr)?)* $(,)?) => {
        $crate::__own!(
            Custom [$name $(, $crate::__private::plain_name(::core::stringify!($field)))*]
            $($field $(= $value)?),*
        )
    };
}

/// Records a number that was measured: `scope::metric!("queue.length", queue.len())`.
///
/// See [`event!`] for when the expression is evaluated.
///
/// ```
/// # scope::Recorder::builder().log(std::env::temp_dir().join("scope-doc/")).start().unwrap();
/// let queue = vec!["a", "b"];
/// scope::metric!("queue.length", queue.len());
/// ```
#[macro_export]
macro_rules! metric {
    ($name:expr, $value:expr $(,)?) => {
        $crate::__own!(Metric [$name] value = $value)
    };
}

/// Records that a state changes: what it was, and what it is now.
///
/// See [`event!`] for how values are shown, and when the expressions are evaluated.
///
/// ```
/// #[derive(Debug, Clone, Copy)]
/// enum Status { Placed, Paid }
///
/// # scope::Recorder::builder().log(std::env::temp_dir().join("scope-doc/")).start().unwrap();
/// let mut status = Status::Placed;
/// let old = std::mem::replace(&mut status, Status::Paid);
/// scope::state!("order.status", old, status);
/// ```
#[macro_export]
macro_rules! state {
    ($name:expr, $old:expr, $new:expr $(,)?) => {
        $crate::__own!(State [$name] old = $old, new = $new)
    };
}

/// Records that a message is sent: the channel, what the message is known by on both sides, and fields as those of [`event!`].
///
/// [`received!`](crate::received!) with the same channel and the same value tells of its arrival, on whatever thread or in whatever process: that links the two.
///
/// ```
/// use std::sync::mpsc;
///
/// # scope::Recorder::builder().log(std::env::temp_dir().join("scope-doc/")).start().unwrap();
/// let (sender, receiver) = mpsc::channel();
/// let order = (7, "tea");
/// scope::sent!("orders", order.0, what = order.1);
/// sender.send(order).unwrap();
///
/// let (id, _) = receiver.recv().unwrap();
/// scope::received!("orders", id);
/// ```
#[macro_export]
macro_rules! sent {
    ($channel:expr, $message:expr $(, $field:ident $(= $value:expr)?)* $(,)?) => {
        $crate::__own!(
            Sent [$channel $(, $crate::__private::plain_name(::core::stringify!($field)))*]
            message = $message $(, $field $(= $value)?)*
        )
    };
}

/// Records that a message is received: see [`sent!`].
#[macro_export]
macro_rules! received {
    ($channel:expr, $message:expr $(, $field:ident $(= $value:expr)?)* $(,)?) => {
        $crate::__own!(
            Received [$channel $(, $crate::__private::plain_name(::core::stringify!($field)))*]
            message = $message $(, $field $(= $value)?)*
        )
    };
}

/// The `static` of one event, and the question whether it is recorded.
#[doc(hidden)]
#[macro_export]
macro_rules! __own {
    ($kind:ident [$($name:expr),*] $($values:tt)*) => {
        match {
            static __SCOPE_SITES: $crate::report::Sites = $crate::report::Sites::new(&$crate::report::FunctionInfo {
                module: ::core::module_path!(),
                name: "",
                file: ::core::file!(),
                line: ::core::line!(),
                args: &[],
                places: &[$crate::report::Place {
                    kind: $crate::report::PlaceKind::$kind,
                    line: ::core::line!(),
                    names: &[$($name),*],
                }],
                limits: $crate::__private::Limits::DEFAULT,
                origin: $crate::report::Origin { start: $crate::__private::START, runtime: "" },
            });
            &__SCOPE_SITES
        } {
            sites => {
                if $crate::__private::wanted(sites) {
                    $crate::__own_values!(sites [] $($values)*)
                }
            }
        }
    };
}

/// Evaluates the values one after the other, then records them. Each variable is another one, since each is of an expansion of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __own_values {
    ($sites:ident []) => {
        $crate::__private::tell($sites, &[])
    };
    ($sites:ident [$($seen:ident)+]) => {{
        use $crate::__private::lookup::*;
        $crate::__private::tell(
            $sites,
            &[$(&$crate::__private::shown(
                $seen,
                (&&$crate::__private::of($seen)).__scope_strategy().__scope_parts(),
            )),+],
        )
    }};
    ($sites:ident [$($seen:ident)*] $field:ident = $value:expr $(, $($rest:tt)*)?) => {
        match &$value {
            value => $crate::__own_values!($sites [$($seen)* value] $($($rest)*)?),
        }
    };
    ($sites:ident [$($seen:ident)*] $field:ident $(, $($rest:tt)*)?) => {
        match &$field {
            value => $crate::__own_values!($sites [$($seen)* value] $($($rest)*)?),
        }
    };
}
