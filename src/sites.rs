//! Sites written by hand.

/// The [`Sites`](crate::report::Sites) of a function, for [`crate::report`]: for a `static` beside the function.
///
/// First the function's name and the names of the arguments that are reported, then what is reported inside it, each with an index
/// from 0: `line`, `variables(a, b)`, `expression("a + b")`, `return`.
///
/// ```
/// use scope::report::{self, Sites};
///
/// fn total(prices: &[u32]) -> u32 {
///     static SITES: Sites = scope::sites!(total(prices); variables(sum), return);
///     let call = report::function_entry_with(&SITES, &[&prices]);
///     let sum: u32 = prices.iter().sum();
///     report::variables(&SITES, 0, &[&sum]);
///     report::function_exit_with(call, 1, &sum);
///     sum
/// }
/// # scope::Recorder::builder().log(std::env::temp_dir().join("scope-doc/")).start().unwrap();
/// assert_eq!(total(&[2, 3]), 5);
/// ```
#[macro_export]
macro_rules! sites {
    ($name:ident ( $($arg:ident),* $(,)? ) $(; $($kind:tt $(($($what:tt),* $(,)?))?),* $(,)?)?) => {
        $crate::report::Sites::new(&$crate::report::FunctionInfo {
            module: ::core::module_path!(),
            name: ::core::stringify!($name),
            file: ::core::file!(),
            line: ::core::line!(),
            args: &[$(::core::stringify!($arg)),*],
            places: &[$($($crate::__place!($kind $(($($what),*))?)),*)?],
            limits: $crate::__private::Limits::DEFAULT,
            origin: $crate::report::Origin { start: $crate::__private::START, runtime: "" },
        })
    };
}

/// The `static` of a woven function: its name, its text, and what the plan says of it that is not the default. The text stands between the marks
/// of `scope-core/src/woven.rs`.
#[doc(hidden)]
#[macro_export]
macro_rules! __sites {
    ($sites:tt ($($text:tt)+)) => {
        static $sites: $crate::__private::Sites = $crate::__private::Sites {
            text: $crate::__private::concat!("\u{1e}scope1\u{1f}", $crate::__private::module_path!(), $($text)+, "\u{1e}"),
            state: $crate::__private::STATE,
        };
    };
    ($sites:tt ($($text:tt)+) $($planned:tt)+) => {
        static $sites: $crate::__private::Sites = $crate::__private::Sites {
            text: $crate::__private::concat!("\u{1e}scope1\u{1f}", $crate::__private::module_path!(), $($text)+, "\u{1e}"),
            state: $crate::__private::planned(&$crate::__private::Planned {
                $($planned)+ ..$crate::__private::Planned::DEFAULT
            }),
        };
    };
}

/// The sites of a woven function, or a probe of theirs, where they are named but once: by the function's text, see `scope-core/src/by_text.rs`.
#[cfg(debug_assertions)]
#[doc(hidden)]
#[macro_export]
macro_rules! __by_text {
    ($probe:ident $hash:literal $($text:tt)+) => {
        $crate::__private::by_text::$probe(
            $crate::__private::concat!("\u{1e}scope1\u{1f}", $crate::__private::module_path!(), $($text)+, "\u{1e}"),
            $hash,
        )
    };
}

/// The same where code is optimised: by a `static`.
#[cfg(not(debug_assertions))]
#[doc(hidden)]
#[macro_export]
macro_rules! __by_text {
    (sites_of $hash:literal $($text:tt)+) => {{
        $crate::__sites! { __SITES ($($text)+) }
        &__SITES
    }};
    ($probe:ident $hash:literal $($text:tt)+) => {{
        $crate::__sites! { __SITES ($($text)+) }
        (&__SITES).$probe()
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __place {
    (line) => { $crate::__place!(@ Line) };
    (return) => { $crate::__place!(@ Return) };
    (variables($($name:ident),*)) => { $crate::__place!(@ Variables $(::core::stringify!($name))*) };
    (expression($text:literal)) => { $crate::__place!(@ Expression $text) };
    (@ $kind:ident $($name:expr)*) => {
        $crate::report::Place { kind: $crate::report::PlaceKind::$kind, line: ::core::line!(), names: &[$($name),*] }
    };
}
