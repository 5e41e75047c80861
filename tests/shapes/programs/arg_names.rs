//! Names a macro may want for itself.
#[scope::instrument]
fn f(span: u8, level: u8, ret: u8, result: u8, e: u8, error: u8, value: u8, event: u8, this: u8, args: u8) -> u8 {
    span + level + ret + result + e + error + value + event + this + args
}
#[scope::instrument]
fn g(
    message: u8,
    name: u8,
    target: u8,
    parent: u8,
    fields: u8,
    r#type: u8,
    r#async: u8,
    guard: u8,
    f: u8,
    body: u8,
    x: u8,
    r: u8,
) -> u8 {
    message + name + target + parent + fields + r#type + r#async + guard + f + body + x + r
}
fn main() {
    assert_eq!(f(1, 1, 1, 1, 1, 1, 1, 1, 1, 1) + g(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), 22);
}
//> f(span = 1, level = 1, ret = 1, result = 1, e = 1, error = 1, value = 1, event = 1, this = 1, args = 1)
//> f Returned 10
//> g(message = 1, name = 1, target = 1, parent = 1, fields = 1, type = 1, async = 1, guard = 1, f = 1, body = 1, x = 1, r = 1)
//> g Returned 12
