//! A module of functions, and what calls them.

use super::generator::Generator;
use super::types::Ty::{self, Rec, Unit as Nothing};
use super::types::{by_mut, by_ref, opt, res};

/// A random program: the inside of a module that has `pub fn run()`.
pub struct Unit {
    pub seed: u64,
    pub text: String,
}

/// How a function is called.
enum Call {
    Free,
    Method,
}

pub fn unit(seed: u64, edition: u16) -> Unit {
    let mut generator = Generator::new(seed, edition);
    let mut items = String::new();
    let mut run = String::new();
    for index in 0..1 + generator.rng.below(2) {
        let (item, call) = function(&mut generator, index);
        items.push_str(&item);
        run.push_str(&call);
    }
    if generator.rng.chance(40) {
        let (item, call) = generator.items();
        items.push_str(&item);
        run.push_str(&call);
    }
    let text = format!("use crate::prelude::*;\nuse crate::trace::*;\n{items}pub fn run() {{\n{run}}}\n");
    Unit { seed, text }
}

fn result(generator: &mut Generator, args: &[Ty]) -> Ty {
    let borrowed: Vec<&Ty> = args.iter().filter(|ty| ty.borrows()).collect();
    match generator.rng.below(10) {
        0 => Nothing,
        1..=3 => res(Ty::owned(&mut generator.rng, 1)),
        4 | 5 => opt(Ty::owned(&mut generator.rng, 1)),
        6 if !borrowed.is_empty() => (*generator.rng.pick(&borrowed)).clone(),
        _ => Ty::owned(&mut generator.rng, 2),
    }
}

fn function(generator: &mut Generator, index: usize) -> (String, String) {
    generator.scope = super::scope::Scope::default();
    generator.pending.clear();
    generator.labels.clear();
    generator.fuel = 4 + generator.rng.below(18);
    let call = if generator.rng.chance(20) { Call::Method } else { Call::Free };
    let mut types: Vec<Ty> = (0..generator.rng.below(4)).map(|_| Ty::any(&mut generator.rng)).collect();
    if generator.rng.chance(30) {
        types.push(by_mut(Ty::owned(&mut generator.rng, 1)));
    }
    generator.ret = result(generator, &types);
    generator.is_async = matches!(call, Call::Free) && !generator.ret.borrows() && generator.rng.chance(18);
    let lifetime = if generator.ret.borrows() { "'a " } else { "" };
    let mut params = Vec::new();
    let mut receiver = String::new();
    if let Call::Method = call {
        let (text, ty, mutable) = match generator.rng.below(4) {
            0 => ("&self", by_ref(Rec), false),
            1 | 2 => ("&mut self", by_mut(Rec), false),
            _ => ("mut self", Rec, true),
        };
        generator.scope.declare("self", ty, mutable, Vec::new());
        params.push(text.to_owned());
        receiver = "Rec::new(num(), Noisy::new(50)).".to_owned();
    }
    for ty in &types {
        let name = generator.fresh();
        let mutable = generator.rng.chance(35);
        generator.scope.declare(&name, ty.clone(), mutable, Vec::new());
        params.push(format!("{}{name}: {}", if mutable { "mut " } else { "" }, ty.text(lifetime)));
    }
    let ret = generator.ret.clone();
    let written = if ret == Nothing { String::new() } else { format!(" -> {}", ret.text(lifetime)) };
    let len = 3 + generator.rng.below(8);
    let (mut body, ends) = generator.statements(3, len);
    if !ends {
        for last in std::mem::take(&mut generator.pending) {
            body.push_str(&format!("{last}\n"));
        }
        if ret != Nothing {
            generator.scope.touched.clear();
            generator.temporaries = !ret.borrows();
            let depth = if ret.borrows() { 1 } else { 3 };
            let tail = generator.with_hoisted(|generator| generator.value(&ret, depth));
            body.push_str(&format!("{tail}\n"));
            generator.temporaries = true;
        }
    }
    let generics = if lifetime.is_empty() { "" } else { "<'a>" };
    let word = if generator.is_async { "async fn" } else { "fn" };
    let caller = if !generator.is_async && generator.rng.chance(10) { "#[track_caller]\n" } else { "" };
    let signature = |params: &[String]| format!("{word} f{index}{generics}({}){written}", params.join(", "));
    let item = match call {
        Call::Free => format!("{caller}{} {{\n{body}}}\n", signature(&params)),
        Call::Method => {
            // A declaration binds nothing mutably.
            let plain: Vec<String> = params.iter().map(|param| param.trim_start_matches("mut ").to_owned()).collect();
            let (declared, defined) = (signature(&plain), signature(&params));
            format!(
                "trait Method{index} {{ {declared}; }}\nimpl Method{index} for Rec {{\n{caller}{defined} {{\n{body}}}\n}}\n"
            )
        }
    };
    (item, calls(generator, index, &types, &receiver))
}

/// Calls a function twice and shows what it gives.
fn calls(generator: &mut Generator, index: usize, types: &[Ty], receiver: &str) -> String {
    let mut text = String::new();
    for _ in 0..2 {
        generator.scope = super::scope::Scope::default();
        let (ret, is_async) = (std::mem::replace(&mut generator.ret, Nothing), std::mem::take(&mut generator.is_async));
        generator.temporaries = false;
        let args: Vec<String> = types.iter().map(|ty| generator.value(ty, 1)).collect();
        generator.temporaries = true;
        let hoisted = std::mem::take(&mut generator.hoisted).join("\n");
        (generator.ret, generator.is_async) = (ret, is_async);
        let call = format!("{receiver}f{index}({})", args.join(", "));
        let driven = if is_async { format!("drive({call})") } else { call };
        text.push_str(&format!("{{ {hoisted}\nshow({driven}); }}\n"));
    }
    text
}
