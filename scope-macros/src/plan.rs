//! The plan in force, found once per process, and where in the crate an attribute stands.

use crate::forbidden::Forbidden;
use crate::paths;
use crate::site;
use crate::tokens::Tokens;
use proc_macro2::TokenStream;
use quote::quote;
use scope_plan::{Loaded, PLAN_VARIABLE, PROFILE_VARIABLE};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// Where the macro learns what holds for the crate that is compiled; tests bring their own.
pub(crate) trait Source {
    /// The plan.
    fn plan(&self) -> Result<Arc<Loaded>, PlanFault>;

    /// The path of the module that the attribute stands in, crate name first.
    fn module(&self) -> Vec<String>;

    /// What is forbidden there.
    fn forbidden(&self) -> Arc<Forbidden>;
}

/// Why there is no plan.
#[derive(Clone, Debug)]
pub(crate) enum PlanFault {
    /// The faults of the plan, a text each.
    New(Vec<String>),
    /// The same faults were reported by an earlier attribute: once is enough.
    Reported,
}

/// What rustc and cargo say of the crate that is being compiled.
pub(crate) struct OfCompiler;

/// The last plan that was loaded. One entry does: a process compiles one crate (an editor's server goes from one to the next).
static LAST: Mutex<Option<Last>> = Mutex::new(None);

struct Last {
    key: Key,
    plan: Result<Arc<Loaded>, PlanFault>,
    /// The file and its date: an editor's server lives on when the plan is edited.
    file: Option<(PathBuf, Option<SystemTime>)>,
}

#[derive(PartialEq, Eq)]
struct Key {
    folder: PathBuf,
    named: Option<String>,
    profile: Option<String>,
}

impl Source for OfCompiler {
    fn plan(&self) -> Result<Arc<Loaded>, PlanFault> {
        let folder = variable("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
        let key = Key { folder, named: variable(PLAN_VARIABLE), profile: variable(PROFILE_VARIABLE) };
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = last.as_ref()
            && last.key == key
            && last.file.as_ref().is_none_or(|(path, date)| *date == dated(path))
        {
            return last.plan.clone();
        }
        let (plan, kept, path) = match scope_plan::load(&key.folder, &variable) {
            Ok(loaded) => {
                let path = loaded.path.clone();
                let loaded = Ok(Arc::new(loaded));
                (loaded.clone(), loaded, path)
            }
            Err(error) => {
                let path = error.issues().iter().find_map(|issue| issue.path.clone());
                let texts = error.issues().iter().map(ToString::to_string).collect();
                (Err(PlanFault::New(texts)), Err(PlanFault::Reported), path)
            }
        };
        let file = path.map(|path| {
            let date = dated(&path);
            (path, date)
        });
        *last = Some(Last { key, plan: kept, file });
        plan
    }

    fn module(&self) -> Vec<String> {
        let package = || variable("CARGO_PKG_NAME").map(|name| name.replace('-', "_"));
        let name = variable("CARGO_CRATE_NAME").or_else(package).unwrap_or_default();
        let mut path = vec![name.clone()];
        if let (Some(folder), Some(file)) = (variable("CARGO_MANIFEST_DIR"), file()) {
            let bin = variable("CARGO_BIN_NAME").is_some() && !Path::new(&folder).join("src/main.rs").exists();
            path.extend(paths::modules(Path::new(&folder), &file, &name, bin));
        }
        path
    }

    fn forbidden(&self) -> Arc<Forbidden> {
        Forbidden::in_file(file())
    }
}

/// The file that the attribute stands in.
fn file() -> Option<PathBuf> {
    std::path::absolute(proc_macro::Span::call_site().local_file()?).ok()
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn dated(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|data| data.modified()).ok()
}

/// The item that makes cargo compile the crate again when the plan, or what chooses it, changes.
///
/// A plan that does not exist yet can't be tracked. Once in a crate is enough, and it costs the compiler as much as a small function:
/// it is written by the first attribute, the second, the fourth and so on, in case that some macro throws one away.
pub(crate) fn tracking(loaded: &Loaded, p: &Tokens) -> TokenStream {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    if proc_macro::is_available() && !(WRITTEN.fetch_add(1, Ordering::Relaxed) + 1).is_power_of_two() {
        return TokenStream::new();
    }
    let file =
        loaded.path.as_ref().and_then(|path| path.to_str()).map(|path| quote!(let _ = #p::include_bytes!(#path);));
    quote! {
        const _: () = {
            #file
            let _ = #p::option_env!(#PLAN_VARIABLE);
            let _ = #p::option_env!(#PROFILE_VARIABLE);
        };
    }
}

/// What the text of each woven function says of the plan: `scope-core/src/woven.rs` says how.
pub(crate) fn line(loaded: &Loaded) -> String {
    let Some(path) = &loaded.path else { return String::new() };
    let (profile, id) = (loaded.plan.profile.as_deref(), loaded.plan.plan_id.as_deref());
    let mut line = format!("\nP{:08x}", loaded.checksum);
    for field in [&*path.to_string_lossy(), profile.unwrap_or_default(), id.unwrap_or_default()] {
        site::field(&mut line, field);
    }
    line
}

/// The plan's text, for a woven function to take along: some do, so that the log gets it also where the file is not. All would cost the compiler
/// and the program more; which functions are called nobody knows here. `hash`: that of what the function is known by.
pub(crate) fn text(loaded: &Loaded, hash: u32, p: &Tokens) -> Option<TokenStream> {
    static WOVEN: AtomicUsize = AtomicUsize::new(0);
    if proc_macro::is_available() && WOVEN.fetch_add(1, Ordering::Relaxed) >= FIRST && !is_one_of_some(hash) {
        return None;
    }
    let path = loaded.path.as_ref()?.to_str()?;
    Some(quote!(plan: #p::include_str!(#path),))
}

/// Of the functions of a crate the first ones have the plan's text, then about one of so many.
const FIRST: usize = 8;
const SOME: u32 = 8;

/// Chosen by name: where a function is added, the others stay as they are, and are not compiled again.
fn is_one_of_some(hash: u32) -> bool {
    hash >> 16 & (SOME - 1) == 0
}

/// A hash of names: FNV-1a.
pub(crate) fn hash(names: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for mut bytes in names.iter().map(|name| name.as_bytes()) {
        while let [byte, behind @ ..] = bytes {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
            bytes = behind;
        }
    }
    hash
}

#[cfg(test)]
#[test]
fn some_functions_take_the_plan_along() {
    let names: Vec<String> = (0..800).map(|n| format!("Type{}::function_{n}", n % 7)).collect();
    let some = names.iter().filter(|name| is_one_of_some(hash(&["src/lib.rs", name]))).count();
    assert!((60..140).contains(&some), "{some}");
}

/// A fixed plan, for tests.
#[cfg(test)]
pub(crate) struct Fixed(Arc<Loaded>, Arc<Forbidden>);

#[cfg(test)]
impl Fixed {
    pub(crate) fn new(text: &str) -> Self {
        let plan = scope_plan::Plan::parse(text, "scope.toml".as_ref(), None).unwrap();
        let mut loaded = Arc::unwrap_or_clone(Self::built_in().0);
        loaded.plan = plan;
        loaded.path = Some("/crate/scope.toml".into());
        Self(Arc::new(loaded), Arc::default())
    }

    /// Of no file: the built-in one.
    pub(crate) fn built_in() -> Self {
        let folder = std::env::temp_dir().join("scope-macros-no-plan-here");
        let loaded = scope_plan::load(&folder, &|_| None).unwrap_or_else(|error| panic!("{error}"));
        Self(Arc::new(loaded), Arc::default())
    }

    /// With lints that are forbidden.
    pub(crate) fn forbidding(self, root: &str) -> Self {
        Self(self.0, Arc::new(Forbidden::of(&[], [root.to_owned()])))
    }
}

#[cfg(test)]
impl Source for Fixed {
    fn plan(&self) -> Result<Arc<Loaded>, PlanFault> {
        Ok(self.0.clone())
    }

    fn module(&self) -> Vec<String> {
        vec!["shop".to_owned()]
    }

    fn forbidden(&self) -> Arc<Forbidden> {
        self.1.clone()
    }
}
