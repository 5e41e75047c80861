//! The pipeline of a program that never looks at its events: nothing.

use super::Figures;
use crate::stream::Stream;
use crate::{Correlator, info::Calibration};

/// What a program puts between its events and all that takes them: nothing without the feature `live`.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Pipeline {}

impl Pipeline {
    pub(crate) fn is_empty(&self) -> bool {
        true
    }
}

#[derive(Debug)]
pub(crate) struct Live;

#[derive(Debug)]
pub(crate) struct LiveStream {}

impl Live {
    pub fn new(_: Pipeline) -> Self {
        Self
    }

    pub fn calibrated(&mut self, _: &Calibration) {}

    pub fn is_on(&mut self) -> bool {
        false
    }

    pub fn has_work(&self) -> bool {
        false
    }

    pub fn prepare(&mut self) {}

    pub fn pass(&self, _: &mut Stream) {}

    pub fn deliver(&mut self, _: &mut [Stream]) {}

    pub fn lost(&mut self, _: u64, _: u64) {}

    pub fn flush(&mut self) {}

    pub fn end(&mut self) {}

    pub fn figures(&self, _: &mut Figures) {}
}

impl LiveStream {
    pub fn new(_: u64) -> Self {
        Self {}
    }

    pub fn turn(&mut self, _: bool) {}

    /// Whether it took the records.
    pub fn collect(&mut self, _: &mut Correlator, _: &[u64], _: u64) -> bool {
        false
    }

    /// Events of the thread in the log, where that is not what the correlator has counted.
    pub fn kept(&self) -> Option<u64> {
        None
    }
}
