//! Without std, which is below all the same.
#![no_std]
#![deny(warnings)]
#![allow(macro_use_extern_crate, clippy::format_push_string, clippy::useless_vec)]

#[macro_use]
extern crate alloc;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A stack of bytes.
#[derive(Debug, Default)]
pub struct Stack {
    bytes: Vec<u8>,
}

/// It was empty.
#[derive(Debug, Clone, Copy)]
pub struct Empty;

/*@*/
impl Stack {
    /// Puts one on top.
    pub fn push(&mut self, byte: u8) -> &mut u8 {
        self.bytes.push(byte);
        let last = self.bytes.len() - 1;
        &mut self.bytes[last]
    }

    /// Takes the one on top.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn pop(&mut self) -> Result<u8, Empty> {
        let top = self.bytes.pop().ok_or(Empty)?;
        Ok(top)
    }

    /// All of them as a text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for byte in &self.bytes {
            text += &format!("{byte:02x}");
        }
        text
    }
}

/*@*/
impl fmt::Display for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/*@*/
/// Waits for one.
pub async fn wait(bytes: core::future::Ready<Vec<u8>>) -> Stack {
    let bytes = bytes.await;
    Stack { bytes }
}

/*@*/
/// Adds later.
#[must_use]
pub fn later(by: u8) -> Box<dyn Fn(u8) -> Option<u8>> {
    let all = vec![by];
    Box::new(move |n| all.first().and_then(|by| n.checked_add(*by)))
}
