//! `?` and `.await` in the arguments of macros.
use std::fmt::Write as _;
use std::future::Future;
use std::num::ParseIntError;

async fn read(text: &str) -> Result<u8, ParseIntError> { text.parse() }

/*@*/
fn questions(text: &str) -> Result<String, ParseIntError> {
    println!("{}", text.parse::<u8>()?);
    println!("{n} {}", (text.parse::<u8>()?), n = text.parse::<u8>()? + (1));
    let all = vec![text.parse::<u8>()?, 2, 3];
    let same = vec![text.parse::<u8>()?; 4];
    assert_eq!(all.len(), same.len() - 1, "{}", text.parse::<u8>()?);
    assert!(all != same, "{}", "3".parse::<u8>()?);
    let mut out = String::new();
    _ = write!(out, "{}", text.parse::<u8>()?);
    if matches!(text.parse::<u8>()?, 1..=3) { return Ok(out); }
    Ok(format!("{}", &text.parse::<u8>()?))
}

/*@*/
fn options(text: Option<&str>) -> Option<String> {
    let unused = vec![text?];
    let mut never_changed = vec![text?];
    Some(format!("{}", text?.to_string()))
}

/*@*/
fn never(text: Option<&str>) -> Option<u8> {
    println!("{}", { text?; return None; });
    Some(1)
}

/*@*/
fn in_closures(text: &str) -> Option<usize> {
    println!("{:?}", text.chars().map(|c| Some(c.to_digit(10)? as u8)).collect::<Vec<_>>());
    text.lines().map(|line| Some(vec![line.chars().next()?])).next()?.map(|all| all.len())
}

/*@*/
async fn awaits(text: &str) -> Result<String, ParseIntError> {
    println!("{}", read(text).await?);
    let all = vec![read(text).await?, read("1").await.unwrap_or(1)];
    assert!(read(text).await? > 1, "no");
    assert_eq!(read(text).await, Ok(1));
    Ok(format!("{} {a:?}", (read(text).await?), a = all))
}

/*@*/
async fn is_send(text: String) -> Option<String> {
    let text = vec![read(&text).await.ok()?, 1];
    Some(format!("{:?} {}", text, read("2").await.ok()?))
}

pub fn sends() -> impl Future<Output = Option<String>> + Send { is_send(String::new()) }

/*@*/
impl Iterator for Rows {
    type Item = Vec<u8>;
    fn next(&mut self) -> Option<Vec<u8>> { Some(vec![self.0.pop()?, self.0.pop()?]) }
}
pub struct Rows(Vec<u8>);
