//! Async functions on two threads: one call each, however often it waits and wherever it goes on.
//!
//!     cargo run --release --example async_tasks
//!
//! The executor is as small as one can be: a queue of tasks, threads that poll what is in it, and a waker that
//! puts a task back.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Barrier, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

#[scope::instrument]
mod shop {
    use super::pause;
    use std::future::Future;

    /// Why an order can't be placed.
    #[derive(Debug)]
    pub struct OutOfStock {
        #[expect(dead_code, reason = "shown by the recorder, through `Debug`")]
        pub item: &'static str,
    }

    pub async fn order(item: &'static str, count: u32) -> Result<u32, OutOfStock> {
        let price = price(item).await;
        reserve(item, count).await?;
        Ok(price * count)
    }

    async fn price(item: &'static str) -> u32 {
        pause(2).await;
        item.len() as u32
    }

    async fn reserve(item: &'static str, count: u32) -> Result<(), OutOfStock> {
        pause(1).await;
        if count > 10 { Err(OutOfStock { item }) } else { Ok(()) }
    }

    /// Polled once and then given up: the log says that it was cancelled.
    pub async fn impatient() {
        let mut waits = Box::pin(reserve("bread", 1));
        std::future::poll_fn(|context| {
            let _pending = waits.as_mut().poll(context);
            std::task::Poll::Ready(())
        })
        .await;
        drop(waits);
    }
}

/// Waits for this many polls.
fn pause(polls: u32) -> impl Future<Output = ()> {
    let mut left = polls;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
}

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A future, and the queue that it is put back into.
struct Task {
    job: Mutex<Option<Job>>,
    queue: mpsc::Sender<Arc<Task>>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let queue = self.queue.clone();
        // Refused only when the executor is gone, and with it the need.
        _ = queue.send(self);
    }
}

impl Task {
    fn poll(self: Arc<Self>) {
        let waker = Waker::from(self.clone());
        let mut job = self.job.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(future) = job.as_mut()
            && future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready()
        {
            *job = None;
        }
    }
}

fn main() -> std::io::Result<()> {
    let (queue, tasks) = mpsc::channel::<Arc<Task>>();
    let spawn = |job: Job| Task { job: Mutex::new(Some(job)), queue: queue.clone() };
    for (item, count) in [("bread", 3), ("salt", 40), ("honey", 2)] {
        let task = spawn(Box::pin(async move {
            match shop::order(item, count).await {
                Ok(price) => println!("{count} × {item}: {price}"),
                Err(error) => println!("{count} × {item}: {error:?}"),
            }
        }));
        Arc::new(task).wake();
    }
    Arc::new(spawn(Box::pin(shop::impatient()))).wake();
    drop(queue);

    // Ends when the last task is done: then nobody is left who could send.
    let tasks = Arc::new(Mutex::new(tasks));
    let start = Arc::new(Barrier::new(2));
    let mut threads = Vec::new();
    for number in 1..=2 {
        let (tasks, start) = (tasks.clone(), start.clone());
        threads.push(thread::Builder::new().name(format!("executor-{number}")).spawn(move || {
            start.wait();
            loop {
                let next = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(task) = next else { break };
                task.poll();
                // The other thread's turn.
                thread::sleep(Duration::from_micros(200));
            }
        })?);
    }
    let all_well = threads.into_iter().all(|thread| thread.join().is_ok());
    println!("all threads ended well: {all_well}; the log is the newest file in `scope-logs/`");
    Ok(())
}
