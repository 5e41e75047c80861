//! What a path leads to, and whether a condition holds.

use super::ast::{Expr, Operand, Path, Root, Step};
use super::compare::{Found, compares, contains, is, is_true, like};
use super::subject::{Subject, outcome_name};
use crate::event::{EventKind, Outcome};
use scope_core::value::Value;

/// Does `expr` hold for this?
pub(super) fn holds(expr: &Expr, subject: &Subject<'_>) -> bool {
    match expr {
        Expr::Any(parts) => parts.iter().any(|part| holds(part, subject)),
        Expr::All(parts) => parts.iter().all(|part| holds(part, subject)),
        Expr::Not(part) => !holds(part, subject),
        Expr::Holds(path) => any(path, subject, &mut is_true),
        Expr::Is(path, name) => any(path, subject, &mut |found| is(found, name)),
        Expr::Contains(path, literal) => any(path, subject, &mut |found| contains(found, literal)),
        Expr::Like(path, pattern) => any(path, subject, &mut |found| like(found, pattern)),
        Expr::Compare(path, comparison, Operand::Literal(literal)) => {
            any(path, subject, &mut |found| compares(found, *comparison, literal.into()))
        }
        Expr::Compare(path, comparison, Operand::Path(other)) => {
            any(path, subject, &mut |found| any(other, subject, &mut |other| compares(found, *comparison, other)))
        }
    }
}

/// What a test says of something that was found.
type Test<'t, 'a> = &'t mut dyn FnMut(Found<'a>) -> bool;

/// Does `test` hold for something that the path leads to?
pub(super) fn any<'a>(path: &'a Path, subject: &Subject<'a>, test: Test<'_, 'a>) -> bool {
    let steps = &path.steps[..];
    match &path.root {
        Root::Name(name) => named(name, subject, &mut |found| walk(found, steps, test)),
        Root::Args => part(subject.args(), steps, test),
        Root::Vars => part(subject.vars(), steps, test),
        Root::Fields => part(subject.fields(), steps, test),
        Root::Thread => {
            let found = [Some(Found::Int(subject.event.thread.0.into())), name_of_thread(subject)];
            found.into_iter().flatten().any(|found| walk(found, steps, test))
        }
        root => single(root, subject).is_some_and(|found| walk(found, steps, test)),
    }
}

fn name_of_thread<'a>(subject: &Subject<'a>) -> Option<Found<'a>> {
    subject.thread.and_then(|thread| thread.name.as_deref()).map(Found::Text)
}

fn single<'a>(root: &Root, subject: &Subject<'a>) -> Option<Found<'a>> {
    Some(match root {
        Root::Ret => match subject.exit()? {
            // What a `?` left with is shown without the `Err` around it.
            (Outcome::Early, Some(value), _) if *value != Value::None => Found::Err(value),
            (_, value, _) => Found::Value(value?),
        },
        Root::Error => match subject.exit()? {
            (Outcome::Early, value, _) => Found::Value(value?),
            (_, Some(value @ Value::Variant { value: inner, .. }), _) if value.is_err() => Found::Value(alone(inner)),
            _ => return None,
        },
        Root::Outcome => Found::Text(outcome_name(subject.exit()?.0)),
        Root::Panicked => Found::Bool(subject.exit()?.0 == Outcome::Panicked),
        Root::Duration => Found::Duration(subject.exit()?.2?),
        Root::Depth => Found::Int(subject.event.depth.into()),
        Root::Function => Found::Text(&subject.site?.function),
        Root::File => Found::Text(&subject.site?.file),
        Root::Line => match subject.event.kind {
            EventKind::Exit { line: Some(line), .. } => Found::Int(line.into()),
            _ => Found::Int(subject.site?.line.into()),
        },
        Root::Kind => Found::Text(subject.kind().name()),
        Root::Name(_) | Root::Args | Root::Vars | Root::Fields | Root::Thread => return None,
    })
}

/// An argument, a variable, a field of an own event, or what else an own event has.
fn named<'a>(name: &str, subject: &Subject<'a>, test: Test<'_, 'a>) -> bool {
    let mut is_known = false;
    for (names, values) in [subject.args(), subject.vars(), subject.fields()] {
        for (_, value) in names.iter().zip(values).filter(|(known, _)| *known == name) {
            is_known = true;
            if test(Found::Value(value)) {
                return true;
            }
        }
    }
    if is_known {
        return false;
    }
    let own = subject.own_name();
    let found = match (&subject.event.kind, name) {
        (EventKind::State { old, .. }, "old") => Found::Value(old),
        (EventKind::State { new, .. }, "new") => Found::Value(new),
        (EventKind::State { new, .. }, name) if own == Some(name) => Found::Value(new),
        (EventKind::Metric { value }, "value") => Found::Value(value),
        (EventKind::Metric { value }, name) if own == Some(name) => Found::Value(value),
        (EventKind::Sent { message, .. } | EventKind::Received { message, .. }, "message") => Found::Value(message),
        (EventKind::Sent { .. } | EventKind::Received { .. }, "channel") => match own {
            Some(own) => Found::Text(own),
            None => return false,
        },
        (_, "name") => match own {
            Some(own) => Found::Text(own),
            None => return false,
        },
        _ => return false,
    };
    test(found)
}

/// `args.qty`, `args[0]`, `args.*`; `args` stands for each of them, too.
fn part<'a>((names, values): (&'a [String], &'a [Value]), steps: &[Step], test: Test<'_, 'a>) -> bool {
    let (first, rest) = steps.split_first().unwrap_or((&Step::Every, &[]));
    let mut test = |value| walk(Found::Value(value), rest, test);
    match first {
        Step::Field(name) => names.iter().zip(values).any(|(known, value)| known == name && test(value)),
        Step::Item(index) => usize::try_from(*index).is_ok_and(|index| values.get(index).is_some_and(test)),
        Step::Every => values.iter().any(test),
    }
}

/// Does `test` hold for something that the steps lead to from here?
fn walk<'a>(found: Found<'a>, steps: &[Step], test: Test<'_, 'a>) -> bool {
    let Some((step, rest)) = steps.split_first() else { return test(found) };
    let (Found::Value(value) | Found::Err(value)) = found else { return false };
    let value = match (found, step) {
        (Found::Value(_), Step::Field(_)) => inside(value),
        (Found::Value(_), _) => parts(value),
        _ => value,
    };
    let mut test = |value| walk(Found::Value(value), rest, test);
    match (step, value) {
        // What a `?` left with is in an `Err`, whose only item it is.
        (Step::Item(index), value) if matches!(found, Found::Err(_)) => *index == 0 && test(value),
        (Step::Every, value) if matches!(found, Found::Err(_)) => test(value),
        (Step::Field(name), Value::Struct { fields, .. }) => {
            fields.iter().any(|(field, value)| field == name && test(value))
        }
        (Step::Field(name), Value::Map { entries, .. }) => {
            entries.iter().any(|(key, value)| key.as_str() == Some(name) && test(value))
        }
        (Step::Item(index), Value::Map { entries, .. }) => {
            entries.iter().any(|(key, value)| key.as_i128() == Some((*index).into()) && test(value))
        }
        (Step::Every, Value::Struct { fields, .. }) => fields.iter().any(|(_, value)| test(value)),
        (Step::Every, Value::Map { entries, .. }) => entries.iter().any(|(_, value)| test(value)),
        (
            Step::Item(_) | Step::Every,
            Value::Seq(items) | Value::Set(items) | Value::Tuple(items) | Value::TupleStruct { items, .. },
        ) => match step {
            Step::Item(index) => {
                usize::try_from(*index).is_ok_and(|index| items.items.get(index).is_some_and(&mut test))
            }
            _ => items.items.iter().any(test),
        },
        // What is in a `Some` is its only item.
        (Step::Item(0) | Step::Every, Value::Some(value)) => test(value),
        _ => false,
    }
}

/// What has the fields of a value: those of `Some(x)` and of `Ok(x)` are those of `x`.
fn inside(mut value: &Value) -> &Value {
    loop {
        value = match value {
            Value::Some(inner) => inner,
            Value::Variant { value: inner, .. } => alone(inner),
            value => return value,
        };
    }
}

/// What has the items of a value.
fn parts(value: &Value) -> &Value {
    match value {
        Value::Some(inner) if !is_plain(inner) => parts(inner),
        Value::Variant { value: inner, .. } => inner,
        value => value,
    }
}

/// Has it no parts?
fn is_plain(value: &Value) -> bool {
    !matches!(
        value,
        Value::Struct { .. }
            | Value::TupleStruct { .. }
            | Value::Map { .. }
            | Value::Some(_)
            | Value::Variant { .. }
            | Value::Seq(_)
            | Value::Set(_)
            | Value::Tuple(_)
    )
}

/// The one value of a variant, without the tuple that it is in.
fn alone(value: &Value) -> &Value {
    match value {
        Value::Tuple(items) => match &items.items[..] {
            [only] => only,
            _ => value,
        },
        value => value,
    }
}
