// As without the attribute.
#[scope::instrument(level = "full")]
fn f(n: u32) -> Result<u32, String> {
    let text: String = n;
    Ok(text.len() as u32)
}

fn main() {
    let _ = f(1);
}
