//! What a flight recorder's thread does while the rings are left alone.

use super::Processor;
use crate::recorder::{self, Asked};
use scope_core::snapshot;
use std::time::Duration;

/// How often the clocks are compared anew where nothing is logged for long.
const CALIBRATION: Duration = Duration::from_secs(60);

impl Processor {
    /// What is to be done while rings are left alone. False: there is no more.
    pub(super) fn keep_house(&mut self) -> bool {
        // Taken before the threads are met: those that were there when somebody asked are all in the snapshot.
        let (causes, all_asked): (Vec<_>, _) = (snapshot::causes().collect(), self.control.asked());
        self.meet_new_threads();
        self.append();
        let Some(flight) = &mut self.flight else { return false };
        flight.retire(&mut self.streams, &self.session);
        let mut reasons: Vec<(String, Option<Asked>)> = Vec::new();
        reasons.extend(causes.into_iter().filter_map(|cause| Some((flight.reason(cause)?, None))));
        for asked in all_asked {
            match asked.automatic && !flight.may() {
                true => self.control.answer(&asked, Ok(None)),
                false => reasons.push((asked.reason.clone(), Some(asked))),
            }
        }
        for (reason, asked) in reasons {
            let made = flight.write(&reason, &self.streams, self.session.homeless());
            match (asked, made) {
                (Some(asked), made) => self.control.answer(&asked, made.map(Some)),
                (None, Ok(_)) => {}
                (None, Err(error)) => recorder::complain(&format_args!("no snapshot of `{reason}`: {error}")),
            }
        }
        if self.calibrated.elapsed() >= CALIBRATION {
            self.mind_the_log();
            self.calibrate();
        }
        false
    }
}
