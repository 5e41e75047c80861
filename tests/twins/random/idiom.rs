//! Pieces of code that the borrow checker or type inference just accepts, with random code between them.
//!
//! `$0` to `$9` are fresh names, `$E` a number, `$N` a noisy value, `$B` a condition, `$S` statements, `$L` an expression that is made in a
//! loop or a closure.

use super::generator::Generator;
use super::types::Ty;

/// Borrows.
const BORROWS: &[&str] = &[
    "let mut $0 = vec![$E]; let $1 = &mut $0; $1.push($E); $S let $2 = $1.len(); $0.push($2 as u8); show(&$0);",
    "let mut $0 = vec![$E]; let $1 = &mut $0; $S show((format!(\"{$1:?}\"), $0.len()));",
    "let mut $0 = vec![$E, 2]; let mut $1 = $0.iter_mut(); let $2 = $1.next().is_some(); $S show(($1.next().is_some(), $0.len()));",
    "let mut $0 = vec![$E]; $0.push($0.len() as u8); let $1 = $0[0]; $0[0] += ($0.len() as u8 ^ $1) / 2; $S $0.insert(0, $0[0]);",
    "let mut $0 = Some($E); if let Some($1) = &mut $0 { *$1 ^= 3; } $S while let Some($2) = $0.as_mut() { tick(); if *$2 == 0 { $0 = None; } else { *$2 /= 2; } } show($0);",
    "let mut $0 = Rec::new($E, $N); let $1 = &mut $0.list; let $2 = &mut $0.n; $1.push(*$2); *$2 ^= 1; $S let $3 = &$0.text; show(($3.len(), &$0.list));",
    "let mut $0 = Rec::new($E, $N); let mut $1 = |a: u8| $0.list.push(a); $1(1); $0.n ^= 2; $0.text.push('x'); $1(2); $S show(&$0);",
    "let mut $0 = vec![1, $E, 3]; let ($1, $2) = $0.split_at_mut(1); std::mem::swap(&mut $1[0], &mut $2[0]); $S $2[1] = $1[0]; show(&$0);",
    "let mut $0 = vec![$E, 2]; let $1 = &mut $0; let $2 = &mut *$1; $2.push(3); $1.push(4); $S let $3 = $1; $3.pop(); show(($3.len(), 1_u8)); show($0.len());",
    "let mut $0: Vec<Vec<u8>> = vec![vec![$E]]; for $1 in &mut $0 { tick(); let $2 = $1.len(); $1.push($2 as u8 ^ $L); if let Some($3) = $1.last_mut() { *$3 ^= 1; } } $S show($0);",
    "let mut $0 = BTreeMap::new(); for $1 in 0..below(5) { *$0.entry($1 % 2).or_insert(0) += $1; } $S let $2 = match $0.get(&0) { Some(a) => *a, None => { $0.insert(0, 7); $0[&0] } }; show($2);",
    "let $0 = Rc::new(RefCell::new(vec![$E])); let $1 = Rc::clone(&$0); $1.borrow_mut().push($E); $S let $2 = $0.borrow().len(); $0.borrow_mut().push($2 as u8); show($1.take());",
    "let $0 = RefCell::new($N); { let $1 = $0.borrow(); $S note($1.get()); } $0.borrow_mut().0 ^= 1; match $0.borrow().some() { Some(a) => note(a), None => drop($0.try_borrow_mut().is_ok()) };",
    "let $0 = Cell::new($E); let $1 = || $0.set($0.get() ^ 1); $1(); $S $1(); show($0.get());",
    "let mut $0 = vec![$E]; { let mut $1 = Holder(&mut $0, $N); $1.add($E); $S note($1.add(2)); } $0.push(4); show($0);",
    "let mut $0 = vec![$E]; let $1 = Holder(&mut $0, $N); let Holder(ref $2, _) = $1; note($2.len()); $S drop($1); show($0);",
    "let mut $0 = vec![$E]; let mut $1 = Holder(&mut $0, $N); if $B { $1.add(1); drop($1); $0.push(2); } else { drop($1); } $S $0.push(3); show($0);",
    "let ($0, $1) = (vec![$E], vec![2, 3]); let mut $2 = &$0; if $B { $2 = &$1; } $S let $3 = $2.len(); show(($3, $2));",
    "let (mut $0, mut $1) = (vec![$E], vec![2, 3]); let mut $2 = &mut $0; if $B { $2 = &mut $1; } $2.push(1); $S $2.push(2); show(($0.len(), $1.len()));",
    "let mut $0 = [vec![$E], vec![]]; let [$1, $2] = &mut $0; $2.append($1); $1.push(9); $S show(($2.len(), $1.len())); show($0.len());",
    "let mut $0 = String::from(\"ab\"); let $1 = &mut $0; $1.push('c'); let $2 = $1.as_str(); $S let $3 = $2.len(); $0.push_str(\"d\"); show(($3, $0));",
    "let mut $0 = vec![$N]; let $1 = $0.last_mut().map(|a| { a.0 ^= 1; a.get() }); $S let $2 = $0.drain(..).next(); show(($1, $2)); show($0);",
    "let mut $0 = Kind::new($E); if let Kind::Named { id: $1, list: $2 } = &mut $0 { $2.push(*$1); *$1 = $2.len() as u8; } $S let $3 = &mut $0; if let Some($4) = $3.slot() { *$4 = 1; } show(&*$3); show($0);",
    "let mut $0 = vec![3_u8, $E]; let mut $1 = || { $0.push(1); $0.len() }; let $2 = ($1(), $1()); $S show(($2, $0.len()));",
    "let mut $0 = vec![$E]; let $1 = edit(&mut $0, |a| { a.push(1); a.len() }) + $0.len(); $S show($1);",
    "let mut $0 = Some(Box::new(Rec::new($E, $N))); if let Some($1) = $0.as_mut() { $1.bump(); } $S let $2 = $0.as_deref_mut().map(|a| a.item(4)); if let Some($3) = $2 { *$3 = 5; } show($0.map(|a| a.list));",
    "let mut $0 = vec![vec![$E], vec![]]; let mut $1 = 0; while $1 < $0.len() { tick(); let $2 = &mut $0[$1]; if $2.len() < 2 { $2.push($L); continue; } $1 += 1; } $S show($0);",
    "let mut $0 = (vec![$E], $N); let $1 = &mut $0.0; let $2 = &$0.1; $1.push($2.get()); $S $1.push(1); let ($3, $4) = $0; show(($3, $4));",
    "let mut $0 = vec![$E, 5]; let $1 = &mut $0[..]; let Some(($2, $3)) = $1.split_first_mut() else { panic!(\"none\") }; std::mem::swap($2, &mut $3[0]); $S *$2 ^= 1; show($0);",
    "let mut $0 = vec![$E]; macro_rules! grow { () => { $0.push(1) } } grow!(); $S grow!(); show(($0.len(), { grow!(); $0.len() }));",
    "let mut $0 = vec![$E]; let $1 = &mut $0; macro_rules! more { ($e:expr) => { { $1.push($e); $1.len() } } } show((more!($E), $S2)); show((more!(2), $0.len()));",
    "let mut $0 = String::new(); for $1 in [\"a\", \"bc\"] { tick(); let $2 = $0.len(); $0 += $1; $0.insert($2, '-'); let $3 = &$0[$2..]; note($3); } $S show($0);",
];

/// What is known of a type only later, or by what stands round it.
const TYPES: &[&str] = &[
    "let mut $0 = Vec::new(); $S for $1 in 0..below(3) { $0.push($1); } let $2 = $0.iter().max(); show($2.copied()); show($0);",
    "let mut $0 = Vec::new(); if $B { $0.push(Mute::new(1)); } $S for $1 in &$0 { tick(); note($1.get()); } show($0);",
    "let mut $0 = None; $S for $1 in 0..below(4) { tick(); if let Some($2) = $0.replace($1) { note($2); } } show($0);",
    "let mut $0 = 0; $S for $1 in &[1_u8, $E] { $0 = $0 ^ *$1; } show($0);",
    "let $0 = 1; let $1 = [$E, 2]; $S show($1[$0]);",
    "let mut $0 = 1; $0 <<= 2; $S let $1: u32 = $0; show($1);",
    "let $0 = \"5\".parse().unwrap_or(3); $S let $1: u8 = $0; show($1 as usize);",
    "let $0 = (0..below(4)).map(|a| a ^ 1).collect(); $S let $1: Vec<u8> = $0; show($1);",
    "let $0 = |a| a; $S show($0($E));",
    "let $0 = |a, b| { let c = a; (b, c) }; $S show($0($E, $N));",
    "let mut $0 = |a: &mut Vec<_>| { a.push(1); a.len() }; let mut $1 = vec![$E]; $S show($0(&mut $1)); show($1);",
    "let $0; $S if $B { $0 = $N; } else { $0 = Noisy::new(2); } note($0.get());",
    "let mut $0; $0 = vec![]; $S $0.push($E); let $1 = $0.len(); $0 = vec![$1 as u8]; show($0);",
    "let $0 = Default::default(); $S let $1: u8 = $0; show($1 ^ $E);",
    "let $0 = $E as usize + 1; let $1 = $0 as u8 as u32; $S show(($1, $0));",
    "let $0: Box<dyn Fn(u8) -> u8> = if $B { Box::new(|a| a ^ 1) } else { Box::new(|a| { let b = a; b }) }; $S show($0($E));",
    "let $0: fn(u8) -> u8 = match $E { 0 => |a| a, _ => |a| { let b = a ^ 2; b } }; $S show($0(1));",
    "let $0 = [Some($E), None]; let $1: Option<Vec<_>> = $0.into_iter().collect(); $S show($1);",
    "let $0 = vec![may($E), may(1)].into_iter().collect::<Result<Vec<_>, _>>(); $S if let Ok($1) = &$0 { note($1.len()); } show($0.is_ok());",
    "let $0: Vec<Box<dyn Show>> = vec![Box::new($E), Box::new($N)]; $S for $1 in &$0 { tick(); note($1.show()); }",
    "let $0: &dyn Show = &$N; $S note($0.show()); let $1: [&dyn Show; 2] = [$0, &1_u8]; note($1.len());",
    "let $0: &[u8] = &[$E, 1]; let $1 = match $0 { [a, ..] if *a > 3 => a, _ => &7 }; $S show(*$1);",
    "let mut $0 = HashMap::new(); $0.insert($E, vec![]); $S if let Some($1) = $0.get_mut(&1) { $1.push($N); } show($0.into_values().flatten().count());",
    "let mut $0 = VecDeque::from(vec![$E]); $0.push_back(2); $S while let Some($1) = $0.pop_front() { tick(); if $1 > 4 { $0.push_back($1 / 2); } }",
    "let mut $0 = Vec::new(); let mut $1 = |a| $0.push(a); $1($N); $S $1(Noisy::new(1)); show($0);",
    "let $0 = std::iter::successors(Some($E), |a| a.checked_sub(60)).map(|a| Noisy::new(a)); $S show($0.map(|a| a.0).collect::<Vec<_>>());",
    "let $0 = { struct Local<T>(T); impl<T: Show> Local<T> { fn get(self) -> String { let a = self.0; a.show() } } Local($N).get() }; $S show($0);",
    "fn $0<T: Clone>(a: &T, b: bool) -> Option<T> { if b { return None; } let c = a.clone(); Some(c) } $S show($0(&$N, $B));",
    "const $0: u8 = 3; let $1 = match $E { $0 => 1, a if a > $0 => 2_u8, _ => 3 }; $S show($1);",
    "let $0 = loop { let a = num(); if a < 200 { break a; } }; let $1 = match $0 { 0 => return_early(), a => a }; fn return_early() -> u8 { 9 } $S show($1);",
    "let $0 = if $B { Ok($E) } else { Err(()) }; $S match $0 { Ok($1) => show($1), Err(()) => {} }",
    "let $0 = match $E { 0..=4 => None, a => Some(a) }; $S let Some($1) = $0 else { panic!(\"small {}\", num()) }; show($1);",
    "let $0 = vec![]; $S let $1 = [$0, vec![$E]].concat(); show($1);",
    "let ($0, mut $1) = (&mut Vec::new(), 0); $0.push($E); $S $1 += $0.len(); show(($1, &*$0));",
];

/// Drops, panics, places.
const DROPS: &[&str] = &[
    "let $0 = $N; let $1 = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| { let a = Noisy::new(9); if flip() { panic!(\"inside\"); } a.get() ^ $L })); $S note($1.is_ok()); drop($0);",
    "let $0 = $N; let $1 = ($0, Noisy::new(1)); let ($2, _) = $1; $S note($2.get()); note($1.1.get());",
    "let $0 = Rec::new($E, $N); let $1 = $0.noisy; $S note($0.text.len()); let $2 = Rec { noisy: $1, ..$0 }; show($2);",
    "let mut $0 = Rec::new($E, $N); drop($0.noisy); $S $0.noisy = Noisy::new(3); show($0);",
    "let mut $0 = (Noisy::new(1), $N); if $B { drop($0.0); $0.0 = Noisy::new(2); } $S let ref $1 = $0.1; note($1.get());",
    "let mut $0 = $N; for $1 in 0..below(3) { tick(); let $2 = $0; $0 = Noisy::new($1); note($2.get()); } $S note($0.get());",
    "let $0 = $N; let mut $1 = Some($0); $S while let Some($2) = $1.take() { tick(); if $2.get() > 3 && flip() { $1 = Some($2); } }",
    "match $N { Noisy(0) => { here(); 0 } ref $0 if $0.get() > 4 => strict($0.get()).min(0), $0 => { $S $0.get() } };",
    "match Noisy::new($E).some() { Some($0) if strict($0) > 3 => { $S note($0) } Some(_) | None => drop($N), }",
    "if let Some($0) = Mute::new($E).0.some() { $S note($0); } else { drop($N); }",
    "let $0 = if let 0..=3 = $N.get() { Noisy::new(1).get() } else { Noisy::new(2).get() }; $S show($0);",
    "let $0 = { let a = $N; Noisy::new(3).get() ^ a.get() }; $S let _ = { let b = Noisy::new(4); b.get() }; show($0);",
    "let $0 = &$N; let $1 = &mut Noisy::new(2); $S $1.0 ^= $0.get(); let $2 = [&Noisy::new(3), $0]; note($2[0].get());",
    "let $0 = match (Noisy::new(1), $N) { (a, _) if flip() => a, (_, b) => b }; $S note($0.get());",
    "let $0 = Box::new(($N, Noisy::new(7))); let ($1, $2) = *$0; $S drop($1); note($2.get());",
    "let $0 = [Noisy::new(1), $N]; let [$1, ref $2] = $0; $S note($2.get()); drop($1);",
    "let $0 = $N; let $1 = move || { let a = &$0; a.get() }; $S note($1()); drop($1);",
    "let $0 = $N; let $1 = || $0; $S drop($1());",
    "let $0 = Some($N); let $1 = $0.as_ref().map_or(0, |a| { let b = Noisy::new(8); a.get() ^ b.get() }); $S show(($1, $0));",
    "'x: { let $0 = $N; if $B { break 'x; } $S drop($0); }",
    "let _ = (|| -> Result<u8, Fault> { let a = try_noisy($L)?; let b = Noisy::new(may(a.get())?); if flip() { Err(b)?; } Ok(a.0) })();",
    "fn $0(n: u8) -> Result<String, Noisy> { let a = vec![try_noisy(n)?.get(), Noisy::new(2).get()]; assert!(try_noisy(n / 2)?.get() != 77, \"{}\", a.len()); Ok(format!(\"{} {b}\", try_noisy(n ^ 1)?.get(), b = Noisy::new(n).get())) } $S let _ = $0($E);",
    "let _ = (|| -> Option<Noisy> { let a = Noisy::new($L); let b = a.some()?; Some(Noisy::new(b)) })(); $S",
    "strict($E); let $0 = strict; $S $0(2); let $1: fn(u8) -> u8 = strict; $1(3); let $2 = [1_u8, 2].map(strict); show($2.len());",
    "note(Noisy::new($E).get() ^ Noisy::new(2).pass().get() ^ { Noisy::new(3).get() }); $S",
    "let $0 = (Noisy::new(1), { let a = $N; if a.get() == 3 { panic!(\"three\") } a }); $S drop($0.1);",
    "let $0: Vec<_> = [$E, 2].iter().map(|a| Noisy::new(*a)).filter(|a| a.get() > 1).collect(); $S show($0.len());",
    "struct $0(u8); impl Drop for $0 { fn drop(&mut self) { note(self.0); if self.0 == 4 && !std::thread::panicking() { panic!(\"dropped\"); } } } let $1 = $0($E); $S drop($1);",
    "unsafe { let $0 = $N; let $1 = &raw const $0; note((*$1).0); $S }",
];

impl Generator {
    pub fn idiom(&mut self) -> Option<String> {
        let list = match self.rng.below(3) {
            0 => BORROWS,
            1 => TYPES,
            _ => DROPS,
        };
        let form = *self.rng.pick(list);
        Some(self.template(form))
    }

    /// A text with its holes filled.
    pub fn template(&mut self, form: &str) -> String {
        let names: Vec<String> = (0..10).map(|_| self.fresh()).collect();
        let mut text = String::new();
        let mut rest = form;
        while let Some(at) = rest.find('$') {
            text.push_str(&rest[..at]);
            let kind = rest[at + 1..].chars().next().unwrap_or(' ');
            rest = &rest[at + 1..];
            if kind.is_ascii_digit() {
                text.push_str(&names[kind as usize - '0' as usize]);
                rest = &rest[1..];
                continue;
            }
            if let Some(after) = rest.strip_prefix("S2") {
                rest = after;
                text.push_str(&self.value(&Ty::U8, 1));
                continue;
            }
            match kind {
                'E' => text.push_str(&self.value(&Ty::U8, 1)),
                'N' => text.push_str(&self.value(&Ty::Noisy, 1)),
                'B' => text.push_str(&self.value(&Ty::Bool, 1)),
                'L' => {
                    self.scope.loops += 1;
                    self.scope.closures += 1;
                    text.push_str(&self.value(&Ty::U8, 1));
                    self.scope.loops -= 1;
                    self.scope.closures -= 1;
                }
                'S' => {
                    if self.rng.chance(70) && self.fuel > 0 {
                        self.fuel -= 1;
                        let from = self.scope.vars.len();
                        let labels = std::mem::take(&mut self.labels);
                        text.push('\n');
                        let hoisted = self.hoisted.len();
                        let statement = self.statement(0);
                        let lines = self.hoisted.split_off(hoisted);
                        text.push_str(&lines.join("\n"));
                        text.push_str(&statement);
                        text.push('\n');
                        self.labels = labels;
                        // It may stand in a block of its own.
                        self.scope.leave(from);
                    }
                }
                other => {
                    // A macro's own.
                    text.push('$');
                    text.push(other);
                    rest = &rest[other.len_utf8()..];
                    continue;
                }
            }
            rest = &rest[1..];
        }
        text.push_str(rest);
        text
    }
}
