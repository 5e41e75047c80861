//! Async functions that wait.

async fn read() -> Result<u8, String> { Ok(1) }

/*@*/
async fn other_error() -> Result<u8, std::num::ParseIntError> { read().await?; let x = read().await?; Ok(x) }

/*@*/
async fn no_error() -> Option<u8> { let x = read().await?; Some(x) }

/*@*/
async fn none_at_all() { if read().await? > 1 { read().await?; } }

/*@*/
async fn chained() -> Result<usize, u8> { Ok(read().await?.to_string().len() + read().await.map(usize::from)?) } //- of what is awaited before it says so at the name

/*@*/
async fn no_result() -> Option<u8> { println!("{}", read().await?); None }

/*@*/
async fn no_option(n: Option<u8>) -> Result<String, String> {
    println!("{}", read().await?);
    Ok(format!("{} {}", read().await?, n?))
}

/*@*/
async fn other_types() -> Result<(), String> { assert_eq!(read().await?, "x", "{}", read().await); Ok(()) }

/*@*/
async fn no_debug_of_mine(n: Mine) -> Result<(), String> { println!("{:?} {}", n, read().await?); Ok(()) }

fn number() -> i32 { 1 }

/*@*/
async fn no_future() -> i32 { let n = number().await; n } //- says nothing of the call and of what could be

/*@*/
async fn no_future_to_match() -> i32 { match Some(1).await { Some(n) => n, None => 0 } } //- the same

/*@*/
async fn no_future_to_ask(n: Result<u8, u8>) -> Result<u8, u8> { let m = n.await?; Ok(m) } //- the same

/*@*/
async fn nothing_to_wait_for(n: u8) { n.await; } //- the same

struct Mine;

fn main() {}
