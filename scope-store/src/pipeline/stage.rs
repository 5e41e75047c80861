//! Stages: what a program puts between its events and all that takes them.

use super::convert::{list_mut, values_mut};
use super::places::Sites;
use crate::event::{Event, EventKind, Kind};
use crate::info::SiteDef;
use scope_core::value::{Omitted, Text, Value};
use std::ops::Deref;

/// What a program puts between its events and all that takes them, the log included.
///
/// It is asked on the recorder's threads, for events of several threads at once; those of one thread come in their order. No probe
/// records there, and it must not wait for the recorder (`flush`, `finish`). Where it panics it is told once and not asked any more:
/// the events pass as if it was not there.
///
/// Marks of losses are not shown to stages: what is lost is told in any case.
pub trait Stage: Send + Sync + 'static {
    /// Looks at an event on its way, and may change its values. `false`: it goes no further.
    fn pass(&self, event: &mut Passing<'_>) -> bool;
}

/// An event on its way: what it tells is read as that of an [`Event`], and its values can be changed.
///
/// What else it tells (its call, its time, its site) is how events hang together, and stays.
#[derive(Debug)]
pub struct Passing<'a> {
    pub(super) event: &'a mut Event,
    pub(super) known: &'a Sites,
    pub(super) changed: bool,
}

impl Deref for Passing<'_> {
    type Target = Event;

    fn deref(&self) -> &Event {
        self.event
    }
}

impl Passing<'_> {
    /// The place in the code.
    pub fn place(&self) -> Option<&SiteDef> {
        Some(&self.known.get(&self.event.site?.0)?.def)
    }

    /// The path of the function that it happened in, as a log shows it: `my_app::orders::Order::place`. Empty where there is none.
    pub fn function(&self) -> &str {
        self.place().map_or("", |place| &place.function)
    }

    /// The event's kind by name.
    pub fn kind_named(&self) -> Kind {
        self.event.named(self.place().and_then(SiteDef::place))
    }

    /// The values with their names: of arguments, variables, fields; a value that has none has the name `""`.
    pub fn values(&self) -> Vec<(&str, &Value)> {
        let names = self.place().map_or(&[][..], |place| &place.names);
        let (skip, values) = values(&self.event.kind);
        let name = |at: usize| names.get(at + skip).map_or("", String::as_str);
        values.into_iter().enumerate().map(|(at, value)| (name(at), value)).collect()
    }

    /// The values, in their order, to be changed.
    pub fn values_mut(&mut self) -> Vec<&mut Value> {
        let values = values_mut(&mut self.event.kind);
        self.changed |= !values.is_empty();
        values
    }

    /// The value of this name, to be changed.
    pub fn value_mut(&mut self, name: &str) -> Option<&mut Value> {
        let at = self.values().iter().position(|(known, _)| *known == name)?;
        self.values_mut().into_iter().nth(at)
    }

    /// Adds a value of this name behind the others: a log shows it as `{ name: value }`. `false`: events of this kind take none, as
    /// they do not tell of a list of values.
    pub fn add(&mut self, name: &str, value: Value) -> bool {
        let Some(list) = list_mut(&mut self.event.kind) else { return false };
        let fields = vec![(name.to_owned(), value)];
        list.push(Value::Struct { name: String::new(), fields, omitted: Omitted::None });
        self.changed = true;
        true
    }
}

/// The values of an event; and how many names of its site come before theirs.
fn values(kind: &EventKind) -> (usize, Vec<&Value>) {
    match kind {
        EventKind::Entry { args: values, .. } | EventKind::Values { values } => (0, values.iter().collect()),
        EventKind::Custom { fields } => (1, fields.iter().collect()),
        // An exit's names would be those of the arguments.
        EventKind::Exit { value, .. } => (usize::MAX / 2, value.iter().collect()),
        EventKind::State { old, new } => (usize::MAX / 2, vec![old, new]),
        EventKind::Metric { value } => (usize::MAX / 2, vec![value]),
        EventKind::Sent { message, fields } | EventKind::Received { message, fields } => {
            (0, std::iter::once(message).chain(fields).collect())
        }
        _ => (0, Vec::new()),
    }
}

/// A stage that lets only those events pass of which `wanted` says so.
///
/// Whoever leaves out an entry should leave out its call's exit, and what is inside: [`Passing::function`] tells them apart.
pub fn filter(wanted: impl Fn(&Passing<'_>) -> bool + Send + Sync + 'static) -> impl Stage {
    struct Filter<F>(F);
    impl<F: Fn(&Passing<'_>) -> bool + Send + Sync + 'static> Stage for Filter<F> {
        fn pass(&self, event: &mut Passing<'_>) -> bool {
            (self.0)(event)
        }
    }
    Filter(wanted)
}

/// A stage that changes values.
pub fn map(change: impl Fn(&mut Passing<'_>) + Send + Sync + 'static) -> impl Stage {
    struct Map<F>(F);
    impl<F: Fn(&mut Passing<'_>) + Send + Sync + 'static> Stage for Map<F> {
        fn pass(&self, event: &mut Passing<'_>) -> bool {
            (self.0)(event);
            true
        }
    }
    Map(change)
}

/// A stage that adds a value of this name to the events for which `value` has one: see [`Passing::add`].
pub fn enrich(
    name: impl Into<String>,
    value: impl Fn(&Passing<'_>) -> Option<Value> + Send + Sync + 'static,
) -> impl Stage {
    struct Enrich<F>(String, F);
    impl<F: Fn(&Passing<'_>) -> Option<Value> + Send + Sync + 'static> Stage for Enrich<F> {
        fn pass(&self, event: &mut Passing<'_>) -> bool {
            if let Some(value) = (self.1)(event) {
                event.add(&self.0, value);
            }
            true
        }
    }
    Enrich(name.into(), value)
}

/// A string as a value.
pub fn text(text: impl Into<String>) -> Value {
    Value::Str(Text { text: text.into(), cut: false })
}
