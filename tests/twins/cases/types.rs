//! Methods, traits, generics, recursion.

super::twins! {
[selves, objects, defaults, associated, constants, trees, operators, derefs, generic_drops]

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Deref, DerefMut, Index, IndexMut, Neg};
use std::pin::Pin;
use std::rc::Rc;

struct Stack {
    items: Vec<Noisy>,
    pushed: u8,
}

impl Stack {
    fn new() -> Self {
        Self { items: Vec::new(), pushed: 0 }
    }

    fn push(&mut self, id: u8) -> &mut Self {
        self.pushed += 1;
        let Self { items, .. } = self;
        items.push(Noisy::new(id));
        self
    }

    fn top(&self) -> Option<&Noisy> {
        self.items.last()
    }

    fn top_mut(&mut self) -> Option<&mut Noisy> {
        let at = self.items.len().checked_sub(1)?;
        self.items.get_mut(at)
    }

    fn with(mut self, id: u8) -> Self {
        self.push(id).push(id + 1);
        self
    }

    fn pinned(self: Pin<&mut Self>) -> u8 {
        let this = self.get_mut();
        this.pushed *= 2;
        this.pushed
    }

    fn counted(self: Rc<Self>) -> usize {
        let other = Rc::clone(&self);
        Rc::strong_count(&other)
    }

    fn into_boxed(self: Box<Self>) -> Vec<Noisy> {
        let Self { items, pushed } = *self;
        note(pushed);
        items
    }
}

pub fn selves() {
    let mut stack = Stack::new().with(1);
    stack.push(num()).push(2);
    if let Some(top) = stack.top_mut() {
        top.0 += 1;
    }
    seen(stack.top());
    note(Pin::new(&mut stack).pinned());
    if flip() {
        note(Rc::new(stack).counted());
    } else {
        note(Box::new(stack).into_boxed().len());
    }
}

trait Shape {
    fn area(&self) -> u32;

    fn name(&self) -> String {
        let area = self.area();
        if area > 100 {
            return "big".to_owned();
        }
        format!("of {area}")
    }

    fn into_area(self) -> u32
    where
        Self: Sized,
    {
        self.area()
    }
}

struct Square(u8, Noisy);
struct Circle<'a>(&'a u8);

impl Shape for Square {
    fn area(&self) -> u32 {
        u32::from(self.0) * u32::from(self.0) + u32::from(self.1.get())
    }
}

impl Shape for Circle<'_> {
    fn area(&self) -> u32 {
        3 * u32::from(*self.0)
    }

    fn name(&self) -> String {
        "round".to_owned()
    }
}

fn all(radius: &u8) -> Vec<Box<dyn Shape + '_>> {
    let mut shapes: Vec<Box<dyn Shape + '_>> = vec![Box::new(Circle(radius))];
    if flip() {
        shapes.push(Box::new(Square(below(20), Noisy::new(1))));
    }
    shapes
}

pub fn objects() {
    let radius = num();
    let shapes = all(&radius);
    for shape in &shapes {
        note(shape.name());
    }
    let largest: Option<&dyn Shape> = shapes.iter().map(|shape| &**shape).max_by_key(|shape| shape.area());
    seen(largest.map(Shape::area));
}

pub fn defaults() {
    let square = Square(below(20), Noisy::new(2));
    note(square.name());
    note(square.into_area());
}

trait Source {
    type Item: Debug;
    const STEP: u8;
    fn pull(&mut self) -> Result<Self::Item, u8>;
}

impl Source for u8 {
    type Item = Noisy;
    const STEP: u8 = 3;
    fn pull(&mut self) -> Result<Noisy, u8> {
        *self = self.checked_add(Self::STEP).ok_or(*self)?;
        Ok(Noisy::new(*self))
    }
}

fn pulled<S: Source>(mut source: S, times: u8) -> Result<Vec<S::Item>, u8>
where
    S::Item: Clone,
{
    let mut items = Vec::new();
    for _ in 0..times {
        let item = source.pull()?;
        items.push(item.clone());
    }
    Ok(items)
}

pub fn associated() {
    let _ = seen(pulled(num(), below(4)));
}

fn windows<const N: usize, T: Copy + Default>(list: &[T]) -> [T; N] {
    let mut window = [T::default(); N];
    for (to, from) in window.iter_mut().zip(list) {
        *to = *from;
    }
    window
}

pub fn constants() {
    let list = [num(), num()];
    seen(windows::<3, _>(&list));
    let [a] = windows(&list[1..]);
    note(a);
}

#[derive(Debug)]
enum Tree {
    Leaf(Noisy),
    Fork(Box<Tree>, Box<Tree>),
}

fn grown(depth: u8) -> Tree {
    if depth == 0 || num() < 80 {
        return Tree::Leaf(Noisy::new(depth));
    }
    Tree::Fork(Box::new(grown(depth - 1)), Box::new(grown(depth - 1)))
}

fn pruned(tree: Tree) -> (Tree, u8) {
    match tree {
        leaf @ Tree::Leaf(_) => (leaf, 1),
        Tree::Fork(left, right) => {
            let (left, l) = pruned(*left);
            if flip() {
                return (left, l);
            }
            let (right, r) = pruned(*right);
            (Tree::Fork(Box::new(left), Box::new(right)), l + r)
        }
    }
}

pub fn trees() {
    let (tree, leaves) = pruned(grown(3));
    seen((&tree, leaves));
    let mut at = &tree;
    while let Tree::Fork(left, right) = at {
        at = if flip() { left } else { right };
    }
    if let Tree::Leaf(noisy) = at {
        note(noisy.get());
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Point(i16, i16);

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        note("add");
        Self(self.0 + other.0, self.1 + other.1)
    }
}

impl AddAssign<u8> for Point {
    fn add_assign(&mut self, by: u8) {
        self.0 += i16::from(by);
    }
}

impl Neg for Point {
    type Output = Self;
    fn neg(self) -> Self {
        let Self(x, y) = self;
        Self(-x, -y)
    }
}

pub fn operators() {
    let mut p = Point(num().into(), 2);
    let q = p + -p + p;
    p += below(9);
    p += Noisy::new(1).get();
    note(format_args!("{p:?} {}", p == q || p != q));
}

struct Guarded {
    list: Vec<u8>,
}

impl Deref for Guarded {
    type Target = Vec<u8>;
    fn deref(&self) -> &Vec<u8> {
        note("deref");
        &self.list
    }
}

impl DerefMut for Guarded {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        note("deref_mut");
        &mut self.list
    }
}

impl Index<char> for Guarded {
    type Output = u8;
    fn index(&self, c: char) -> &u8 {
        note(c);
        &self.list[c as usize - 'a' as usize]
    }
}

impl IndexMut<char> for Guarded {
    fn index_mut(&mut self, c: char) -> &mut u8 {
        here();
        &mut self.list[c as usize - 'a' as usize]
    }
}

pub fn derefs() {
    let mut guarded = Guarded { list: vec![1, 2] };
    guarded.push(num());
    guarded['a'] += guarded['b'];
    let len = guarded.len() + guarded.iter().filter(|n| **n > 1).count();
    let boxed = Box::new(guarded);
    note(len + boxed.list.len());
    note(boxed['c']);
    note(boxed['d']);
}

struct Pair<A, B> {
    a: A,
    b: B,
}

impl<A: Debug, B> Pair<A, B> {
    fn swap(self) -> Pair<B, A> {
        let Pair { a, b } = self;
        note(format_args!("{a:?}"));
        Pair { a: b, b: a }
    }

    fn map<C>(self, f: impl FnOnce(B) -> C) -> Pair<A, C> {
        Pair { a: self.a, b: f(self.b) }
    }
}

pub fn generic_drops() {
    let pair = Pair { a: Noisy::new(1), b: Mute::new(2) };
    let mapped = pair.map(|mute| if flip() { vec![mute.0] } else { vec![] });
    let swapped = mapped.swap();
    note(swapped.a.len());
    let Pair { b, .. } = swapped;
    note(b.get());
}
}
