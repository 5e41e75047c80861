//! What the initialisers of statics call. They run when somebody first asks for the value, and who asks again meanwhile, on the same thread, waits for ever, or
//! begins anew: a `Debug` that does is not to be run.

use super::found::add;
use super::lines::Lines;
use super::text::path;

/// What makes the statics of a crate.
#[derive(Clone, Default)]
pub(crate) struct Statics {
    all: Vec<Made>,
    /// All that is called there, sorted: most functions are not.
    called: Vec<String>,
    /// The names of those that a `Debug` which was written by hand asks for, or may it be any?
    asked: Vec<String>,
    any: bool,
}

impl Statics {
    pub(super) const NONE: Self = Self { all: Vec::new(), called: Vec::new(), asked: Vec::new(), any: false };

    /// Adds what is behind the `static` in the first of these lines, and in those that it goes on in. What is not of a thread (`is_local`) runs in the compiler,
    /// unless its type says that it waits to be asked for.
    pub(super) fn add<'t>(&mut self, first: &'t str, lines: Lines<'t>, is_local: bool) {
        let is_lazy = is_local && !first.contains("= const ") || first.starts_with("ref ");
        if let Some(made) = Made::read(first, lines, is_lazy)
            && !self.all.contains(&made)
        {
            self.all.push(made);
        }
    }

    /// The `Debug`s of a file ask for these; `None`: they may ask for any.
    pub(super) fn asked(&mut self, names: Option<Vec<&str>>) {
        self.any |= names.is_none();
        names.into_iter().flatten().for_each(|name| add(&mut self.asked, name));
    }

    /// When all is read: the others are nobody's concern.
    pub(super) fn settle(&mut self) {
        let (any, asked) = (self.any, &self.asked);
        self.all.retain(|made| any || asked.contains(&made.name));
        let names = self.all.iter().flat_map(|made| made.functions.iter().chain(&made.methods)).map(String::as_str);
        let some = if self.all.is_empty() { &[][..] } else { &UNNAMED };
        self.called = names.chain(some.iter().copied()).map(str::to_owned).collect();
        self.called.sort_unstable();
        self.called.dedup();
    }

    /// Whether a function of this name may be called by one of them. `item`: what says which `impl` it is in.
    pub(super) fn call(&self, name: &str, item: impl FnOnce() -> String) -> bool {
        self.called.binary_search_by(|known| known.as_str().cmp(name)).is_ok() && {
            let item = item();
            self.all.iter().any(|made| made.calls(name, &item))
        }
    }
}

/// What makes a static.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Made {
    name: String,
    types: Vec<String>,
    functions: Vec<String>,
    /// Those of types.
    methods: Vec<String>,
}

/// Types whose functions are not the crate's: traits that are implemented for them say nothing.
const FOREIGN: [&str; 24] = [
    "Arc", "BTreeMap", "BTreeSet", "Box", "Cell", "Err", "HashMap", "HashSet", "Lazy", "LazyCell", "LazyLock", "Mutex",
    "None", "Ok", "OnceCell", "OnceLock", "Option", "Rc", "RefCell", "Result", "RwLock", "Some", "String", "Vec",
];

/// What makes a value of the type, without being called by this name.
const UNNAMED: [&str; 5] = ["default", "from", "from_iter", "from_str", "try_from"];

impl Made {
    /// Whether a function of this name, in this `impl` or none, may be called.
    fn calls(&self, name: &str, item: &str) -> bool {
        // `impl Make for Table<u8>`, `<Table<u8> as Make>`
        let ty = item.split_once(" for ").map_or(item, |(_, ty)| ty);
        let ty = ty.split(" as ").next().unwrap_or_default();
        let mut words = ty.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let is_called = |names: &[String]| names.iter().any(|called| called == name);
        let is_method = is_called(&self.methods) || UNNAMED.contains(&name);
        is_method && words.clone().any(|word| self.types.iter().any(|ty| ty == word))
            || is_called(&self.functions) && !words.any(|word| word.starts_with(|c: char| c.is_uppercase()))
    }

    /// None: nothing says that it waits to be asked for.
    fn read<'t>(first: &'t str, lines: Lines<'t>, mut is_lazy: bool) -> Option<Self> {
        const MOST: usize = 100;
        let (mut count, mut depth) = (0, 0_i32);
        for line in std::iter::once(first).chain(lines.clone()).take(MOST) {
            count += 1;
            let mut bytes = line.as_bytes();
            while let [byte, behind @ ..] = bytes {
                match byte {
                    b'(' | b'[' | b'{' => depth += 1,
                    b')' | b']' | b'}' => depth -= 1,
                    b'L' => is_lazy |= behind.starts_with(b"azy"),
                    _ => {}
                }
                bytes = behind;
            }
            if depth < 0 || depth == 0 && line.trim_end().ends_with(';') {
                break;
            }
        }
        let name = path(first.trim_start_matches("mut ").trim_start_matches("ref ")).trim_end_matches(':');
        let mut made = Self { name: name.to_owned(), ..Self::default() };
        if is_lazy {
            let lines = std::iter::once(first).chain(lines).take(count).map(str::trim);
            lines.filter(|line| !line.starts_with("//")).for_each(|line| made.line(line));
        }
        is_lazy.then_some(made)
    }

    fn line(&mut self, line: &str) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let (mut at, mut of) = (0, "");
        for word in line.split(|c| !is_part(c)) {
            let (before, behind) = (&line[..at], &line[at + word.len()..]);
            at += word.len() + behind.chars().next().map_or(0, char::len_utf8);
            let is_called = behind.starts_with('(') || behind.starts_with([')', ',']) && before.ends_with(['(', ':']);
            if word.starts_with(|c: char| c.is_uppercase()) {
                if !FOREIGN.contains(&word) {
                    add(&mut self.types, word);
                }
            } else if is_called && !word.starts_with(|c: char| c.is_numeric()) {
                let is_of_type = before.ends_with("::") && of.starts_with(|c: char| c.is_uppercase());
                let is_method = is_of_type || before.ends_with('.');
                add(if is_method { &mut self.methods } else { &mut self.functions }, word);
            }
            of = if word.is_empty() { of } else { word };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_a_static_is_known() {
        for (text, types, functions, methods) in [
            ("A: LazyLock<Mutex<Table>> = LazyLock::new(|| Mutex::new(Table::of(&[1])));", "A Table", "", "new of"),
            ("B: OnceLock<u8> = OnceLock::new();\nfn f() { g() }", "B", "", "new"),
            ("C: LazyLock<u8> =\n    LazyLock::new(load);\nfn f() { g() }", "C", "load", "new"),
            ("ref D: u8 = m::load(2);", "D", "load", ""),
            (
                "E: Cell<Table> = Cell::new({\n    let mut t = Table::default();\n    // f()\n    t.add(\"ä\");\n    t\n});\nfn f() { g() }",
                "E Table",
                "",
                "new default add",
            ),
            ("F: Lazy<T> = Lazy::new(T::make) }", "F T", "", "new make"),
        ] {
            let mut lines = Lines::of(text);
            let made = Made::read(lines.next().unwrap(), lines, true).unwrap();
            let found = (made.types.join(" "), made.functions.join(" "), made.methods.join(" "));
            assert_eq!((&*found.0, &*found.1, &*found.2), (types, functions, methods), "{text}");
        }
    }

    #[test]
    fn functions_are_told_apart_by_what_they_are_in() {
        let mut statics = Statics::NONE;
        statics.add("A: Lazy<Table> = Lazy::new(|| { read(2); Table::of(1) });", Lines::of(""), false);
        statics.add("B: Cell<Other> = Cell::new(Other::get());", Lines::of(""), false);
        statics.add("D: RefCell<Vec<Late>> = const { RefCell::new(Vec::new()) };", Lines::of(""), true);
        statics.add("C: Cell<Local> = Cell::new(Local::get());", Lines::of(""), true);
        statics.add("E: Lazy<Unasked> = Lazy::new(|| Unasked::of(1));", Lines::of(""), false);
        statics.asked(Some(vec!["A", "B", "C", "D"]));
        statics.settle();
        for (name, item, expected) in [
            ("of", "impl Table", true),
            ("of", "<Table<u8> as Make>", true),
            ("of", "Other", false),
            ("of", "<Other as From<Table>>", false),
            ("from", "impl From<Lazy> for String", false),
            ("of", "", false),
            ("read", "", true),
            ("read", "module", true),
            ("read", "impl Other", false),
            ("from_str", "<Table as FromStr>", true),
            ("get", "Table", false),
            ("get", "Other", false),
            ("get", "Local", true),
            ("from", "Late", false),
            ("of", "Unasked", false),
        ] {
            assert_eq!(statics.call(name, || item.to_owned()), expected, "{name} in {item}");
        }
    }
}
