//! The commands, options and exit statuses as tables, for the README and the manual page.

use clap::{Arg, Command};

/// The exit statuses.
const EXIT_STATUSES: [(u8, &str); 8] = [
    (0, "success"),
    (1, "error of the service"),
    (2, "usage error"),
    (3, "the service did nothing"),
    (4, "timeout or lost connection"),
    (5, "`--wait` failed"),
    (6, "invalid response, failed output, or incomplete list"),
    (130, "interrupted"),
];

/// Returns the exit statuses, each on a line.
pub(crate) fn exit_statuses() -> String {
    let statuses = EXIT_STATUSES.map(|(status, meaning)| format!("\n  {status:<3}  {meaning}"));
    format!("Exit status:{}", statuses.concat())
}

/// Returns the tables of the whole command line in Markdown.
pub(crate) fn markdown(root: &Command) -> String {
    let mut text = "| command | what it does |\n|---|---|\n".to_owned();
    for command in root
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
    {
        let about = command.get_about().map(ToString::to_string);
        text += &row(&[
            &format!("`tc3 {}`", command.get_name()),
            &about.unwrap_or_default(),
        ]);
    }
    text += "\n| option | kind | what it does |\n|---|---|---|\n";
    for argument in root
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
    {
        let group = argument.get_help_heading().unwrap_or_default();
        text += &row(&[&spelling(argument), group, &meaning(argument)]);
    }
    text += "\n| exit status | meaning |\n|---|---|\n";
    for (status, meaning) in EXIT_STATUSES {
        text += &row(&[&status.to_string(), meaning]);
    }
    text
}

/// Returns a row of a table.
fn row(cells: &[&str]) -> String {
    let cells = cells
        .iter()
        .map(|cell| format!("| {} ", cell.replace('|', "\\|")));
    cells.collect::<String>() + "|\n"
}

/// Returns the names of an option, with its value.
fn spelling(argument: &Arg) -> String {
    let short = argument.get_short().map(|short| format!("-{short}, "));
    let long = argument.get_long().unwrap_or_default();
    let takes_value = argument.get_action().takes_values();
    let values = argument.get_value_names().filter(|_| takes_value);
    let values = values.into_iter().flatten().map(|name| format!(" {name}"));
    let values: String = values.collect();
    format!("`{}--{long}{values}`", short.unwrap_or_default())
}

/// Returns the help of an option, its possible values and its default.
fn meaning(argument: &Arg) -> String {
    let mut text = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    if argument.get_action().takes_values() {
        let values = argument.get_possible_values();
        let values: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
        if !values.is_empty() {
            text += &format!(": {}", values.join(", "));
        }
        let defaults = argument.get_default_values().iter();
        for default in defaults.map(|value| value.to_string_lossy()) {
            text += &format!("; default: {default}");
        }
    }
    text
}
