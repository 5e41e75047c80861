//! Starting the recorder takes a stack: in builds without optimisation about 64 KiB. A thread that has less left has it done by another one.

use super::START_PATIENCE;
use scope_core::{hooks, session};
use std::sync::mpsc;
use std::thread;

/// What is enough.
const ROOM: usize = 256 << 10;

/// Runs `start` where there is room for it, and waits for that as for any other thread that starts the recorder.
pub(super) fn with_room(start: impl FnOnce() + Send + 'static) {
    if hooks::stack_left() >= ROOM {
        return start();
    }
    let (done, started) = mpsc::sync_channel(1);
    let thread = thread::Builder::new().name("scope-start".to_owned());
    let thread = hooks::without_signals(|| {
        thread.spawn(move || {
            std::mem::forget(scope_core::mute());
            start();
            _ = done.send(());
        })
    });
    if thread.is_err() || started.recv_timeout(START_PATIENCE).is_err() {
        session::give_up();
    }
}
