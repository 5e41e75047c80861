//! Methods of traits that give back what there is not.

pub struct X;

mod inner {
    pub struct In;
}

/*@*/
impl Iterator for X {
    type Item = u8;

    fn next(&mut self) -> Option<Missing> {
        None
    }
}

pub trait Gives {
    fn name(&self) -> u8;
    fn path(&self) -> u8;
    fn own() -> u8;
    fn lent() -> u8;
    fn many() -> Vec<u8>;
    fn in_a_module() -> u8;
}

/*@*/
impl Gives for X {
    fn name(&self) -> Gone {
        todo!()
    }

    fn path(&self) -> no::Gone<u8> {
        todo!()
    }

    fn own() -> Box<Self::Gone> {
        todo!()
    }

    fn lent() -> &'static Gone {
        todo!()
    }

    fn many() -> Vec<no::Gone> {
        vec![]
    }

    fn in_a_module() -> inner::Inn {
        todo!()
    }
}

/*@*/
impl IntoIterator for X {
    type Item = u8;
    type IntoIter = std::vec::IntoIter<u8>;

    fn into_iter(self) -> IntoIter<u8> { //~ told twice: rustc offers the associated type for what is ours, too
        todo!()
    }
}

pub struct Alone;

impl Iterator for Alone {
    type Item = u8;

    /*@*/
    fn next(&mut self) -> Option<Missing> {
        None
    }
}

fn main() {}
