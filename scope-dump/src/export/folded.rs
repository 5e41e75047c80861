//! `--to folded`: `outer;inner 123`, a stack a line.

use std::io::{self, Write};

use super::stacks::{ROOT, Stacks};
use crate::units::Clean;

/// Writes every stack in which something was counted.
pub(crate) fn write(out: &mut dyn Write, stacks: &Stacks) -> io::Result<()> {
    let Some(root) = stacks.node(ROOT) else { return Ok(()) };
    let mut line = String::new();
    // Each with where its name begins in the line.
    let mut ahead: Vec<(u32, usize)> = stacks.children(root).into_iter().rev().map(|child| (child, 0)).collect();
    while let Some((index, at)) = ahead.pop() {
        let Some(node) = stacks.node(index) else { continue };
        line.truncate(at);
        if at > 0 {
            line.push(';');
        }
        line.push_str(&frame(stacks.name(node)));
        if node.own > 0 {
            writeln!(out, "{line} {}", node.own)?;
        }
        let end = line.len();
        ahead.extend(stacks.children(node).into_iter().rev().map(|child| (child, end)));
    }
    Ok(())
}

/// A `;` separates frames (`[u8; 4]` has one), and a line is a line.
fn frame(name: &str) -> String {
    Clean(name).to_string().replace(';', ",")
}
