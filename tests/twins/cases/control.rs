//! Loops, labels, `match`, `if let` chains, `let … else`.

super::twins! {
[loops, labels, values_of_breaks, while_lets, matches, bindings, ranges, chains, let_else, blocks, shadowed, assigned]

pub fn loops() {
    let mut sum = 0_u32;
    for i in 0..below(6) {
        if i == 3 && flip() {
            continue;
        }
        sum += u32::from(i);
        for j in (0..i).rev() {
            sum = sum.wrapping_mul(3) + u32::from(j);
            if sum > 500 {
                break;
            }
        }
    }
    let mut left = below(9);
    while left > 0 {
        tick();
        left -= 1;
        note(left);
    }
    note(sum);
}

pub fn labels() {
    let mut rounds = 0;
    'outer: loop {
        rounds += 1;
        'inner: for i in 0..4 {
            let _held = Noisy::new(i);
            match below(6) {
                0 => break 'outer,
                1 => continue 'outer,
                2 => break 'inner,
                3 => continue 'inner,
                n => note(n),
            }
        }
        if rounds > 5 {
            break;
        }
    }
    let found = 'search: {
        for i in 0..3_u8 {
            if flip() {
                break 'search Some(i);
            }
        }
        None
    };
    note(format_args!("{rounds} {found:?}"));
}

pub fn values_of_breaks() {
    let mut tries = Vec::new();
    let last = loop {
        tries.push(num());
        if tries.len() > 3 || flip() {
            break tries.last().copied().unwrap_or_default();
        }
    };
    let noisy = loop {
        let noisy = Noisy::new(last);
        if flip() || last == 0 {
            break noisy;
        }
        if tries.pop().is_none() {
            break Noisy::new(77);
        }
    };
    seen(noisy.get());
    seen(tries);
}

pub fn while_lets() {
    let mut stack: Vec<Noisy> = (0..below(5)).map(Noisy::new).collect();
    while let Some(top) = stack.pop() {
        if top.get() == 1 && flip() {
            stack.push(Noisy::new(9));
        }
    }
    let text: String = std::iter::repeat_with(|| char::from(b'a' + below(3))).take(5).collect();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let mut run = 1;
        while rest.next_if_eq(&c).is_some() {
            run += 1;
        }
        note(format_args!("{c}{run}"));
    }
}

enum Shape {
    Dot,
    Line(u8),
    Box { width: u8, noisy: Noisy },
    Many(Vec<Shape>),
}

fn shape(depth: u8) -> Shape {
    match below(5) {
        0 => Shape::Dot,
        1 => Shape::Line(num()),
        2 => Shape::Box { width: below(9), noisy: Noisy::new(num()) },
        _ if depth == 0 => Shape::Line(0),
        _ => Shape::Many((0..below(3)).map(|_| shape(depth - 1)).collect()),
    }
}

fn size(shape: &mut Shape) -> u32 {
    match shape {
        Shape::Dot => 1,
        Shape::Line(0) => 0,
        Shape::Line(n @ 1..=9) => u32::from(*n),
        Shape::Line(n) if *n % 2 == 0 => {
            *n /= 2;
            u32::from(*n)
        }
        Shape::Line(_) => 2,
        Shape::Box { width, noisy } if noisy.get() > 100 => {
            std::mem::take(width).into()
        }
        Shape::Box { width, .. } => u32::from(*width) * 4,
        Shape::Many(all) => {
            let mut sum = 0;
            for one in all.iter_mut() {
                sum += size(one);
            }
            if let [first, .., last] = &mut all[..] {
                std::mem::swap(first, last);
            }
            sum
        }
    }
}

pub fn matches() {
    let mut shape = shape(2);
    let first = size(&mut shape);
    let second = size(&mut shape);
    note(format_args!("{first} {second}"));
    let kept = match shape {
        Shape::Box { noisy, .. } => Some(noisy),
        Shape::Many(mut all) => match all.pop() {
            Some(Shape::Box { noisy, width: 1..=5 }) => Some(noisy),
            Some(other) => {
                all.push(other);
                note(all.len());
                None
            }
            None => None,
        },
        Shape::Dot | Shape::Line(_) => None,
    };
    seen(kept);
}

pub fn bindings() {
    let mut pair = (Some(Noisy::new(1)), vec![num(), num()]);
    match pair {
        (Some(ref mut noisy), ref list) if list[0] > 128 => noisy.0 = list[0],
        (ref mut slot @ Some(_), _) if flip() => *slot = None,
        (Some(_), ref mut list) => list.push(3),
        (None, _) => {}
    }
    let (ref first, mut second) = pair;
    second.push(first.as_ref().map_or(0, Noisy::get));
    let whole @ (a, b) = (second.len(), second.first().copied());
    seen(whole);
    note(format_args!("{a} {b:?}"));
    let value = num();
    let text = match value {
        0 | 255 => "edge",
        n if n < 10 => "small",
        10..=99 => "middle",
        _ => "big",
    };
    note(text);
    match (value % 2, first) {
        (0, Some(noisy)) | (1, Some(noisy)) if flip() => note(noisy.get()),
        (_, Some(Noisy(id))) => note(id),
        _ => {}
    }
}

pub fn ranges() {
    let list: Vec<u8> = (0..below(6)).map(|_| num()).collect();
    match &list[..] {
        [] => note("nothing"),
        [one] => note(one),
        [first, rest @ ..] if rest.len() < 3 => note(format_args!("{first} {rest:?}")),
        [.., before, last] => note(format_args!("{before} {last}")),
    }
    let half = list.len() / 2;
    let (left, right) = list.split_at(half);
    let parts = [left, right, &list[half..], &list[..half]];
    for (i, part) in parts.iter().enumerate().skip(usize::from(flip())) {
        note(format_args!("{i} {part:?}"));
    }
}

pub fn chains() {
    let source = [Some(Noisy::new(3)), None];
    if let Some(noisy) = &source[usize::from(flip())]
        && let Some(less) = noisy.some()
        && less > 0
        && flip()
    {
        note(less);
    } else if let Some(fresh) = Some(Noisy::new(8)).filter(|_| flip()) {
        note(fresh.get());
    } else {
        note("neither");
    }
    let mut budget = 3;
    while let n @ 1.. = num()
        && budget > 0
    {
        budget -= 1;
        note(n);
    }
}

fn parsed(text: &str) -> Result<u8, Noisy> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(Noisy::new(1));
    };
    let (Ok(value), true) = (value.parse::<u8>(), !name.is_empty()) else {
        let why = Noisy::new(2);
        note("no number");
        return Err(why);
    };
    Ok(value)
}

pub fn let_else() {
    for text in ["a=1", "b", "=2", "c=x"] {
        let _ = seen(parsed(text));
    }
    for _ in 0..3 {
        let Some(n) = Noisy::new(below(3)).some() else { continue };
        note(n);
        let Noisy(1..) = Noisy::new(n) else { break };
    }
}

pub fn blocks() {
    let outer = Noisy::new(1);
    let inner = {
        let a = Noisy::new(2);
        let b = outer.get();
        { note(a.get()) };
        b
    };
    let chosen = if flip() { Noisy::new(inner) } else if flip() { outer.pass() } else { Noisy::new(5).pass() };
    let number = match chosen.get() { n if n > 3 => n, n => { let extra = Noisy::new(n); extra.get() } };
    seen({ number } + { 1 });
}

pub fn shadowed() {
    let value = Noisy::new(1);
    let value = value.pass();
    let value = (value, Noisy::new(2));
    {
        let value = &value.1;
        note(value.get());
    }
    let (value, _) = value;
    let value = if flip() { Some(value) } else { None };
    let Some(value) = value else { return here() };
    note(value.get());
}

pub fn assigned() {
    let late;
    let mut many = Noisy::new(1);
    if flip() {
        late = Noisy::new(2);
    } else {
        late = Noisy::new(3);
        many = Noisy::new(4);
    }
    many.0 = late.get();
    let (mut a, mut b) = (1_u8, 2_u8);
    (a, b) = (b, a.wrapping_add(num()));
    [a, _] = [a ^ b, 0];
    b <<= 1;
    let mut maybe;
    loop {
        maybe = Some(Noisy::new(a));
        if flip() || a > 250 {
            break;
        }
        a += 1;
    }
    maybe = maybe.take();
    note(format_args!("{a} {b} {maybe:?} {many:?}"));
}
}
