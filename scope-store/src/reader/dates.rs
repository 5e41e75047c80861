//! When events happened that are not dated: lines and values, whose order is exact. They are spread evenly between the dated ones around.

use crate::format::{RawEvent, RawKind};

/// What is to be known of an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    ticks: u64,
    how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Exactly,
    /// Its kind has no time.
    Not,
    /// When something was lost is not always known.
    Loosely,
}

impl From<RawEvent<'_>> for Dated {
    fn from(event: RawEvent<'_>) -> Self {
        let how = match event.kind {
            RawKind::Line | RawKind::Values { .. } => How::Not,
            RawKind::Lost { .. } | RawKind::Unknown { .. } => How::Loosely,
            _ => How::Exactly,
        };
        Self { ticks: event.ticks, how }
    }
}

/// The ticks of a batch's events, which `next` gives one after the other. What can't be decoded is left out.
///
/// Behind the last dated event of the batch they have its ticks: of what comes next nothing is known here.
///
/// `told`: the ticks of those, by index, that have some for all that.
pub(super) fn dates(events: u32, told: &[(u32, u64)], mut next: impl FnMut() -> Option<Dated>) -> Vec<u64> {
    let (mut dates, mut before) = (Vec::new(), None);
    let mut told = told.iter().peekable();
    for index in 0..events {
        let Some(Dated { ticks, how }) = next() else { break };
        if let Some((_, ticks)) = told.next_if(|(at, _)| *at == index) {
            spread(before, *ticks, &mut dates);
            before = Some(dates.len());
            dates.push(*ticks);
            continue;
        }
        match how {
            How::Not => {}
            How::Loosely => before = Some(dates.len()),
            How::Exactly => {
                spread(before, ticks, &mut dates);
                before = Some(dates.len());
            }
        }
        // Never before one that has a time of its own.
        let last = dates.last().copied().unwrap_or(0);
        dates.push(if how == How::Not { ticks.max(last) } else { ticks });
    }
    dates
}

/// Spreads what is behind the dated event at `before` up to `next`, which is the ticks of the next one.
fn spread(before: Option<usize>, next: u64, dates: &mut [u64]) {
    let Some((&mut start, between)) = before.and_then(|at| dates[at..].split_first_mut()) else { return };
    let parts = between.len() as u128 + 1;
    let Some(span) = next.checked_sub(start) else { return };
    for (date, part) in between.iter_mut().zip(1..) {
        *date = start + (u128::from(span) * part / parts) as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evenly_and_never_backwards() {
        let mut dates = vec![5, 10, 10, 10, 10];
        spread(Some(1), 14, &mut dates);
        assert_eq!(dates, [5, 10, 11, 12, 13]);
        let mut dates = vec![10, 10, 10];
        spread(Some(0), 11, &mut dates);
        assert_eq!(dates, [10, 10, 10]);
        spread(Some(0), 3, &mut dates);
        spread(Some(2), 30, &mut dates);
        spread(None, 30, &mut dates);
        assert_eq!(dates, [10, 10, 10]);
        let mut dates = vec![0, 0];
        spread(Some(0), u64::MAX, &mut dates);
        assert_eq!(dates, [0, u64::MAX / 2]);
    }
}
