use super::*;

#[test]
fn statements() {
    use Held::{No, Stored, Temporary, Value};
    for (text, expected) in [
        ("let g = m.lock().unwrap();", Value),
        ("let g = m.lock().unwrap_or_else(|e| e.into_inner());", Value),
        ("let g = self.state.try_write()?;", Value),
        ("let g = m.read_arc();", Value),
        ("let g = lock(&m);", Value),
        ("let g = RwLock::read(&l).unwrap();", Value),
        ("let g: MutexGuard<'_, u8> = s.guard();", Value),
        ("let x = &m.lock().unwrap().field;", Value),
        ("let mut x = self.cell.borrow_mut();", Value),
        ("for x in c.borrow_mut().iter_mut() {}", Temporary),
        ("own!(c.try_borrow_mut());", Stored),
        ("let g = Some(m.lock().unwrap());", Value),
        ("let (a, b) = (m.lock().unwrap(), n.lock().unwrap());", Value),
        ("let g = match m.lock() { Ok(g) => g, Err(e) => e.into_inner() };", Value),
        ("let Ok(g) = m.try_lock() else { return };", Value),
        ("let g = loop { if let Ok(g) = m.try_lock() { break g } };", Value),
        ("let all = shards.iter().map(|s| s.lock().unwrap()).collect();", Stored),
        ("let g = MutexGuard::map(m.lock(), |g| &mut g.x);", Stored),
        ("guards.push(m.lock().unwrap());", Stored),
        ("g = m.lock().unwrap();", Stored),
        ("own!(m.lock());", Stored),
        ("let n = m.lock().unwrap().len();", Temporary),
        ("let n = *m.lock().unwrap();", Temporary),
        ("let n = m.lock().unwrap().n + 1;", Temporary),
        ("let n = match m.lock() { Ok(g) => g.len(), Err(_) => 0 };", Temporary),
        ("let _ = m.lock();", Temporary),
        ("m.lock().unwrap().push(x);", Temporary),
        ("*m.lock().unwrap() += 1;", Temporary),
        ("*m.lock().unwrap() = 1;", Temporary),
        ("helper(&m.lock().unwrap());", Temporary),
        ("drop(m.lock());", Temporary),
        ("println!(\"{}\", m.lock().unwrap());", Temporary),
        ("match m.lock().unwrap().get(0) { Some(x) => {} None => {} }", Temporary),
        ("if let Some(x) = m.lock().unwrap().pop() { f(x) }", Temporary),
        ("while let Ok(x) = rx.lock().unwrap().recv() { f(x) }", Temporary),
        ("for x in m.lock().unwrap().iter() {}", Temporary),
        ("if a && let Some(x) = m.try_lock() {}", Temporary),
        ("return m.lock().unwrap().len();", Temporary),
        ("let g = { let m = &self.m; let g = m.lock().unwrap(); g };", Value),
        ("let g = { let mut g = m.lock().unwrap(); while g.busy { g = c.wait(g).unwrap(); } g };", Value),
        ("let g = { let mut g = m.lock().unwrap(); g.n += 1; Some((g, 1)) };", Value),
        ("let g = { let g = m.lock().unwrap(); let g = c.wait(g).unwrap(); g };", Value),
        ("let l = { let g = m.lock().unwrap(); Lease { g } };", Value),
        ("let all = { let mut all = vec![]; all.push(m.lock().unwrap()); all };", Value),
        ("let g = if a { let g = m.lock().unwrap(); g } else { let g = n.lock().unwrap(); g };", Value),
        ("let g = match x { 0 => { let g = m.lock().unwrap(); g } _ => return };", Value),
        ("let all: Vec<_> = shards.iter().map(RwLock::write).collect();", Stored),
        ("let all: Vec<_> = shards.iter().map(std::sync::Mutex::lock).collect();", Stored),
        ("let c = RefCell::borrow_mut(&self.0);", Value),
        ("let g = m.lock().or_poisoned();", Value),
        ("let g = m.lock().unwrap_or_log();", Value),
        ("let g = m.lock().log_err()?;", Value),
        ("let n = m.lock().len_or_poison_of_it().len();", Temporary),
        ("let n = m.lock().is_err();", Temporary),
        ("let n = m.lock().ok().map(|g| g.len()).unwrap_or(0);", Temporary),
        ("let n = m.lock().snapshot();", Temporary),
        ("C.get_or_init(load);", Temporary),
        ("let c = C.get_or_try_init(load)?;", Temporary),
        // Where they are of another's concern.
        ("if m.lock().unwrap().is_empty() { f() }", No),
        ("while m.lock().unwrap().is_empty() { f() }", No),
        ("match x { 0 => m.lock().unwrap().clear(), _ => {} }", No),
        ("let f = || m.lock().unwrap().len();", No),
        ("{ let g = m.lock(); }", No),
        ("let n = { let g = m.lock().unwrap(); let n = g.len(); n };", No),
        ("let n = { let g = m.lock().unwrap(); let g = g.len(); g };", No),
        ("let n = { let g = m.lock().unwrap(); count(&g) };", No),
        ("let n = { let g = m.lock().unwrap(); g.n + 1 };", No),
        ("let m = { let g = m.lock().unwrap(); g.push(x); Mutex::new(x) };", No),
        ("loop { let g = m.lock(); }", No),
        ("spawn(move || { let g = m.lock(); });", No),
        ("file.read(&mut buf)?;", No),
        ("fs::write(path, text)?;", No),
        ("let out = io::stdout().lock();", No),
        ("let c = self.block(); m.unlock(); clock();", No),
    ] {
        let block: Block = syn::parse_str(&format!("{{ {text} }}")).unwrap();
        assert_eq!(of_statement(&block.stmts[0]), expected, "{text}");
        assert!(expected == No || may_take(&block.to_token_stream()), "{text}");
    }
    for text in [
        "C.get_or_init(|| 1)",
        "READY.call_once(|| ())",
        "LazyLock::new(|| 1)",
        "once_cell::sync::Lazy::new(|| 1)",
        "tx.send_modify(|x| f(x))",
        "critical_section::with(|cs| f(cs))",
        "NAMES.with_borrow_mut(|names| f(names))",
        "RefCell::replace_with(&c, f)",
    ] {
        assert!(may_take(&text.parse().unwrap()), "{text}");
    }
    assert!(!may_take(&"let c = self.block(); file.read(buf); unlock(); x.borrow_mut(y)".parse().unwrap()));
}

/// Where a block's last expression is asked about twice, this takes 2^40 of them.
#[test]
fn tails_in_tails_end() {
    let code = (0..40).fold("n".to_owned(), |inside, _| {
        format!("match n {{ k if let Some(x) = k => {{ f(x); {inside} }} _ => {{ n += 1; 0 }} }}")
    });
    assert_eq!(of(&syn::parse_str(&code).unwrap()), Held::No);
}
