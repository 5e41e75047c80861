//! What values were recorded last at a site: writer and reader of a batch both know, so that only differences are told.

use scope_core::plains::TYPES;

/// Sites that are remembered: one for each value of the lowest bits of their ids.
const LINES: usize = 256;
/// Values of one record.
pub(crate) const VALUES: usize = TYPES;

/// What is remembered of one site.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line {
    site: u32,
    /// Of an earlier batch: nothing is remembered.
    batch: u32,
    /// The types of its values.
    types: u64,
    /// The values: of a text where it begins among the batch's bytes, and its length.
    pub last: [u64; VALUES],
}

/// The memory of one batch. It is made with the first value.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    lines: Vec<Line>,
    batch: u32,
}

impl Slots {
    /// Forgets all.
    pub fn clear(&mut self) {
        self.batch = self.batch.wrapping_add(1);
        if self.batch == 0 {
            self.lines.clear();
        }
    }

    #[inline(always)]
    fn line(&mut self, site: u32) -> &mut Line {
        if self.lines.is_empty() {
            self.lines.resize(LINES, Line { batch: u32::MAX, ..Line::default() });
        }
        &mut self.lines[site as usize % LINES]
    }

    /// What is remembered of `site`, if its values had these types then. Else they have from now on, and the values before count as 0.
    #[inline(always)]
    pub fn of(&mut self, site: u32, types: u64) -> (bool, &mut Line) {
        let batch = self.batch;
        let line = self.line(site);
        let known = line.site == site && line.batch == batch && line.types == types;
        if !known {
            *line = Line { site, batch, types, last: [0; VALUES] };
        }
        (known, line)
    }

    /// The types of the site's last values.
    #[inline(always)]
    pub fn types(&mut self, site: u32) -> Option<u64> {
        let batch = self.batch;
        let line = self.line(site);
        (line.site == site && line.batch == batch).then_some(line.types)
    }
}
