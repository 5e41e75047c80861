//! Main itself, returning a Result.
#[scope::instrument]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let n: u8 = "1".parse()?;
    assert_eq!(n, 1);
    Ok(())
}
//> main()
//>   n = 1
//> main Returned Ok(())
