//! Which functions of a program are woven, and which of them a log knows nothing of.
//!
//! A log names the functions that were hit. All that were woven and linked are in the program's file, each with the text that describes
//! it, between two marks: they are looked for there, whatever the file's format is. A stripped program has them, too; one that is
//! compressed as a whole has not.
//!
//! ```no_run
//! use scope_store::LogReader;
//! use scope_store::woven::{Hits, in_program};
//!
//! let program = in_program("target/debug/app")?;
//! let log = LogReader::open("scope-logs/app.scope")?;
//! let hits = Hits::of(&log, |damage| eprintln!("{damage}"));
//! for function in hits.never(&program).functions {
//!     println!("{}  {}:{}", function.path(), function.file, function.line);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod hits;
mod scan;

pub use hits::{Hits, Never};

use scan::Scan;
use scope_core::site::{FunctionDef, PlaceDef, PlaceKind};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A function that is woven, as its program describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WovenFunction {
    /// The module's path.
    pub module: String,
    /// The path inside the module.
    pub name: String,
    /// The source file.
    pub file: String,
    /// The line of the function's name, from 1.
    pub line: u32,
    /// The arguments that are captured, also those that a `#[cfg]` leaves out.
    pub args: Vec<String>,
    /// The probes inside, in the order of their ids.
    pub places: Vec<WovenPlace>,
}

/// A probe inside a woven function.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WovenPlace {
    /// What is looked at.
    pub kind: PlaceKind,
    /// The line in the function's file, from 1.
    pub line: u32,
    /// The names of the values.
    pub names: Vec<String>,
}

impl WovenFunction {
    /// The path with the module: `my_app::orders::Order::place`.
    pub fn path(&self) -> String {
        format!("{}::{}", self.module, self.name)
    }
}

impl From<FunctionDef<'_>> for WovenFunction {
    fn from(def: FunctionDef<'_>) -> Self {
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        let place = |place: PlaceDef<'_>| WovenPlace { kind: place.kind, line: place.line, names: owned(place.names) };
        Self {
            module: def.module.to_owned(),
            name: def.name.to_owned(),
            file: def.file.to_owned(),
            line: def.line,
            args: owned(def.args),
            places: def.places.into_iter().map(place).collect(),
        }
    }
}

/// Why a program's file can't be looked into.
#[derive(Debug)]
#[non_exhaustive]
pub enum ProgramError {
    /// It can't be opened.
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It can't be read.
    Read {
        /// The file.
        path: PathBuf,
        /// Where, in bytes from the start.
        offset: u64,
        /// What the system said.
        source: io::Error,
    },
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { path, .. } => write!(f, "can't open the program `{}`", path.display()),
            Self::Read { path, offset, .. } => {
                write!(f, "can't read the program `{}` at offset {offset}", path.display())
            }
        }
    }
}

impl Error for ProgramError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Open { source, .. } | Self::Read { source, .. } => Some(source),
        }
    }
}

/// How much of a program's file is read at once.
const PIECE: usize = 1 << 18;

/// The woven functions in the file of a program or of a library, each once, by path. What looks like one but is not sound in all its parts is
/// passed over.
///
/// # Errors
/// The file can't be opened, or not be read to its end.
pub fn in_program(path: impl AsRef<Path>) -> Result<Vec<WovenFunction>, ProgramError> {
    let path = path.as_ref();
    let mut file = File::open(path).map_err(|source| ProgramError::Open { path: path.to_owned(), source })?;
    let (mut scan, mut piece, mut offset) = (Scan::default(), vec![0; PIECE], 0);
    let mut found = BTreeMap::new();
    loop {
        let read = match file.read(&mut piece) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(source) => return Err(ProgramError::Read { path: path.to_owned(), offset, source }),
        };
        // Generic code is there once for each crate that uses it.
        let mut see = |def: FunctionDef<'_>| {
            let function = WovenFunction::from(def);
            let key = (function.path(), function.file.clone(), function.line);
            found.entry(key).or_insert(function);
        };
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        scan.feed(bytes, &mut see);
        offset += read as u64;
    }
    Ok(found.into_values().collect())
}
