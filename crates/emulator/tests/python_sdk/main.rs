//! The vendor's Python SDK calls the emulator, and the results are checked against the documentation.
//!
//! Each trial has its own emulator and Python process ([`sdk`]). Without the SDK the trials are reported as ignored;
//! [`python`] describes where it is searched.

mod calls;
mod faults;
mod python;
mod refusals;
mod sdk;
mod world;

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::python::Missing;
use crate::sdk::SdkConfig;

/// Functions with their names.
macro_rules! named {
    ($type:ty; $($module:ident::$name:ident,)*) => {
        [$((stringify!($name), $module::$name as $type),)*]
    };
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let python = python::find();
    if let Err(Missing::Absent(problem)) = &python
        && !arguments.list
    {
        eprintln!(
            "tests of the Python SDK are ignored: {problem}; {}",
            python::INSTALL
        );
    }
    let trials = trials(&python);
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trials(python: &Result<python::Python, Missing>) -> Vec<Trial> {
    let is_absent = matches!(python, Err(Missing::Absent(_)));
    let trial = |name: String, run: Box<dyn FnOnce(&Path) + Send>| {
        let python = python.clone();
        let runner = move || match python {
            Ok(python) => {
                run(&python.0);
                Ok(())
            }
            // Also reached by an ignored trial that is run explicitly.
            Err(missing) => Err(Failed::from(missing)),
        };
        Trial::test(name, runner).with_ignored_flag(is_absent)
    };

    let mut trials = Vec::new();
    for config in SdkConfig::ALL {
        for (name, run) in named![fn(&Path, SdkConfig);
            calls::mailbox_is_bound_by_link,
            calls::changed_mailbox_needs_confirmation,
            calls::mail_is_resent,
            calls::invited_account_joins,
            calls::member_without_mailbox_is_unbound,
            calls::texts_arrive_unchanged,
        ] {
            let run = Box::new(move |python: &Path| run(python, config));
            trials.push(trial(format!("{}::{name}", config.name), run));
        }
    }
    for call in world::calls() {
        let name = format!("wrong_key::{}", call.action);
        let run = Box::new(move |python: &Path| refusals::wrong_key(python, &call));
        trials.push(trial(name, run));
    }
    let others = named![fn(&Path);
        refusals::unknown_secret_id,
        refusals::temporary_credential,
        refusals::wrong_token,
        refusals::missing_token,
        refusals::expired_token,
        refusals::expired_signature,
        refusals::second_mailbox_is_rejected,
        refusals::non_member_is_rejected,
        refusals::unknown_binding_is_rejected,
        refusals::resend_limit,
        refusals::second_invitation_is_rejected,
        refusals::unset_parameter_is_missing,
        faults::status_502_is_server_network_error,
        faults::internal_error_code,
        faults::dropped_connection_is_client_network_error,
        faults::untrusted_ca_is_rejected,
    ];
    trials.extend(
        others
            .into_iter()
            .map(|(name, run)| trial(name.to_owned(), Box::new(run))),
    );
    trials
}
