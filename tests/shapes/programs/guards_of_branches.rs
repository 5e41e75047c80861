//@ edition 2024
//! Locks that the condition behind an `else` holds, or the guard of an arm.
use std::fmt;
use std::sync::Mutex;
struct S {
    m: Mutex<Vec<u32>>,
    n: u32,
}
impl fmt::Debug for S {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S {}", self.m.lock().unwrap().len())
    }
}
#[scope::instrument(level = "full")]
fn helper(g: &Vec<u32>, s: &S) -> bool {
    g.len() as u32 > s.n
}
#[scope::instrument(level = "full")]
impl S {
    fn show(&self) -> u32 {
        self.n + 1
    }
    fn run(&self) -> u32 {
        if self.n > 100 {
            1
        } else if let Some(x) = self.m.lock().unwrap().pop() {
            self.show() + x
        } else {
            0
        }
    }
    fn third(&self) -> u32 {
        let n = if self.n > 100 {
            1
        } else if self.n > 50 {
            2
        } else if let Some(x) = self.m.lock().unwrap().pop() {
            self.show() + x
        } else {
            0
        };
        n + self.show()
    }
    fn a(&self) -> u32 {
        match self.n {
            x if helper(&self.m.lock().unwrap(), self) => x,
            _ => self.show(),
        }
    }
    fn b(&self) -> u32 {
        match Some(self.n) {
            Some(_)
                if let Ok(g) = self.m.lock()
                    && g.len() > 0 =>
            {
                self.show()
            }
            _ => 0,
        }
    }
}

fn main() {
    let s = S { m: Mutex::new(vec![3, 4, 5]), n: 1 };
    println!("{} {} {} {}", s.run(), s.a(), s.b(), s.third());
}
//> S::run(self = S 3)
//>   branch if let Some(x) = self.m.lock().unwrap().pop()
//>   x = 5
//>   S::show(self = <Opaque: guards_of_branches::S (a lock may be held), 40 bytes>)
//>   S::show Returned 2
//> S::run Returned 7
//> S::a(self = S 2)
//>   helper(g = [3, 4], s = <Opaque: guards_of_branches::S (a lock may be held), 40 bytes>)
//>   helper Returned true
//>   branch x if helper(&self.m.lock().unwrap(), self)
//>   x = 1
//> S::a Returned 1
//> S::b(self = S 2)
//>   branch Some(_) if let Ok(g) = self.m.lock() && g.len() > 0
//>   g = [3, 4]
//>   S::show(self = <Opaque: guards_of_branches::S (a lock may be held), 40 bytes>)
//>   S::show Returned 2
//> S::b Returned 2
//> S::third(self = S 2)
//>   branch if let Some(x) = self.m.lock().unwrap().pop()
//>   x = 4
//>   S::show(self = <Opaque: guards_of_branches::S (a lock may be held), 40 bytes>)
//>   S::show Returned 2
//>   n = 6
//>   S::show(self = S 1)
//>   S::show Returned 2
//> S::third Returned 8
