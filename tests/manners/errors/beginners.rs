//! What people write while they learn, or have only begun to write.

/*@*/
pub fn nothing_yet(a: i32, b: i32) -> i32 {
    // To be done.
}
/*@*/
pub fn nothing_borrowed(input: &str) -> &str {
}
pub struct S;
/*@*/
impl S {
    pub fn nothing(&self, x: u8) -> Option<u8> {}
}
/*@*/
pub fn a_branch_of_another_type(food: &str) -> &str {
    if food == "strawberry" {
        "Yummy!"
    } else {
        1
    }
}
/*@*/
pub fn an_arm_of_another_type(food: &str) -> &str {
    match food {
        "a" => 2,
        _ => panic!(),
    }
}
/*@*/
pub fn no_let() {
    // To be done.
    x = 5;

    println!("x has the value {x}");
}
/*@*/
pub fn no_let_at_all() {
    n += 1;
}
/*@*/
pub fn ok_of_main() {
    let x: i64 = "42".parse().unwrap();
    println!("{x}");
    Ok(())
}
/*@*/
pub fn a_sum(n: u8) {
    n + 1
}
/*@*/
pub fn a_comparison(n: u8) {
    if n > 1 {
        return;
    }
    n == 3
}
/*@*/
pub fn branches(n: u8) {
    let x = n;
    if x > 1 { 3 } else { 4 }
}
/*@*/
pub fn arms(n: u8) {
    match n {
        1 => "one",
        _ => "more",
    }
}
/*@*/
pub fn an_iterator(n: Vec<u8>) {
    n.iter().map(|x| x + 1)
}
/*@*/
pub async fn later(n: u8) {
    Some(n)
}
