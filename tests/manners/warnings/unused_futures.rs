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
/*@*/
fn blocks() {
    async { tried().await }; //~ for clippy it is a call
    Box::pin(async { 1 }); //~ its type has a name
    std::future::ready(1);
}
