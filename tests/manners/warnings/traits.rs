//! Functions of traits.

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}

/*@*/
pub trait Store {
    async fn get(&self, key: String) -> usize {
        wait!(async { key.len() })
    }
}

pub trait Shelf {
    /*@*/
    async fn get(&self, key: String) -> usize {
        wait!(async { key.len() })
    }
}
