//! Async functions and blocks, polled by hand, and dropped at any `await`.

super::twins! {
[plain_run, cancelled, questions, in_macros, blocks, methods, tails, joined, panicking, boxed]

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Pending for some polls.
struct Wait(u8, Noisy);

impl Future for Wait {
    type Output = u8;
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u8> {
        if self.0 == 0 {
            return Poll::Ready(self.1.0);
        }
        self.0 -= 1;
        Poll::Pending
    }
}

fn wait(id: u8) -> Wait {
    Wait(below(3), Noisy::new(id))
}

/// Polls until the end, or until the future is given up.
fn drive<T>(future: impl Future<Output = T>, patience: u8) -> Option<T> {
    let mut future = Box::pin(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..patience {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return Some(value),
            Poll::Pending => note("pending"),
        }
    }
    note("given up");
    None
}

async fn steps(a: Noisy, _: Noisy, (b, _c): (Noisy, Noisy)) -> u8 {
    let first = wait(10).await;
    let held = Noisy::new(11);
    let list = [wait(12).await, wait(13).await];
    if flip() {
        return list[0];
    }
    drop(a);
    let _inner = Wait(1, Noisy::new(14)).await + held.get();
    first.wrapping_add(b.get())
}

fn made() -> impl Future<Output = u8> {
    steps(Noisy::new(1), Noisy::new(2), (Noisy::new(3), Noisy::new(4)))
}

pub fn plain_run() {
    seen(drive(made(), 200));
}

pub fn cancelled() {
    seen(drive(made(), below(8)));
    drop(made());
}

async fn checked(n: u8) -> Result<u8, Noisy> {
    let _held = Noisy::new(n);
    match wait(n).await {
        0 => Err(Noisy::new(90)),
        n => Ok(n),
    }
}

async fn several() -> Result<Vec<u8>, Noisy> {
    let mut list = Vec::new();
    for i in 0..3 {
        let value = checked(below(4)).await?;
        list.push(value);
        if value == 3 && flip() {
            break;
        }
        let Ok(more) = checked(i).await else { continue };
        list.push(more);
    }
    while let Some(last) = list.pop() {
        if checked(last).await? > 1 {
            return Ok(list);
        }
    }
    Err(Noisy::new(91))
}

pub fn questions() {
    let _ = seen(drive(several(), 5 + num()));
}

/// What macros are handed: temporaries live as long as theirs.
async fn shown() -> Result<String, Noisy> {
    let held = Noisy::new(60);
    let text = format!("{} {n}", wait(61).await + Noisy::new(62).get(), n = checked(below(4)).await?);
    let list = vec![checked(Noisy::new(3).get()).await?, wait(64).await];
    assert!(list.len() > usize::from(checked(below(4)).await? / 100), "{}", held.get());
    assert_eq!(list.get(usize::from(checked(1).await? / 2)), Some(&3), "{} {}", wait(65).await, checked(below(3)).await?);
    Ok(if matches!(checked(below(5)).await?, 1..=2) { text } else { format!("{text} {:?}", Noisy::new(66).some()) })
}

pub fn in_macros() {
    let _ = seen(drive(shown(), 5 + 2 * num()));
}

pub fn blocks() {
    let outer = Noisy::new(1);
    let text = String::from("ab");
    let block = async {
        let n = wait(2).await;
        let len = text.len() + usize::from(outer.get());
        len + usize::from(n)
    };
    seen(drive(block, below(6)));
    let moved = async move {
        let result: Result<u8, Noisy> = async { Ok(checked(below(2)).await? + outer.get()) }.await;
        match result {
            Ok(n) => n,
            Err(noisy) => noisy.get(),
        }
    };
    seen(drive(moved, below(6)));
    note(text);
}

struct Server {
    log: Vec<u8>,
    name: Noisy,
}

impl Server {
    async fn ask(&mut self, n: u8) -> &mut u8 {
        let answer = wait(n).await;
        self.log.push(answer);
        let at = self.log.len() - 1;
        &mut self.log[at]
    }

    async fn end(self) -> Noisy {
        Wait(1, Noisy::new(5)).await;
        self.name
    }
}

pub fn methods() {
    let mut server = Server { log: vec![], name: Noisy::new(1) };
    if let Some(answer) = drive(server.ask(7), below(5)) {
        *answer += 1;
    }
    seen(drive(async { *server.ask(8).await += 1; server.log.len() }, below(5)));
    seen(drive(server.end(), below(4)));
}

async fn tail(arg: Noisy) -> u8 {
    let local = Noisy::new(20);
    Wait(below(2), Noisy::new(local.get() + arg.get())).await
}

async fn match_tail(arg: Option<Noisy>) -> Option<u8> {
    match arg.as_ref().and_then(Noisy::some) {
        Some(0) => None,
        Some(n) => Some(tail(Noisy::new(n)).await),
        None => Noisy::new(wait(30).await).some(),
    }
}

pub fn tails() {
    seen(drive(tail(Noisy::new(1)), below(4)));
    let arg = flip().then(|| Noisy::new(below(4)));
    seen(drive(match_tail(arg), below(7)));
}

/// Polls two futures in turn; the first to end wins, and the other is dropped where it is.
async fn race<A: Future<Output = u8>, B: Future<Output = u8>>(a: A, b: B) -> u8 {
    let (mut a, mut b) = (pin!(a), pin!(b));
    std::future::poll_fn(|context| {
        if let Poll::Ready(n) = a.as_mut().poll(context) {
            return Poll::Ready(n);
        }
        b.as_mut().poll(context)
    })
    .await
}

pub fn joined() {
    let winner = drive(race(made(), tail(Noisy::new(40))), 5 + below(20));
    seen(winner);
}

async fn breaks(depth: u8) -> u8 {
    let held = Noisy::new(depth);
    if depth == 0 {
        let n = wait(1).await;
        assert!(flip(), "broken at {}", held.get());
        return n;
    }
    let under = Box::pin(breaks(depth - 1)).await;
    here();
    under + held.get()
}

pub fn panicking() {
    seen(drive(breaks(below(3)), 3 + below(5)));
}

fn dynamic(n: u8) -> Pin<Box<dyn Future<Output = u8>>> {
    if n == 0 {
        return Box::pin(std::future::ready(1));
    }
    let held = Noisy::new(n);
    Box::pin(async move {
        let first = wait(50).await;
        let rest = dynamic(held.get() - 1).await;
        first.wrapping_add(rest)
    })
}

pub fn boxed() {
    seen(drive(dynamic(below(4)), below(9)));
    let mut polled = dynamic(1);
    let mut context = Context::from_waker(Waker::noop());
    let ready = polled.as_mut().poll(&mut context).is_ready();
    note(ready);
}
}
