use tc3::{Access, Action, Service};
use tc3_spec::{Access as SpecAccess, Spec};

/// Converts a site of specs to a site of the runtime.
pub fn site(site: tc3_spec::Site) -> tc3::Site {
    match site {
        tc3_spec::Site::Intl => tc3::Site::International,
        tc3_spec::Site::Mainland => tc3::Site::Mainland,
    }
}

/// Converts an action of a spec to an action of the runtime; `None` if the spec does not have it.
///
/// The result is never freed, so convert each action once.
pub fn describe(spec: &Spec, name: &str) -> Option<&'static Action> {
    let (name, documented) = spec.actions.get_key_value(name)?;
    let leak = |text: &str| &*text.to_owned().leak();
    let service = Box::leak(Box::new(Service::new(
        leak(&spec.service),
        leak(&spec.version),
        leak(&spec.endpoint),
    )));
    let access = match documented.access_or_derived(name) {
        SpecAccess::Read => Access::Read,
        SpecAccess::Write => Access::Write,
    };
    let mut parameters = documented.request.iter();
    let mut action = Action::new(leak(name), service)
        .access(access)
        .client_token(parameters.any(|field| field.is_client_token()));
    if let Some(rate) = documented.rate_limit {
        action = action.rate_limit(rate);
    }
    Some(Box::leak(Box::new(action)))
}
