//! Functions that have to do with locks by their names alone: values are shown behind them.
#![deny(warnings)]

#[derive(Debug, Clone)]
struct Header {
    len: u8,
}
struct Reader {
    bytes: Vec<u8>,
    at: usize,
}

#[scope::instrument]
impl Reader {
    fn read_u8(&mut self) -> u8 {
        self.at += 1;
        self.bytes[self.at - 1]
    }
    fn read_header(&mut self) -> Header {
        let len = self.read_u8();
        Header { len }
    }
}
#[scope::instrument]
fn parse_lock(text: &str) -> Header {
    Header { len: text.len() as u8 }
}
#[scope::instrument]
fn process(header: &Header) -> u8 {
    header.len
}
#[scope::instrument]
fn run(mut reader: Reader) -> u8 {
    let header = reader.read_header();
    let lock = parse_lock("abc");
    process(&header) + process(&lock)
}

fn main() {
    assert_eq!(run(Reader { bytes: vec![1, 2], at: 0 }), 4);
}
//> run(reader = <Opaque: locks_by_name_alone::Reader, 32 bytes>)
//>   Reader::read_header(self = <Opaque: locks_by_name_alone::Reader, 32 bytes>)
//>     Reader::read_u8(self = <Opaque: locks_by_name_alone::Reader, 32 bytes>)
//>     Reader::read_u8 Returned 1
//>     len = 1
//>   Reader::read_header Returned Header { len: 1 }
//>   header = Header { len: 1 }
//>   parse_lock(text = "abc")
//>   parse_lock Returned Header { len: 3 }
//>   lock = Header { len: 3 }
//>   process(header = Header { len: 1 })
//>   process Returned 1
//>   process(header = Header { len: 3 })
//>   process Returned 3
//> run Returned 4
