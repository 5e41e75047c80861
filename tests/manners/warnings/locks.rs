#![allow(missing_docs, dead_code, unused_results)]
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
struct Shared {
    m: Mutex<Vec<u8>>,
    l: RwLock<u8>,
}
/*@*/
fn for_the_block(s: &Shared) -> usize {
    let g = s.m.lock().unwrap();
    let n = g.len();
    n + g.capacity()
}
/*@*/
fn dropped(s: &Shared) -> usize {
    let g = s.m.lock().unwrap_or_else(PoisonError::into_inner);
    let n = g.len();
    drop(g);
    n
}
/*@*/
fn unused(s: &Shared) {
    let g = s.m.lock().unwrap();
}
/*@*/
fn wild(s: &Shared) {
    let _ = s.m.lock().unwrap();
}
/*@*/
fn underscore(s: &Shared) {
    let _g = s.m.lock();
}
/*@*/
fn not_mutable(s: &Shared) -> u8 {
    let mut g = s.l.write().unwrap();
    *g
}
/*@*/
fn temporaries(s: &Shared) {
    s.m.lock().unwrap().push(1);
    *s.l.write().unwrap() += 1;
    if s.m.lock().unwrap().is_empty() {
        s.m.lock().unwrap().clear();
    }
    while s.m.lock().unwrap().len() < 3 {
        s.m.lock().unwrap().push(2);
    }
    if (s.l.read().unwrap().is_power_of_two()) {
        s.m.lock().unwrap().clear();
    }
}
/*@*/
fn scrutinee(s: &Shared) -> u8 {
    if let Some(x) = s.m.lock().unwrap().pop() {
        return x;
    }
    while let Some(x) = s.m.lock().unwrap().pop() { //~ a marker may go behind what is given back here
        s.l.write().unwrap().clone_from(&x);
    }
    match s.m.lock().unwrap().len() {
        0 => *s.l.read().unwrap(),
        1 => { *s.l.read().unwrap() }
        _ => (*s.l.read().unwrap()), //~ an arm is in braces, with its probe
    }
}
/*@*/
fn closures(s: &Shared) -> u8 {
    let all: u8 = s.m.lock().unwrap().iter().map(|x| x + *s.l.read().unwrap()).sum();
    let get = || *s.l.read().unwrap();
    let size = || s.m.lock().unwrap().len() as u8;
    all + get() + size()
}
/*@*/
fn handed(g: &mut MutexGuard<'_, Vec<u8>>) -> usize {
    g.push(1);
    g.len()
}
/*@*/
fn handed_unused(g: MutexGuard<'_, Vec<u8>>) {}
/*@*/
fn given(s: &Shared) -> MutexGuard<'_, Vec<u8>> {
    let g = s.m.lock().unwrap();
    g
}
/*@*/
fn leaves(s: &Shared) -> u8 {
    let g = s.m.lock().unwrap();
    if g.is_empty() {
        return 0;
    }
    panic!("{}", g.len());
}
/*@*/
fn leaves_at_once(s: &Shared) -> u8 {
    return *s.l.read().unwrap();
}
/*@*/
fn never(s: &Shared) -> ! {
    let g = s.m.lock().unwrap();
    loop {
        println!("{}", g.len());
    }
}
/*@*/
fn twice(s: &Shared) -> usize {
    let g = s.m.lock().unwrap();
    let n = g.len();
    let g = s.l.read().unwrap();
    n + usize::from(*g)
}
/*@*/
fn blocks(s: &Shared) -> usize {
    let n = {
        let g = s.m.lock().unwrap();
        g.len()
    };
    {
        let g = s.m.lock().unwrap();
        g.len() + n
    }
}
/*@*/
async fn wait() {}
/*@*/
async fn held_while_waiting(s: &Shared) -> usize {
    let g = s.m.lock().unwrap();
    wait().await;
    g.len()
}
/*@*/
async fn given_back_before(s: &Shared) -> usize {
    let n = {
        let g = s.m.lock().unwrap();
        g.len()
    };
    wait().await;
    n + s.m.lock().unwrap().len()
}
/*@*/
fn conditional(s: &Shared) -> usize {
    #[cfg(all())]
    let g = s.m.lock().unwrap();
    #[cfg(any())]
    let g = s.l.read().unwrap();
    g.len()
}
/*@*/
fn assigned_anew(s: &Shared) {
    let mut g = s.m.lock().unwrap_or_else(PoisonError::into_inner);
    g.push(1);
    loop {
        let is_empty = g.pop().is_none();
        drop(g);
        println!("x");
        if is_empty {
            return;
        }
        g = s.m.lock().unwrap_or_else(PoisonError::into_inner);
    }
}
struct Histogram;
impl Histogram {
    fn read(&mut self) -> &mut Self {
        self
    }
    fn record(&mut self, n: u8) -> Result<(), String> {
        if n > 0 { Ok(()) } else { Err("none".to_string()) }
    }
}
/*@*/
fn in_a_loop(m: &Mutex<Histogram>, all: &[u8]) {
    {
        let mut locked = m.lock().unwrap();
        for n in all {
            locked.read().record(*n).unwrap();
        }
    }
    println!("{:?}", std::time::Duration::ZERO);
}
struct Names(Vec<String>);
impl Names {
    fn refresh(&mut self) {
        self.0.clear();
    }
    fn all(&self) -> Vec<String> {
        self.0.clone()
    }
}
/*@*/
fn written_through_a_method(names: &RwLock<Names>) -> Vec<String> {
    let mut inner = names.write().unwrap();
    inner.refresh();
    inner.all()
}
/*@*/
fn ends_temporaries(m: &Mutex<u8>) {
    if let Ok(i) = m.lock() {
        println!("{i}");
    } else {
        let _x = m.lock();
    };
}
