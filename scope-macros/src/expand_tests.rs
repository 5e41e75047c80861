use super::*;
use crate::plan::Fixed;

fn woven(arguments: &str, item: &str) -> TokenStream {
    with_plan("schema_version = 1", arguments, item)
}

fn with_plan(plan: &str, arguments: &str, item: &str) -> TokenStream {
    let (tokens, errors) = attribute(arguments.parse().unwrap(), item.parse().unwrap(), &Fixed::new(plan));
    assert!(errors.is_empty(), "{:?}", errors.iter().map(Error::text).collect::<Vec<_>>());
    tokens
}

fn faults(arguments: &str, item: &str) -> Vec<String> {
    let tokens: TokenStream = item.parse().unwrap();
    let (untouched, errors) = attribute(arguments.parse().unwrap(), tokens.clone(), &Fixed::new("schema_version = 1"));
    assert_eq!(untouched.to_string(), tokens.to_string(), "beside errors the item is as it was");
    errors.iter().map(Error::text).collect()
}

/// The code as people would write it, with `P` for the long path.
pub(super) fn pretty(tokens: TokenStream) -> String {
    let text = tokens.to_string().replace(":: scope :: __private", "P");
    let tokens: TokenStream = text.parse().unwrap();
    prettyplease::unparse(&syn::parse2(tokens).unwrap_or_else(|error| panic!("{error}: {text}")))
}

/// The names in the sites of an expansion, in their order.
fn names(tokens: &TokenStream) -> Vec<String> {
    let text = tokens.to_string();
    text.split("file ! () , \"\\t")
        .skip(1)
        .map(|rest| rest.split("\\t").next().unwrap_or_default().to_owned())
        .collect()
}

fn count(tokens: &TokenStream, word: &str) -> usize {
    tokens.to_string().matches(word).count()
}

/// One snapshot for each item at each level.
macro_rules! snapshots {
    ($($test:ident: $($level:literal)* => $item:literal;)*) => {$(
        #[test]
        fn $test() {
            $(
                let code = pretty(woven(concat!("level = \"", $level, "\""), $item));
                insta::assert_snapshot!(concat!(stringify!($test), "-", $level), code);
            )*
        }
    )*};
}

snapshots! {
    function: "boundaries" "detailed" "full" =>
        "/// Adds.\n#[inline] pub fn add(a: u8, mut b: u8) -> u8 { #![allow(unused)] let c = a + b; b += c; b }";
    exits: "boundaries" "detailed" "full" =>
        "fn exits(text: &str) -> Result<u8, Error> { if text.is_empty() { return Err(Error); } let n = text.parse()?; check(n)?; Ok(n) }";
    unit: "boundaries" "detailed" "full" =>
        "fn unit(&self, n: u8) { if n == 0 { return; } for i in 0..n { let x = i; show(x); } }";
    hidden_type: "detailed" "full" =>
        "fn hidden(v: &[u8]) -> Option<impl Iterator<Item = &u8>> { let n = v.len(); if n == 0 { return None; } Some(v.iter()) }";
    never: "detailed" "full" => "fn never(n: u8) -> ! { let x = n; exit(x) }";
    methods: "boundaries" "detailed" =>
        "impl<'a, T> Stack<'a, T> { const N: usize = 1; fn new() -> Self { Self } fn push(&mut self, item: T) {} }";
    trait_methods: "detailed" => "impl<T> Shape for Box<T> where T: Shape { type Unit = u8; fn area(self: &Self) -> u8 { 1 } }";
    default_methods: "boundaries" => "pub trait Shape: Sized { fn area(&self) -> u8; fn twice(&self) -> u8 { self.area() * 2 } }";
    module: "boundaries" =>
        "mod orders { use super::*; pub(crate) mod inner { pub fn f() {} } impl Order { fn place(&self) {} } const fn g() {} }";
    asynchronous: "boundaries" "detailed" "full" =>
        "async fn load(&self, mut key: String, (a, _): (u8, u8), _: Noisy) -> Result<Vec<u8>, Error> \
         { let row = self.get(&key).await?; key = row.next; let all = &row.all; Ok(all.clone()) }";
    asynchronous_hidden: "detailed" => "async fn page(id: u64) -> Result<impl IntoResponse, Error> { Ok(render(id)?) }";
    asynchronous_never: "boundaries" => "async fn serve() -> ! { loop { tick().await } }";
    asynchronous_unseen: "detailed" =>
        "pub async fn first(&self, mut rx: Receiver, (a, _): (u8, u8)) -> Result<u8, Error> { select! { x = rx.recv() => Ok(x? + a) } }";
    asynchronous_unseen_never: "boundaries" => "async fn serve(mut queue: Queue) -> ! { loop { select! { x = queue.next() => x.run() } } }";
    asynchronous_unseen_unnamed: "boundaries" =>
        "async fn sum<T>(all: impl Iterator<Item = &u8>, f: impl Fn(&u8) -> Held<'_>, one: &(impl Eq + Is<'_>)) { join!(all, f, one) }";
    asynchronous_unseen_by_others: "detailed" =>
        "#[tokio::main] async fn start(args: Args) { select! { _ = run(args) => {} _ = stop() => {} } }";
    closures: "full" =>
        "fn closures(base: u8) -> u8 { let open = |x| { let y = base + x; y }; let bare = |x| { let y = x; let z: u8 = 1; y + z }; \
         let later = async move { let n = base; n }; run(later); open(bare(1)) }";
    blocks: "full" =>
        "fn blocks(n: Option<u8>) -> u8 { let Some(mut x) = n else { return 0 }; 'out: while x > 1 { x -= 1; if x == 3 { break 'out; } } \
         let y; match x { 0 => { y = 1; } _ => y = 2 } unsafe { call(y) }; #[cfg(a)] let z = 1; loop { return x; } }";
    locks: "boundaries" =>
        "fn locks(m: &M, x: u8) -> u8 { let n = m.lock().unwrap().len(); let g = m.lock().unwrap(); f(&g); drop(g); \
         if m.lock().is_ok() { m.lock().clear(); } match x { 0 => m.read().len(), _ => 1 } }";
    locks_in_a_future: "boundaries" => "async fn locks(m: &M) { let g = m.lock().unwrap(); f(&g); let h = m.lock().await; g().await; }";
    lock_of_the_caller: "detailed" => "fn handed(g: &mut MutexGuard<'_, u8>) -> u8 { **g }";
    patterns: "detailed" =>
        "fn patterns((a, b): (u8, u8), P { x, y: z }: P, _: u8, #[cfg(a)] c: u8, ref r#type: u8, password: &str) { println!(a, x, z, c, r#type, password); }";
}

#[test]
fn with_none_nothing_changes() {
    for item in [
        "fn f ( ) -> u8 { fn g ( ) { } let x = 1 ; x }",
        "# [inline] impl A { fn f (& self) { return ; } }",
        "trait T { fn f (& self) { } }",
        "mod m { mod n { async fn f ( ) { g ( ) ? ; } } }",
    ] {
        let tokens: TokenStream = item.parse().unwrap();
        assert_eq!(woven("level = \"none\"", item).to_string(), tokens.to_string());
        // What tracks the plan may stand beside the item, never in it.
        let plan = "schema_version = 1\n[defaults]\nlevel = \"none\"";
        let woven = with_plan(plan, "", item).to_string();
        let beside = woven.strip_prefix(&tokens.to_string()).unwrap();
        assert_eq!(beside.contains("include_bytes"), !item.starts_with("fn"), "{beside}");
        assert!(beside.is_empty() || beside.starts_with(" const _ : () ="), "{beside}");
    }
}

#[test]
fn what_is_left_alone() {
    for item in [
        "const fn f() -> u8 { 1 }",
        "#[unsafe(naked)] extern \"C\" fn f() { naked_asm!(\"ret\") }",
        "mod m { #[custom_mir(dialect = \"built\")] fn f() { mir! {} } #[define_opaque(T)] fn g() -> T { 1 } fn f(); }",
        "extern \"C\" { fn f(); }",
        "mod m; #[starlark_module] fn f(g: &mut G) { fn a(x: u8) -> u8 { x } const B: u8 = 1; }",
        "mod m { #[scope::skip] fn f() {} #[skip] impl A { fn g() {} } const X: u8 = { fn f() {} 1 }; m! { fn f() {} } }",
        "async fn f() -> impl Fn(u8) -> u8 { select! {} |x| x }",
        "#[tracing::instrument] fn f(n: u8) -> BoxFuture<u8> { Box::pin(async move { n }) }",
        "#[maybe_async::maybe_async] impl A { async fn f() -> u8 { g().await } }",
        "#[tailcall] fn f(n: u8) -> u8 { call! { f(n) } }",
        "#[rustversion::attr(since(1.50), const)] fn f() -> u8 { 1 }",
        "impl A { #[try_fn] fn f() -> Result<u8, E> { 1 } #[rune::function(vm_result)] fn g(v: V) { v.push(1).vm?; } }",
    ] {
        let tokens: TokenStream = item.parse().unwrap();
        assert_eq!(woven("level = \"full\"", item).to_string(), tokens.to_string());
    }
}

#[test]
fn a_macro_may_mention_what_its_call_does_not() {
    let code = woven("level = \"detailed\"", "fn app(cx: &Cx) -> Element { render! { div {} } }");
    assert_eq!(count(&code, "0_u8"), 0);
}

#[test]
fn a_skip_stays_and_other_tools_may_have_one() {
    let code = woven("", "mod m { #[rustfmt::skip] fn f() {} #[scope::skip] fn g() {} }");
    assert_eq!(names(&code), ["f"]);
    assert_eq!(count(&code, "# [scope :: skip]"), 1);
}

#[test]
fn functions_are_named_by_where_they_are() {
    let item = "mod m { impl<'a> Shape for Order<'a, u8> { fn area(&self) { fn inner() { impl X { fn f() {} } } } } \
                trait Shape { fn area(&self) {} } mod n { impl r#type { fn r#match() {} } } }";
    let code = woven("level = \"boundaries\"", item);
    assert_eq!(
        names(&code),
        [
            "<Order<'a, u8> as Shape>::area",
            "<Order<'a, u8> as Shape>::area::inner",
            "<Order<'a, u8> as Shape>::area::inner::X::f",
            "Shape::area",
            "type::match"
        ]
    );
}

#[test]
fn the_plan_decides_for_each_path() {
    let plan = "schema_version = 1\n[defaults]\nlevel = \"none\"\n\
                [[module]]\npath = \"shop::m::n\"\nlevel = \"boundaries\"\n\
                [[function]]\npath = \"shop::m::Order::place\"\nlevel = \"full\"\n";
    let item = "mod m { fn f() {} mod n { fn g() {} } impl Order { fn place() { let x = g(); } fn other() {} } }";
    let code = with_plan(plan, "", item);
    assert_eq!(names(&code), ["g", "Order::place"]);
    assert_eq!(count(&code, "__scope_variable"), 1);
    assert_eq!(names(&with_plan(plan, "level = \"boundaries\"", item)).len(), 4, "the attribute is stronger");
}

#[test]
fn the_plan_is_tracked_once() {
    let plan = "include_bytes ! (\"/crate/scope.toml\")";
    let module = woven("", "mod m { fn f() {} fn g() {} }");
    assert_eq!((count(&module, plan), count(&module, "option_env ! (\"SCOPE_PROFILE\")")), (1, 1));
    let function = woven("", "fn f() { fn g() {} }");
    assert_eq!(count(&function, plan), 1);
    assert!(function.to_string().ends_with('}'), "a method has no room for items beside it");
}

#[test]
fn limits_and_the_runtime_table_are_compiled_in() {
    let plan = "schema_version = 1\n[defaults.capture]\nmax_depth = 3\ndebug = false\nopaque = [\"*::Pool\", \"pool\"]\nredact = [\"pin\"]\n[runtime]\noverflow = \"block\"\n";
    let code = with_plan(plan, "", "fn f(pin: u8, token: u8, open: u8) {}").to_string();
    assert!(
        code.contains(
            "max_depth : 3 , debug : false , opaque : & [\"*::Pool\" , \"pool\"] , redact : & [\"*password*\""
        ),
        "{code}"
    );
    assert!(code.contains("runtime : \"overflow=block\""), "{code}");
    assert_eq!(code.matches("__entry . __scope_redacted ()").count(), 2);
}

#[test]
fn a_call_that_may_be_slow_is_watched_from_outside() {
    let plan = "schema_version = 1\n[[function]]\npath = \"shop::f\"\nsnapshot_over = \"20 ms\"";
    let code = pretty(with_plan(plan, "level = \"boundaries\"", "mod m {} fn f() {}"));
    assert!(!code.contains("__scope_slow"), "of other paths: {code}");
    for level in ["boundaries", "full"] {
        let code = with_plan(plan, &format!("level = \"{level}\""), "fn f() -> u8 { 1 }").to_string();
        let (slow, entry) = (code.find("__scope_slow"), code.find("__scope_entry"));
        assert!(slow.is_some() && slow < entry, "{code}");
        assert!(code.contains("snapshot_over : :: scope :: __private :: Duration :: from_nanos (20000000)"), "{code}");
        let handed = "fn f() -> Pin<Box<dyn Future<Output = u8>>> { Box::pin(async move { const A: u8 = 1; A }) }";
        let code = with_plan(plan, &format!("level = \"{level}\""), handed).to_string();
        let future = code.split("async move").nth(1).expect("a future");
        assert!(future.starts_with(" { let __slow = (& __SITES) . __scope_slow () ; {"), "{code}");
    }
}

#[test]
fn skipped_names_are_never_captured() {
    let code =
        woven("level = \"full\", skip(big, self)", "fn f(&self, big: &[u8], n: u8) { let big = n; let m = big; }")
            .to_string();
    assert!(code.contains("\"\\tf\\t1\\tn\\n"), "{code}");
    assert_eq!(code.matches("__scope_variable").count(), 1);
}

#[test]
fn hidden_variables_are_marked() {
    let code = woven("level = \"full\"", "fn f() { let password = ask(); let n = g(); }").to_string();
    assert_eq!((code.matches(". __scope_redacted (").count(), code.matches("__scope_variable").count()), (1, 1));
}

#[test]
fn an_inner_attribute_is_part_of_the_outer_pass() {
    let item = "mod m { #[scope::instrument(level = \"none\")] fn f() {} #[instrument(level = \"full\")] fn g() { let x = f(); } fn h() {} }";
    let code = woven("level = \"boundaries\"", item);
    assert_eq!(names(&code), ["g", "h"]);
    assert_eq!(
        (count(&code, "scope :: instrument"), count(&code, "# [instrument"), count(&code, "__scope_variable")),
        (0, 1, 1)
    );
    // The one that stays finds its item woven.
    let once = woven("", "fn g() { let x = 1; }");
    assert_eq!(
        attribute("level = \"full\"".parse().unwrap(), once.clone(), &Fixed::new("schema_version = 1")).0.to_string(),
        once.to_string()
    );
    let bad = "mod m { #[scope::instrument(levle = \"none\")] fn f() {} }";
    assert_eq!(faults("", bad), ["unknown argument `levle`; did you mean `level`?"]);
    assert_eq!(
        names(&woven("", "mod m { #[tracing::instrument(skip_all)] fn f() {} }")),
        ["f"],
        "other tools have one too"
    );
}

#[test]
fn the_facade_may_have_another_name() {
    let code = woven("level = \"full\", crate = my::eyes", "fn f(a: u8) -> Result<u8, E> { let b = g(a)?; Ok(b) }")
        .to_string();
    assert!(!code.contains(":: scope ::") && code.contains("my :: eyes :: __private"), "{code}");
}

#[test]
fn a_body_that_is_half_typed_passes_at_boundaries() {
    let half = "fn f(a: u8) -> u8 { let x = a + ; foo.( x ) }";
    assert_eq!(names(&woven("level = \"boundaries\"", half)), ["f"]);
    // At `full` it can't be read: woven less, and rustc says what is wrong with it.
    assert_eq!(count(&woven("level = \"full\"", half), "let x = a + ; foo . (x)"), 1);
}

#[test]
fn only_exits_of_functions_and_async_blocks_are_woven() {
    let item = "fn f() -> R { let c = |x| { return x?; }; let a = async { g()?; return h; }; fn i() -> R { j()? } k()?; return l; }";
    let code = woven("level = \"detailed\"", item).to_string();
    let count = |what: &str| code.matches(what).count();
    assert_eq!((count("early ("), count("return {"), count("given (")), (3, 2, 1), "{code}");
}

#[test]
fn a_parameter_that_nobody_mentions_has_a_stand_in() {
    for (item, stands_in) in [
        ("fn f(a: u8) { }", true),
        ("/** a */ #[must_use = \"a\"] fn f(a: u8) { }", true),
        ("#[other(id = %a)] fn f(a: u8) { }", false),
        ("#[other(\"{a}\")] fn f(a: u8) { }", false),
        ("fn f(a: u8) { g!(\"{a}\"); }", false),
        ("fn f(a: u8) { include!(\"b\"); }", false),
        ("fn f(_a: u8) { }", false),
    ] {
        let code = woven("level = \"detailed\"", item).to_string();
        assert_eq!(code.contains("let a = 0_u8"), stands_in, "{item}");
        let seen = ["__scope_entry_1 (& a)", "__scope_entry_1 (& _a)"];
        assert!(seen.iter().any(|seen| code.contains(seen)), "{item}: {code}");
    }
}

#[test]
fn code_of_the_compiler_is_not_woven() {
    let item = "fn f() { const X: u8 = { let a = 1; a }; static S: u8 = { let a = 1; a }; let v = [0; { let n = 2; n }]; let c = const { let m = 3; m }; h(v, c); \
                g::<{ let o = 1; o }>(); enum E { A = { let p = 1; p } } }";
    let code = woven("level = \"full\"", item).to_string();
    assert_eq!(code.matches("__scope_variable").count(), 2, "only `v` and `c`");
}

#[test]
fn names_that_may_be_constants_are_not_variables() {
    let item = "fn f() { let None = g() else { return }; let MAX = g(); let mut X = g(); let _unused = g(); let _ = 1; let y; COUNT += 1; a.b = 1; v[0] = 1; }";
    let code = woven("level = \"full\"", item).to_string();
    assert_eq!(code.matches("__scope_variable").count(), 1, "only `X`");
}

#[test]
fn what_never_runs_gets_no_probes() {
    let code = woven("level = \"full\"", "fn f() { h(); return; let x = g(); g(); }").to_string();
    assert_eq!((code.matches("__scope_line (").count(), code.matches("__scope_variable").count()), (1, 0));
}

#[test]
fn every_error_is_reported_at_once() {
    assert_eq!(
        faults("level = \"ful\", levle = 1", "struct A;"),
        [
            "unknown level `\"ful\"`; did you mean `\"full\"`?",
            "unknown argument `levle`; did you mean `level`?",
            "a struct can't be instrumented: `#[scope::instrument]` goes on a function, an `impl`, a trait or an inline module; to record \
             its methods, put it on the `impl`",
        ]
    );
    for (item, what) in [
        ("pub enum E { A }", "an enum"),
        ("union U { a: u8 }", "a union"),
        ("use a::b;", "a `use`"),
        ("const X: u8 = 1;", "a constant"),
        ("static X: u8 = 1;", "a static"),
        ("type A = u8;", "a type alias"),
        ("macro_rules! m { () => {} }", "a macro"),
        ("m!();", "a macro call"),
    ] {
        let faults = faults("", item);
        assert!(
            faults.len() == 1 && faults[0].starts_with(&format!("{what} can't be instrumented")),
            "{item}: {faults:?}"
        );
    }
}

#[test]
fn a_name_to_skip_must_be_there() {
    assert_eq!(
        faults("skip(pasword)", "fn f(password: &str, n: u8) {}"),
        ["the function has no argument `pasword`; did you mean `password`?"]
    );
    assert_eq!(
        faults("skip(other)", "fn f(a: u8, b: u8) {}"),
        ["the function has no argument `other`; it takes `a`, `b`"]
    );
    assert_eq!(faults("skip(x)", "fn f() {}"), ["the function has no argument `x`; it takes no arguments"]);
    // A variable will do.
    assert_eq!(names(&woven("skip(x)", "fn f() { let x = 1; }")), ["f"]);
}

#[test]
fn where_a_pardon_is_forbidden_there_is_none() {
    let item = "fn f(a: u8) -> Result<u8, E> { let b = g(a)?; if b > 3 { return Ok(b); } h(b) }";
    let forbidding = Fixed::new("schema_version = 1").forbidding("#![forbid(unreachable_code)]");
    let (tokens, _) = attribute("level = \"full\"".parse().unwrap(), item.parse().unwrap(), &forbidding);
    insta::assert_snapshot!("forbidden", pretty(tokens));
}

#[test]
fn skip_takes_no_arguments() {
    let code = super::skip("x".parse().unwrap(), "fn f() {}".parse().unwrap()).to_string();
    assert!(code.starts_with("fn f () { }") && code.contains("`skip` takes no arguments"), "{code}");
    assert_eq!(super::skip(TokenStream::new(), "fn f ( ) { }".parse().unwrap()).to_string(), "fn f () { }");
}

#[test]
fn faults_of_the_plan_are_told_once() {
    struct Broken(PlanFault);
    impl Source for Broken {
        fn plan(&self) -> Result<std::sync::Arc<scope_plan::Loaded>, PlanFault> {
            Err(self.0.clone())
        }
        fn module(&self) -> Vec<String> {
            Vec::new()
        }
        fn forbidden(&self) -> std::sync::Arc<crate::forbidden::Forbidden> {
            Default::default()
        }
    }
    let item: TokenStream = "fn f() {}".parse().unwrap();
    let told = Broken(PlanFault::New(vec!["/a/scope.toml:2:1: unknown key `levle`".to_owned()]));
    let (tokens, errors) = attribute(TokenStream::new(), item.clone(), &told);
    assert_eq!((tokens.to_string(), errors.len()), (item.to_string(), 1));
    assert_eq!(errors[0].text(), "/a/scope.toml:2:1: unknown key `levle`");
    assert!(attribute(TokenStream::new(), item, &Broken(PlanFault::Reported)).1.is_empty());
}
