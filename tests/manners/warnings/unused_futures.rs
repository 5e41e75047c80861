#![allow(missing_docs, dead_code)]
async fn tried() -> Result<u8, u8> {
    std::future::ready(Ok(1)).await
}
struct Client;
impl Client {
    async fn send(&self) -> Result<u8, u8> {
        tried().await
    }
    fn boxed(&self) -> std::pin::Pin<Box<dyn std::future::Future<Output = Result<u8, u8>>>> {
        Box::pin(tried())
    }
}
/*@*/
async fn one() {
    tried().await;
}
/*@*/
async fn more() {
    Client.send().await;
    Client
        .boxed()
        .await;
    Box::pin(tried()).await;
    let f = tried();
    f.await;
    if let Ok(2..) = tried().await {
        tried().await;
    }
    one().await;
}
/*@*/
impl Client {
    async fn save<Q>(self, q: Q)
    where
        Q: Send,
    {
        self.send()
            .await;
        drop(q);
    }
}
/*@*/ //~ of a block that is not used
fn blocks() {
    async { tried().await }; //~ rustc tells at the attribute
    Box::pin(async { 1 });
    std::future::ready(1);
}
