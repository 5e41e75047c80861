//! How much each distinct stack of calls took: what `folded` and `flamegraph` are made from.

use std::collections::HashMap;
use std::io;

use super::args::Weight;
use super::timeline::{ThreadKey, Timeline, Told};

/// The stack that all further ones are put together in, once there are too many.
pub(crate) const REST: &str = "[further stacks]";
/// Everything.
pub(crate) const ROOT: u32 = 0;
const REST_NODE: u32 = 1;

/// A frame in a stack.
#[derive(Debug)]
pub(crate) struct Node {
    pub name: u32,
    pub parent: u32,
    /// What was counted in it itself.
    pub own: u64,
    pub children: Vec<u32>,
}

/// See the module's text.
#[derive(Debug)]
pub(crate) struct Stacks {
    weight: Weight,
    /// The names of threads that are apart. `None`: they are not.
    threads: Option<HashMap<ThreadKey, String>>,
    /// The most nodes.
    limit: usize,
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    nodes: Vec<Node>,
    known: HashMap<(u32, u32), u32>,
    lanes: HashMap<ThreadKey, Lane>,
    /// Calls that were put into the rest.
    merged: u64,
}

#[derive(Debug)]
struct Lane {
    /// The nodes of the calls that are open, behind the one that all are in.
    path: Vec<u32>,
    /// What was before is counted.
    counted: u64,
}

impl Stacks {
    /// At most `limit` distinct stacks are kept apart.
    pub fn new(weight: Weight, threads: Option<HashMap<ThreadKey, String>>, limit: usize) -> Self {
        let mut stacks = Self {
            weight,
            threads,
            limit: limit.max(2),
            names: Vec::new(),
            numbers: HashMap::new(),
            nodes: Vec::new(),
            known: HashMap::new(),
            lanes: HashMap::new(),
            merged: 0,
        };
        let root = stacks.number("all");
        stacks.nodes.push(Node { name: root, parent: ROOT, own: 0, children: Vec::new() });
        let rest = stacks.number(REST);
        stacks.nodes.push(Node { name: rest, parent: ROOT, own: 0, children: Vec::new() });
        stacks
    }

    /// The number of calls that were not kept apart.
    pub fn merged(&self) -> u64 {
        self.merged
    }

    pub fn node(&self, index: u32) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    pub fn name(&self, node: &Node) -> &str {
        self.names.get(node.name as usize).map_or("?", String::as_str)
    }

    /// The nodes below this one, by name; the rest last.
    pub fn children(&self, node: &Node) -> Vec<u32> {
        let mut children = node.children.clone();
        children.sort_by_key(|&child| self.node(child).map(|node| (child == REST_NODE, self.name(node))));
        children
    }

    /// By node, what was counted in it and below.
    pub fn totals(&self) -> Vec<u64> {
        let mut totals: Vec<u64> = self.nodes.iter().map(|node| node.own).collect();
        // A parent stands before its children.
        for (index, node) in self.nodes.iter().enumerate().skip(1).rev() {
            let total = totals.get(index).copied().unwrap_or_default();
            if let Some(above) = totals.get_mut(node.parent as usize) {
                *above = above.saturating_add(total);
            }
        }
        totals
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// The node `name` below `parent`.
    fn child(&mut self, parent: u32, name: &str) -> u32 {
        if parent == REST_NODE {
            return REST_NODE;
        }
        let name = self.number(name);
        if let Some(node) = self.known.get(&(parent, name)) {
            return *node;
        }
        if self.nodes.len() >= self.limit {
            self.add_child(ROOT, REST_NODE);
            return REST_NODE;
        }
        let node = self.nodes.len() as u32;
        self.nodes.push(Node { name, parent, own: 0, children: Vec::new() });
        self.known.insert((parent, name), node);
        self.add_child(parent, node);
        node
    }

    fn add_child(&mut self, parent: u32, child: u32) {
        if let Some(node) = self.nodes.get_mut(parent as usize)
            && !(child == REST_NODE && node.children.contains(&child))
        {
            node.children.push(child);
        }
    }

    fn count(&mut self, node: u32, amount: u64) {
        if let Some(node) = self.nodes.get_mut(node as usize) {
            node.own = node.own.saturating_add(amount);
        }
    }

    /// Counts the time since the last such moment for the innermost call. The path of the thread.
    fn advance(&mut self, at: ThreadKey, time: u64) -> &mut Vec<u32> {
        let lane = self.lanes.entry(at).or_insert(Lane { path: Vec::new(), counted: time });
        let passed = time.saturating_sub(lane.counted);
        lane.counted = time;
        let top = lane.path.last().copied();
        if let (Weight::Time, Some(top)) = (self.weight, top)
            && let Some(node) = self.nodes.get_mut(top as usize)
        {
            node.own = node.own.saturating_add(passed);
        }
        &mut lane.path
    }
}

impl Timeline for Stacks {
    fn tell(&mut self, at: ThreadKey, time: u64, told: Told<'_>) -> io::Result<()> {
        match told {
            Told::Begin(slice) => {
                let above = self.advance(at, time).last().copied();
                let above = match (above, &self.threads) {
                    (Some(above), _) => above,
                    (None, None) => ROOT,
                    (None, Some(threads)) => {
                        let name = threads.get(&at).cloned().unwrap_or_else(|| format!("thread {}", at.thread.0));
                        self.child(ROOT, &name)
                    }
                };
                let node = self.child(above, slice.name());
                self.merged += u64::from(node == REST_NODE);
                // What goes on, or began before, is no further call.
                if self.weight == Weight::Calls && slice.waits == 0 && !slice.is_clipped {
                    self.count(node, 1);
                }
                self.advance(at, time).push(node);
            }
            Told::End(..) => _ = self.advance(at, time).pop(),
            _ => {}
        }
        Ok(())
    }
}
