//! Calls as futures: small, `Send`, and safe to drop.

use std::{
    future::Future as _,
    pin::pin,
    task::{Context, Waker},
};

use tc3::{Call, Client, testing::MockTransport};

use crate::api::{Find, FindResponse, SERVICE, credential};

fn is_send<T: Send>(_: &T) {}

#[test]
fn a_call_is_small() {
    let size = size_of::<Call<FindResponse>>();
    println!("a call takes {size} bytes");
    assert!(size <= 3 * size_of::<usize>());

    let client = Client::builder(&SERVICE)
        .credential(credential())
        .transport(MockTransport::new())
        .build()
        .unwrap();
    assert_eq!(size_of_val(&client), size_of::<usize>());
    let task = async {
        let found = client.send(&Find::new("Ada")).await?;
        client.send(&Find::new(found.request_id)).await
    };
    is_send(&task);
    let size = size_of_val(&task);
    println!("a future of two calls, one after the other, takes {size} bytes");
    assert!(size <= 400);
}

#[test]
fn clients_and_calls_can_go_to_other_threads() {
    fn check<T: Send + Sync + Clone + 'static>() {}
    fn check_call<T: Send + 'static>() {}
    check::<Client>();
    check_call::<Call<FindResponse>>();
}

#[test]
fn a_call_that_is_dropped_before_it_is_awaited_sends_nothing() {
    let transport = MockTransport::new();
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .transport(transport.clone())
        .build()
        .unwrap();
    drop(client.send(&Find::new("Ada")));
    assert!(transport.requests().is_empty());
    let mut call = pin!(client.send(&Find::new("Ada")));
    assert!(
        call.as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_ready()
    );
    assert_eq!(transport.requests().len(), 1);
}
