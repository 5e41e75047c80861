//! Where the plan of a crate is: the only part that touches the disk.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::error::{Issue, PlanError};
use crate::model::Plan;
use crate::position::Positions;

/// The name of a plan's file.
pub const FILE_NAME: &str = "scope.toml";
/// The variable that names another file, relative to the crate's folder.
pub const PLAN_VARIABLE: &str = "SCOPE_PLAN";
/// The variable that chooses a `[profile.NAME]`.
pub const PROFILE_VARIABLE: &str = "SCOPE_PROFILE";

/// A plan, and where it came from; by default the built-in plan, from nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loaded {
    /// The plan.
    pub plan: Plan,
    /// The file, as an absolute path, for the build to track; `None`: there is none, and a file that is made later
    /// can't be noticed.
    pub path: Option<PathBuf>,
    /// The file's text; empty if there is none.
    pub text: String,
    /// The CRC-32C of the text, by which a log tells which plan a program was built with; 0 if there is no file.
    pub checksum: u32,
}

/// Finds and reads the plan of the crate in `manifest_dir`: the file that `SCOPE_PLAN` names, or the first `scope.toml`
/// in `manifest_dir` and the folders above it, or else the built-in default.
///
/// `env` gives the value of a variable; an empty value counts as none.
///
/// # Errors
/// The file that `SCOPE_PLAN` names is not there, a file can't be read, is no text, or has faults; `SCOPE_PROFILE` names
/// a profile that does not exist.
pub fn load(manifest_dir: &Path, env: &dyn Fn(&str) -> Option<String>) -> Result<Loaded, PlanError> {
    let variable = |name| env(name).filter(|value| !value.is_empty());
    let profile = variable(PROFILE_VARIABLE);
    let path = match variable(PLAN_VARIABLE) {
        Some(named) => Some(named_file(&manifest_dir.join(named))?),
        None => search(manifest_dir),
    };
    let Some(path) = path else {
        let Some(profile) = profile else { return Ok(Loaded::default()) };
        let place = manifest_dir.display();
        let message = format!(
            "no profile `{profile}`, which {PROFILE_VARIABLE} asks for: no `{FILE_NAME}` in or above `{place}`"
        );
        return Err(PlanError::whole(None, message));
    };
    let path = std::path::absolute(&path).unwrap_or(path);
    let text = read(&path)?;
    let plan = Plan::parse(&text, &path, profile.as_deref())?;
    let checksum = checksum(text.as_bytes());
    Ok(Loaded { plan, path: Some(path), text, checksum })
}

/// CRC-32C, as logs have it. Bit by bit: it is taken once, and a table would be another crate in each user's build.
fn checksum(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0x82F6_3B78;
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ POLYNOMIAL } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc: u32, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// The file that a variable names; a mistake there must not pass for "no plan".
fn named_file(path: &Path) -> Result<PathBuf, PlanError> {
    let what = match fs::metadata(path) {
        Ok(found) if found.is_file() => return Ok(path.to_owned()),
        Ok(_) => format!("is a folder; name the file in it, `{FILE_NAME}`"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            "does not exist; a relative name starts at the crate's folder".to_owned()
        }
        Err(error) => format!("can't be reached: {error}"),
    };
    Err(PlanError::whole(Some(path), format!("the plan that {PLAN_VARIABLE} names {what}")))
}

fn search(manifest_dir: &Path) -> Option<PathBuf> {
    // A relative folder has no folders above it by name.
    let start = std::path::absolute(manifest_dir).unwrap_or_else(|_| manifest_dir.to_owned());
    start.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

fn read(path: &Path) -> Result<String, PlanError> {
    let bytes =
        fs::read(path).map_err(|error| PlanError::whole(Some(path), format!("can't read the plan: {error}")))?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let text = String::from_utf8_lossy(&bytes[..good]);
        PlanError::new(vec![Issue {
            path: Some(path.to_owned()),
            position: Some(Positions::new(&text).of(good)),
            message: "the plan is no UTF-8 text; save it as UTF-8".to_owned(),
        }])
    })
}

#[cfg(test)]
mod tests;
