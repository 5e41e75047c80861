//! `scope-dump unhit`: what of a program was never recorded.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::LookArgs;
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::render::unhit;
use crate::report;

/// The functions of a program that the log has no event of: those that were woven, and never hit
#[derive(Debug, Args)]
#[command(after_help = exit::help(&["scope-dump unhit run.scope", "scope-dump unhit run.scope --format json"]))]
pub(crate) struct UnhitArgs {
    /// The log to read
    pub log: PathBuf,
    /// The file of the program, or of a library that it loads [default: the one that wrote the log]
    #[arg(short, long, value_name = "FILE")]
    pub program: Option<PathBuf>,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for UnhitArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let look = (self.look.format, context.paint(&self.look));
        let mut remark = None;
        let exit = context.show(&self.log, |reader, rendered, out| {
            remark = unhit::render(reader, self.program.as_deref(), look, out, rendered)?;
            Ok(())
        })?;
        if let Some(remark) = remark {
            report::say(context.err, &remark);
        }
        Ok(exit)
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
