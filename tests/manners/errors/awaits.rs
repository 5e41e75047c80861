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

struct Mine;

fn main() {}
