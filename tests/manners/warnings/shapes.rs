//! What clippy takes for a shape that it knows, once a probe is in it.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};

/*@*/
pub fn a_block_that_is_asked() -> Result<(), ()> {
    {
        let n = i64::from(5_i32);
        assert!(n > 1);
        Ok(Ok(()))
    }??;
    Ok(())
}
/*@*/
#[allow(clippy::needless_return)]
pub fn a_child_waited_for_at_last() -> ExitStatus {
    let mut child = Command::new("").spawn().unwrap();
    return child.wait().unwrap();
}
pub struct Key(AtomicUsize);
impl PartialEq for Key {
    /*@*/
    fn eq(&self, other: &Self) -> bool {
        self.0.load(Ordering::Relaxed) == other.0.load(Ordering::Relaxed)
    }
}
impl Eq for Key {}
impl Hash for Key {
    /*@*/
    fn hash<H: Hasher>(&self, to: &mut H) {
        self.0.load(Ordering::Relaxed).hash(to);
    }
}
pub trait Keys {
    #[allow(clippy::mutable_key_type)]
    fn keys(&self, more: HashSet<Key>) -> HashSet<Key>;
}
impl Keys for u8 {
    /*@*/
    fn keys(&self, more: HashSet<Key>) -> HashSet<Key> {
        assert!(*self > 1);
        more
    }
}
pub enum Never {}
impl Never {
    /*@*/
    #[allow(unused_variables, unreachable_code, clippy::let_and_return)]
    pub fn never(&self) -> ! {
        let data = match *self {};
        data
    }
}
/*@*/
#[allow(clippy::manual_memcpy)]
pub fn copied(to: &mut [u8; 8], from: &[u8; 9]) {
    let mut count = 0;
    for n in 3..8 {
        to[count] = from[n];
        count += 1;
    }
}
/*@*/
#[allow(clippy::manual_memcpy)]
pub fn copied_and_counted(to: &mut [u8; 8], from: &[u8; 9]) {
    let mut count = 0;
    for n in 3..8 {
        to[n] = from[count];
        count += 1
    }
}
/*@*/
pub fn a_text_whose_lines_are_skipped() -> String {
    format!("\

{}", 1)
}
/*@*/
pub fn chosen(bytes: Option<&'static [u8]>) -> &'static [u8] {
    if let Some(bytes) = bytes { bytes } else { &[1] }
}
