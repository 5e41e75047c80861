//! Code that never comes to its end, where only rustc sees that.

use std::future::Future;

fn die() -> ! {
    panic!("out")
}

/*@*/
pub fn number(a: bool) -> u8 {
    if a {
        return 3;
    }
    die()
}

/*@*/
pub fn owned(a: Option<String>) -> Vec<String> {
    let Some(a) = a else { die() };
    if a.is_empty() {
        return vec![a];
    }
    die()
}

/*@*/
pub fn nothing(a: bool) {
    if a {
        return;
    }
    die()
}

/*@*/
pub fn turns(mut a: u8) -> u8 {
    loop {
        a += 1;
        if a > 3 {
            return a;
        }
    }
}

/*@*/
pub fn never() -> ! {
    die()
}

/*@*/
pub fn opaque(a: u8) -> impl Iterator<Item = u8> {
    if a == 0 {
        die();
    }
    0..a
}

/*@*/
pub fn asked(a: &str) -> Result<u8, std::num::ParseIntError> {
    let b: u8 = a.parse()?;
    let mut c = Vec::new();
    c.push(b);
    let d = c.iter().map(|e| e + 1).collect::<Vec<_>>();
    Ok(d[0])
}

/*@*/
pub async fn waits(a: impl Future<Output = u8>) -> u8 {
    if a.await > 3 {
        return 4;
    }
    die()
}

/*@*/
pub fn boxed(a: u8) -> std::pin::Pin<Box<dyn Future<Output = u8>>> {
    Box::pin(async move {
        if a > 3 {
            return 4;
        }
        die()
    })
}

/*@*/
pub async fn hidden(this: u8) -> String {
    macro_rules! wait {
        ($e:expr) => {
            $e.await
        };
    }
    let text = wait!(std::future::ready(this)).to_string();
    if text.is_empty() { die() } else { text }
}

/*@*/
pub fn closures(a: u8) -> u8 {
    let f = |b: u8| -> u8 { if b > 3 { b } else { die() } };
    let g = async move || f(a);
    drop(g());
    let m = std::sync::Mutex::new(a);
    let held = m.lock();
    match held {
        Ok(a) => *a,
        Err(_) => die(),
    }
}

/*@*/
pub fn leaves_at_once(m: &std::sync::RwLock<u8>) -> u8 {
    return *m.read().unwrap();
}

/*@*/
pub fn leaves_with_a_lock(m: &std::sync::Mutex<Vec<u8>>) -> u8 {
    let g = m.lock().unwrap();
    if g.is_empty() {
        return 0;
    }
    panic!("{}", g.len());
}

/*@*/
pub fn looks_on(mut a: Vec<u8>) -> Option<u8> {
    let mut b = None;
    while let Some(c) = a.pop() {
        b = match c {
            0 => return None,
            1 => break,
            2 => continue,
            other => Some(other),
        };
    }
    let Some(d) = b else { return Some(0) };
    let e = 'found: {
        if d > 3 {
            break 'found d;
        }
        0
    };
    Some(e)
}

/*@*/
pub async fn replaces(mut this: Vec<u8>, (a, b): (u8, u8)) -> Vec<u8> {
    this.push(a);
    std::future::ready(b).await;
    this = vec![b];
    this
}

pub struct Counter(u8);

/*@*/
impl Counter {
    pub fn new(self) -> Self {
        Self(self.0 + 1)
    }

    pub async fn later(mut self) -> Self {
        self.0 += std::future::ready(1).await;
        self
    }

    pub fn get<T: From<u8>>(&self) -> T {
        if self.0 > 3 { T::from(self.0) } else { die() }
    }
}

/*@*/
pub fn under_a_condition(s: &std::sync::Mutex<Vec<u32>>) -> usize {
    #[cfg(all())]
    return s.lock().unwrap().len();
    #[cfg(any())]
    0
}

/*@*/
pub fn with_a_guard(s: &std::sync::Mutex<Vec<u32>>) -> usize {
    let guard = s.lock().unwrap();
    let n = guard.len();
    n
}
