//! Async functions that wait.

async fn read() -> Result<u8, String> { Ok(1) }

/*@*/
async fn other_error() -> Result<u8, std::num::ParseIntError> { read().await?; let x = read().await?; Ok(x) }

/*@*/
async fn no_error() -> Option<u8> { let x = read().await?; Some(x) }

/*@*/
async fn none_at_all() { if read().await? > 1 { read().await?; } }

/*@*/
async fn chained() -> Result<usize, u8> { Ok(read().await?.to_string().len() + read().await.map(usize::from)?) }

fn main() {}
