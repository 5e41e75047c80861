//! Async functions that wait for themselves.

/*@*/
async fn itself() {
    itself().await;
    itself().await;
}

/*@*/
async fn one(n: u8) -> u8 {
    let more = if n > 1 { other(n).await } else { 1 };
    more
}

/*@*/
async fn other(n: u8) -> u8 {
    one(n - 1).await + 1
}

async fn as_written(n: u8) -> u8 {
    as_written(n - 1).await
}

fn main() {}
