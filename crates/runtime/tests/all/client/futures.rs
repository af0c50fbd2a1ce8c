//! Calls as futures: small, `Send`, and safe to drop.

use std::{
    future::Future as _,
    pin::pin,
    task::{Context, Waker},
};

use tc3::{Call, Client, testing::MockTransport};

use super::api::{MemberResponse, SERVICE, Update, credential};

fn assert_send<T: Send>(_: &T) {}

#[test]
fn call_is_small() {
    let size = size_of::<Call<MemberResponse>>();
    println!("a call takes {size} bytes");
    assert!(size <= 3 * size_of::<usize>());

    let client = Client::builder(&SERVICE)
        .credential(credential())
        .transport(MockTransport::new())
        .build()
        .unwrap();
    assert_eq!(size_of_val(&client), size_of::<usize>());
    let task = async {
        let member = client.send(&Update::new("Ada")).await?;
        client.send(&Update::new(member.request_id)).await
    };
    assert_send(&task);
    let size = size_of_val(&task);
    println!("a future of two consecutive calls takes {size} bytes");
    assert!(size <= 400);
}

#[test]
fn client_call_and_error_are_send() {
    fn check_client<T: Send + Sync + Clone + 'static>() {}
    fn check_call<T: Send + 'static>() {}
    fn check_error<T: std::error::Error + Send + Sync + 'static>() {}
    check_client::<Client>();
    check_call::<Call<MemberResponse>>();
    check_error::<tc3::Error>();
}

#[test]
fn dropped_call_sends_nothing() {
    let transport = MockTransport::new();
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .transport(transport.clone())
        .build()
        .unwrap();
    drop(client.send(&Update::new("Ada")));
    assert!(transport.requests().is_empty());
    let mut call = pin!(client.send(&Update::new("Ada")));
    assert!(
        call.as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_ready()
    );
    assert_eq!(transport.requests().len(), 1);
}
