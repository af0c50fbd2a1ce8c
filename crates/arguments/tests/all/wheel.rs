//! Every documented request of the vendor's package survives a round trip through arguments.

use std::env;
use std::io::{self, Write as _};
use std::path::Path;

use serde_json::Value;
use tc3_arguments::{Described, Options, Problem, parameters, split};
use tc3_import::{Options as Import, Package};
use tc3_snippets::{Call, arguments};
use tc3_spec::{Site, Spec};

/// Returns the wheel of `tccli-intl-en`, if there is one.
fn wheel() -> Option<Package> {
    let Some(path) = env::var_os("TC3_WHEEL") else {
        // The test harness shows what is written to stderr itself.
        let skipped = "skipped: TC3_WHEEL does not name a wheel of tccli-intl-en";
        writeln!(io::stderr(), "{skipped}").expect("stderr");
        return None;
    };
    Some(Package::open(Path::new(&path)).expect("a wheel"))
}

#[test]
fn documented_requests_round_trip() {
    let Some(package) = wheel() else {
        return;
    };
    let options = Import {
        site: Site::Intl,
        facts_only: false,
    };
    let (mut requests, mut forced) = (0, 0);
    for release in package.releases().expect("releases") {
        let import = package.import(&release, options);
        let spec = import.expect("a spec").spec;
        for (name, action) in &spec.actions {
            for example in &action.examples {
                if let Some(request @ Value::Object(_)) = &example.request {
                    requests += 1;
                    forced += usize::from(check_round_trip(&spec, name, request));
                }
            }
        }
    }
    println!("{requests} requests, {forced} of them deviate from their tables");
    assert!(requests > 1000, "{requests}");
}

/// Checks that a request equals the parameters of its arguments. Returns whether it deviates from its tables.
#[track_caller]
fn check_round_trip(spec: &Spec, name: &str, request: &Value) -> bool {
    let Value::Object(members) = request else {
        return false;
    };
    let call = Call {
        spec,
        action: name,
        parameters: members,
        region: None,
        endpoint: None,
    };
    let line = arguments(&call).expect("arguments");
    assert!(!line.iter().any(|word| word.contains('"')), "{line:?}");
    let (action_name, action) = spec.actions.get_key_value(name).expect("an action");
    let described = Described {
        name: action_name,
        action,
        types: &spec.types,
    };
    let at = line
        .iter()
        .position(|word| word == name)
        .expect("the action");
    let option = |name: &str| match name {
        "--Version" => Some(true),
        "--force" => Some(false),
        _ => None,
    };
    let found = split(described, &line, at + 1, &option);
    assert_eq!(found.problems, [], "{line:?}");
    let force = line.iter().any(|word| word == "--force");
    let parse = |force| {
        let options = Options {
            force,
            ..Options::default()
        };
        let mut read = |path: &str| Err(format!("no file is read, but {path}"));
        parameters(described, &found.parameters, options, &mut read)
    };
    // Some examples lack required parameters.
    let is_missing = |problem: &Problem| problem.message.contains(" needs `--");
    let parsed = match parse(force) {
        Err(problems) if problems.iter().all(is_missing) => parse(true),
        parsed => parsed,
    };
    let parsed = parsed.unwrap_or_else(|problems| panic!("{line:?}: {problems:#?}"));
    assert_eq!(&Value::Object(parsed), request, "{line:?}");
    force
}
