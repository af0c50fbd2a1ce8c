//! The vendor's own SDK for Python calls the emulator: what it gives has to be what the documentation promises.
//!
//! Each trial has an emulator of its own, and a Python process that makes the trial's calls ([`sdk`]). Without the SDK the
//! trials count as ignored, never as passed; [`python`] says where it is looked for.

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
use crate::sdk::Way;

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
            "the tests by the SDK for Python are ignored: {problem}; {}",
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
            // Also what comes of a trial that is run although it is ignored.
            Err(missing) => Err(Failed::from(missing)),
        };
        Trial::test(name, runner).with_ignored_flag(is_absent)
    };

    let mut trials = Vec::new();
    for way in Way::ALL {
        for (name, run) in named![fn(&Path, Way);
            calls::a_mailbox_is_bound_at_the_link_of_its_mail,
            calls::a_changed_mailbox_is_confirmed_again,
            calls::a_mail_is_sent_once_more,
            calls::an_account_is_invited_and_joins,
            calls::a_member_without_a_mailbox_is_unbound,
            calls::texts_arrive_as_they_were_given,
        ] {
            let run = Box::new(move |python: &Path| run(python, way));
            trials.push(trial(format!("{}::{name}", way.name), run));
        }
    }
    for call in world::calls() {
        let name = format!("a_wrong_key_is_refused::{}", call.action);
        let run = Box::new(move |python: &Path| refusals::a_wrong_key_is_refused(python, &call));
        trials.push(trial(name, run));
    }
    let others = named![fn(&Path);
        refusals::an_unknown_secret_id_is_refused,
        refusals::a_temporary_credential_calls_with_its_token,
        refusals::a_wrong_token_is_refused,
        refusals::a_missing_token_is_refused,
        refusals::a_token_that_has_expired_is_refused,
        refusals::a_signature_of_another_time_has_expired,
        refusals::a_member_gets_no_second_mailbox,
        refusals::an_account_that_is_no_member_has_no_mailbox,
        refusals::a_binding_that_nobody_applied_for_does_not_exist,
        refusals::a_mail_is_sent_again_so_often_and_no_more,
        refusals::an_account_is_invited_once,
        refusals::a_parameter_that_was_not_set_is_missing,
        faults::a_502_is_a_network_error_of_the_server,
        faults::an_error_inside_the_service_is_told_by_its_code,
        faults::a_connection_that_breaks_is_a_network_error_of_the_client,
        faults::an_authority_that_nobody_trusts_is_refused,
    ];
    trials.extend(
        others
            .into_iter()
            .map(|(name, run)| trial(name.to_owned(), Box::new(run))),
    );
    trials
}
