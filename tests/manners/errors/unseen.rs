//! Async functions in which a macro hides an `.await`: they give their future back.

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}

async fn pause() {}

fn spawn<F: std::future::Future + Send + 'static>(_: F) {}

/*@*/
async fn text() -> u8 {
    wait!(pause());
    "x"
}

/*@*/
async fn early(a: u8) -> u8 {
    wait!(pause());
    if a > 1 {
        return "x";
    }
    1
}

/*@*/
async fn more() {
    wait!(pause());
    1
}

/*@*/
async fn nothing() -> u8 {
    wait!(pause());
}

/*@*/
async fn another(text: &str) -> Result<u8, u8> {
    wait!(pause());
    let n: u8 = text.parse()?;
    Ok(n)
}

/*@*/
async fn either() -> impl std::fmt::Debug {
    wait!(pause());
    if true { 1u8 } else { "a" } //- the body is in an async block
}

/*@*/
async fn unbound<T>(t: T) -> T {
    wait!(pause());
    t.clone()
}

struct Shop;

/*@*/
impl Shop {
    async fn field(&self) -> u8 {
        wait!(pause());
        self.n
    }
}

trait Counts {
    async fn count(&self) -> u8;
}

/*@*/
impl Counts for Shop {
    async fn count(&self) -> u16 { //- the body is in an async block
        wait!(pause());
        1
    }
}

/*@*/
async fn local(n: std::rc::Rc<u8>) -> u8 {
    wait!(pause());
    *n
}

/*@*/
async fn used() {
    spawn(local(std::rc::Rc::new(1))); //- the body is in an async block
    let _sum: u8 = local(std::rc::Rc::new(1)) + 1;
    local("x").await;
    local().await;
    wait!(local(1));
}
