//! The guard of a lock in a return type that goes on in other lines.
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
#[derive(Default)]
struct Inner { names: Vec<String> }
struct S { m: Mutex<Inner> }
impl fmt::Debug for S {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "S {}", self.m.lock().unwrap().names.len()) }
}
#[scope::instrument(level = "full")]
impl S {
    fn show(&self) -> usize {
        3
    }
    fn inner_state_of_the_registry(
        &self,
    ) -> Result<
        MutexGuard<'_, Inner>,
        PoisonError<MutexGuard<'_, Inner>>,
    > {
        self.m.lock()
    }
    fn run(&self) -> usize {
        let g = self.inner_state_of_the_registry().unwrap();
        let k = self.show();
        k + g.names.len()
    }
}
fn main() { println!("{}", S { m: Default::default() }.run()); }
//> S::run(self = S 0)
//>   S::inner_state_of_the_registry(self = <Opaque: guards_in_several_lines::S (a lock may be held), 32 bytes>)
//>   S::inner_state_of_the_registry Returned Ok(<Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_in_several_lines::Inner>, 16 bytes>)
//>   g = <Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_in_several_lines::Inner>, 16 bytes>
//>   S::show(self = <Opaque: guards_in_several_lines::S (a lock may be held), 32 bytes>)
//>   S::show Returned 3
//>   k = 3
//> S::run Returned 3
