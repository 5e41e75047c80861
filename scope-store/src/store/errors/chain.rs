//! Which failure of its calls a call goes on with.

use super::{ErrorEnd, ErrorStep, Left};
use crate::event::{CallId, EventId, EventKind, Outcome};
use crate::store::Located;
use scope_core::value::Value;

/// Failures that are kept for a call that goes on. What it fails with later is hardly an older one.
pub(super) const KEPT: usize = 8;

/// Shown values shorter than this are found in too many others.
const TELLING: usize = 3;

/// An error on its way.
#[derive(Debug)]
pub(super) struct Pending {
    pub steps: Vec<ErrorStep>,
    /// The filter lets one of the calls through.
    pub passes: bool,
    /// The call that has it has had no other one end since.
    pub is_last: bool,
    /// What that call did next: the line, and the event.
    pub next: Option<(u32, EventId)>,
}

impl Pending {
    pub fn new() -> Self {
        Self { steps: Vec::new(), passes: false, is_last: true, next: None }
    }

    /// A further call fails with it.
    pub fn push(&mut self, step: ErrorStep, passes: bool) {
        self.steps.push(step);
        self.passes |= passes;
        (self.is_last, self.next) = (true, None);
    }

    /// The call that has it does something.
    pub fn goes_on(&mut self, line: u32, event: EventId) {
        self.next.get_or_insert((line, event));
    }
}

/// How the call failed whose exit this is. `None`: it did not.
pub(super) fn failure(exit: &Located) -> Option<ErrorStep> {
    let EventKind::Exit { outcome, value, line, .. } = &exit.event.kind else { return None };
    let (left, value) = match (outcome, value) {
        (Outcome::Early, value) => (Left::Question, value.clone()),
        (Outcome::Panicked, _) => (Left::Unwound, None),
        (_, Some(value)) if value.is_err() => (Left::Returned, Some(inside(value).clone())),
        _ => return None,
    };
    Some(ErrorStep::new(exit, left, *line, value))
}

/// What is in an `Err`.
fn inside(value: &Value) -> &Value {
    let Value::Variant { value: parts, .. } = value else { return value };
    match &**parts {
        Value::Tuple(items) => match &items.items[..] {
            [only] => only,
            _ => parts,
        },
        parts => parts,
    }
}

/// The failure that a call goes on with that fails as `step` says. `None`: this one is born there.
pub(super) fn choose(pending: &[Pending], step: &ErrorStep) -> Option<usize> {
    let is_panic = step.left == Left::Unwound;
    let same_way =
        |pending: &Pending| pending.steps.last().is_some_and(|last| (last.left == Left::Unwound) == is_panic);
    let found = |test: &dyn Fn(&Value, &Value) -> bool| {
        pending.iter().rposition(|pending| {
            let before = pending.steps.last().and_then(|last| last.value.as_ref());
            same_way(pending) && before.zip(step.value.as_ref()).is_some_and(|(before, now)| test(before, now))
        })
    };
    let shown = step.value.as_ref().map(Value::to_string).unwrap_or_default();
    let is_held = |before: &Value, _: &Value| {
        let before = before.to_string();
        before.len() >= TELLING && shown.contains(&before)
    };
    let equal = found(&|before, now| before == now);
    equal
        .or_else(|| found(&is_held))
        .or_else(|| pending.iter().rposition(|pending| pending.is_last && same_way(pending)))
}

/// How an error ended that the call had whose exit this is, and that it did not end with. `instead`: it failed with something of its own.
pub(super) fn end(exit: &Located, call: CallId, instead: bool, next: Option<(u32, EventId)>) -> ErrorEnd {
    let (log, site) = (exit.log, exit.event.site);
    match exit.event.kind {
        EventKind::Exit { outcome: Outcome::Panicked, .. } if instead => ErrorEnd::Panicked { log, call, site },
        EventKind::Exit { outcome: Outcome::Cancelled, .. } => ErrorEnd::Cancelled { log, call, site },
        EventKind::Exit { outcome: Outcome::Unknown, .. } => ErrorEnd::Unknown,
        _ => ErrorEnd::Handled { log, call, site, next },
    }
}
