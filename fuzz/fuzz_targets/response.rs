//! Responses: for any response, a call returns a result and does not panic.

#![no_main]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use tc3::transport::http::{Request, Response};
use tc3::transport::{Bytes, Limits, Sending, Sleeping, Transport};
use tc3::{Credential, Retry};
use tencentcloud_organization::v20210331::Client;

/// A transport that responds to every request with the same bytes.
struct Fixed(Arc<Mutex<Bytes>>);

impl Transport for Fixed {
    fn send(&self, _: Request<Bytes>, _: Limits) -> Sending<'_> {
        let body = self.0.lock().expect("no thread panicked").clone();
        Box::pin(async { Ok(Response::new(body)) })
    }

    fn sleep(&self, _: Duration) -> Sleeping<'_> {
        Box::pin(async {})
    }
}

fuzz_target!(|bytes: &[u8]| {
    let body = Arc::new(Mutex::new(Bytes::copy_from_slice(bytes)));
    let client: Client = Client::builder()
        .credential(Credential::new("id", "key"))
        .transport(Fixed(body))
        .retry(Retry::never())
        .build()
        .expect("the settings are valid");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let members = client.describe_organization_members().limit(10).offset(0);
        let members = members.send().await;
        let bind = client.describe_organization_member_email_bind();
        let bind = bind.member_uin(1).send().await;
        // Formatting must not panic either.
        let _ = format!("{members:?} {bind:?}");
    });
});
