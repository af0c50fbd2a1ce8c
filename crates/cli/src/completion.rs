//! `tc3 completion`: scripts for shells. They run this program to find candidates.

use std::env;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use crate::failure::Failure;
use crate::terminal::print_data;

/// Environment variable in which a script names its shell.
pub(crate) const SHELL: &str = "TC3_COMPLETE";

/// Environment variable with the words, one a line. The script of PowerShell uses it, because PowerShell changes some
/// arguments of programs.
pub(crate) const WORDS: &str = "TC3_COMPLETE_WORDS";

/// Script for PowerShell. That of `clap_complete` evaluates the typed text, such as `$(…)`.
const POWERSHELL: &str = include_str!("completion.ps1");

/// Arguments of `tc3 completion`.
#[derive(Args, Debug)]
#[command(
    after_help = "Install it with one of these commands, then restart the shell:\n  \
    echo 'source <(tc3 completion bash)' >> ~/.bashrc\n  \
    echo 'source <(tc3 completion zsh)' >> ~/.zshrc            # after compinit\n  \
    echo 'tc3 completion fish | source' >> ~/.config/fish/config.fish\n  \
    echo 'eval (tc3 completion elvish | slurp)' >> ~/.config/elvish/rc.elv\n  \
    'tc3 completion powershell | Out-String | Invoke-Expression' >> $PROFILE\n\n\
    With TC3_COMPLETE_VALUES=1, identifiers such as instance IDs are completed too: an action of the service is called that\n\
    lists them. Otherwise completion uses no network.\n\n\
    The scripts were tested in bash, zsh, fish and elvish. The script for PowerShell was not run; it evaluates no typed\n\
    text."
)]
pub(crate) struct Arguments {
    /// The shell.
    shell: Shell,
}

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

impl Shell {
    /// Returns the adapter of the shell.
    pub(crate) fn adapter(self) -> &'static dyn EnvCompleter {
        match self {
            Self::Bash => &Bash,
            Self::Zsh => &Zsh,
            Self::Fish => &Fish,
            Self::Powershell => &Powershell,
            Self::Elvish => &Elvish,
        }
    }
}

/// Prints the script for a shell.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let program = env::current_exe().map_err(|error| {
        Failure::not_sent(format!(
            "cannot find the path of this program: {error}; run it by its path"
        ))
    })?;
    let program = program.to_string_lossy();
    if arguments.shell == Shell::Powershell {
        print_data(&powershell(&program))?;
        return Ok(ExitCode::SUCCESS);
    }
    let adapter = arguments.shell.adapter();
    let mut script = Vec::new();
    adapter.write_registration(SHELL, "tc3", "tc3", &program, &mut script)?;
    print_data(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

fn powershell(program: &str) -> String {
    // PowerShell also ends a string at some characters similar to an apostrophe.
    let quoted: String = program
        .chars()
        .flat_map(|character| {
            let is_quote = matches!(character, '\'' | '\u{2018}'..='\u{201b}');
            std::iter::repeat_n(character, if is_quote { 2 } else { 1 })
        })
        .collect();
    let script = POWERSHELL
        .replace("VARIABLE", SHELL)
        .replace("WORDS", WORDS);
    script.replace("PROGRAM", &quoted)
}
