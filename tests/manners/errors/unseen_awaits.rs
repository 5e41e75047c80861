//! Async functions in which a macro hides an `.await`.

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}

macro_rules! both {
    ($a:expr, $b:expr) => {
        ($a, $b)
    };
}

struct Lent<'a>(&'a str);
struct Of<'a, T>(&'a T);
struct Account(u64);

/*@*/
async fn recursive(n: u64) -> u64 { if n == 0 { 0 } else { wait!(recursive(n - 1)) + 1 } }

/*@*/
async fn recursive_seen(n: u64) { wait!(async {}); if n > 0 { recursive_seen(n - 1).await } }

/*@*/
async fn asks_unit(n: Option<u64>) { wait!(async {}); n?; }

/*@*/
async fn asks_number(n: Option<u64>) -> u64 { wait!(async {}); if n == Some(2) { n? } else { 1 } }

/*@*/
async fn asks_text(n: Result<u64, String>) -> String { wait!(async {}); n?.to_string() }

/*@*/
async fn asks_own(n: Result<u64, String>) -> Account { wait!(async {}); Account(n?) }

/*@*/
async fn asks_inside(n: Option<u64>) -> u64 { both!(wait!(async {}), n?); 1 }

/*@*/
impl Account {
    async fn again(&self) -> u64 { wait!(self.again()) + 1 }
    async fn of_type(n: u64) -> u64 { wait!(Self::of_type(n - 1)) }
    async fn asks(&mut self, n: Option<u64>) { wait!(async {}); self.0 = n?; }
}

/*@*/
async fn outlives(x: &str) -> &'static str { wait!(async {}); x } //- the body is in an async block

/*@*/
async fn outlives_another<'a, 'b>(x: &'a str, y: &'b str) -> &'a str {
    wait!(async {});
    if x.len() > 2 {
        return y;
    }
    x
}

/*@*/
async fn lent(x: &str) -> Option<&str> {
    wait!(async {});
    let text = String::new();
    Some(&text)
}

fn main() {}

/*@*/
async fn lent_at_all(x: &str) -> &str {
    wait!(async {});
    let text = String::new();
    if x.len() > 2 {
        return &text;
    }
    &text
}

/*@*/
async fn asks_beside(n: Option<u64>) -> Result<u64, String> {
    async {}.await;
    both!(1, 2);
    n?;
    Ok(1)
}
