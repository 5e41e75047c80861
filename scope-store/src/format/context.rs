//! What the writer and the reader of a batch both know of the events before: what need not be told again.

/// Depths at which open calls are remembered.
const DEPTHS: usize = 4096;

/// A call and its site; call 0: nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub call: u64,
    pub site: u32,
    /// The ticks of its entry, if that was in this batch.
    pub began: Option<u64>,
}

/// See `docs/log-format.md`, "Context".
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub ticks: u64,
    pub call: u64,
    pub depth: u32,
    /// The last site that was told.
    pub site: u32,
    open: Vec<Known>,
}

impl Context {
    /// Begins a batch.
    pub fn reset(&mut self, ticks: u64, call: u64, depth: u32) {
        (self.ticks, self.call, self.depth, self.site) = (ticks, call, depth, 0);
        self.open.clear();
    }

    /// The call at `depth`, if it is known.
    #[inline]
    pub fn at(&self, depth: u32) -> Option<Known> {
        let at = depth as usize;
        if at < self.open.len() && self.open[at].call != 0 { Some(self.open[at]) } else { None }
    }

    /// The call around an event at `depth`: `Some(0)` at depth 0, where there is none; `None`: not known.
    #[inline]
    pub fn around(&self, depth: u32) -> Option<u64> {
        if depth == 0 {
            return Some(0);
        }
        self.at(depth - 1).map(|known| known.call)
    }

    /// The difference to the last time; `ticks` are the last time now.
    #[inline]
    pub fn since(&mut self, ticks: u64) -> u64 {
        ticks.wrapping_sub(std::mem::replace(&mut self.ticks, ticks))
    }

    /// Whether an event at `depth` in `call` is where it would be taken to be.
    #[inline]
    pub fn implies(&self, depth: u32, call: u64) -> bool {
        depth == self.depth && self.around(depth) == Some(call)
    }

    /// An entry, which has a time, or a resumption at `depth`.
    #[inline]
    pub fn opened(&mut self, depth: u32, call: u64, site: u32, began: Option<u64>) {
        let at = depth as usize;
        if at < DEPTHS {
            if at >= self.open.len() {
                self.open.resize(at + 1, Known::default());
            }
            self.open[at] = Known { call, site, began };
        }
        self.depth = depth.saturating_add(1);
    }

    /// A call that began and ended at `depth`. False: at that depth nothing is remembered.
    #[inline]
    pub fn came_by(&mut self, depth: u32, call: u64, site: u32, began: u64) -> bool {
        let at = depth as usize;
        if at < self.open.len() {
            self.open[at] = Known { call, site, began: Some(began) };
            return true;
        }
        false
    }

    /// An exit or a suspension at `depth`.
    #[inline]
    pub fn closed(&mut self, depth: u32) {
        self.depth = depth;
    }
}
