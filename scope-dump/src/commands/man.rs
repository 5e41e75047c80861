//! `scope-dump man`: manual pages.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::Run;
use crate::cli::Cli;
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};

/// Writes the manual page, of scope-dump or of one of its commands, as roff
#[derive(Debug, Args)]
#[command(after_help = exit::help(&["scope-dump man > scope-dump.1", "scope-dump man tree > scope-dump-tree.1"]))]
pub(crate) struct ManArgs {
    /// The command whose page it is to be [default: scope-dump itself]
    pub command: Option<String>,
}

impl Run for ManArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let mut all = Cli::command();
        all.build();
        let command = match &self.command {
            None => all,
            Some(name) => match all.find_subcommand(name) {
                Some(command) => command.clone(),
                None => {
                    let names = all.get_subcommands().map(|command| command.get_name()).collect::<Vec<_>>();
                    return Err(DumpError::Usage(format!(
                        "there is no command `{name}`; there are {}",
                        names.join(", ")
                    )));
                }
            },
        };
        page(command, context.out)?;
        Ok(Exit::Success)
    }
}

/// The page of one command.
fn page(command: clap::Command, out: &mut dyn Write) -> std::io::Result<()> {
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let has_commands = command.has_subcommands();
    let man = Man::new(command).source(concat!("scope-dump ", env!("CARGO_PKG_VERSION")));
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    if has_commands {
        man.render_subcommands_section(out)?;
    }
    let mut roff = Roff::new();
    // What stands behind the options in `--help`: headings with a colon, and lines that are to stay lines.
    for line in after.lines() {
        match line.strip_suffix(':') {
            Some(heading) => _ = roff.control("SH", [heading.to_uppercase().as_str()]),
            None if line.is_empty() => {}
            None => _ = roff.text([roman(line.trim_start())]).control("br", []),
        }
    }
    roff.to_writer(out)
}
