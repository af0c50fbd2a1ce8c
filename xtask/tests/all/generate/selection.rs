//! Some actions of some services.

use super::{Place, mall, set};

#[test]
fn an_action_brings_the_types_that_it_is_made_of_and_no_other() {
    let place = Place::with(&mall());
    let outcome = place.generate(&["--service", "shop", "--action", "Order"]);
    assert!(
        outcome
            .succeeded()
            .starts_with("read  2 versions of 1 service: 2 actions; 0 warnings\n"),
        "{}",
        outcome.out
    );
    for version in ["v20180102", "v20210331"] {
        assert_eq!(
            place.structs(&format!("shop/src/{version}")),
            set(["Client", "Item", "OrderRequest", "OrderResponse", "Price"])
        );
    }

    // An action that one version has is generated of that version.
    place.generate(&["--action", "Look"]).succeeded();
    assert_eq!(
        place.structs("shop/src/v20210331"),
        set(["Client", "LookRequest", "LookResponse", "Row", "Shelf"])
    );
    assert!(
        !place.out().join("shop/src/v20180102").exists(),
        "the version without the action is gone"
    );
    assert!(!place.out().join("bank").exists());

    let both = ["--action", "Order", "--action", "Look", "--action", "Order"];
    place.generate(&both).succeeded();
    assert_eq!(
        place.structs("shop/src/v20210331"),
        set([
            "Client",
            "Item",
            "LookRequest",
            "LookResponse",
            "OrderRequest",
            "OrderResponse",
            "Price",
            "Row",
            "Shelf",
        ])
    );
    assert_eq!(
        place.structs("shop/src/v20180102"),
        set(["Client", "Item", "OrderRequest", "OrderResponse", "Price"])
    );
}

#[test]
fn an_action_is_generated_of_every_service_that_has_it() {
    let place = Place::with(&mall());
    place.generate(&["--action", "Ping"]).succeeded();
    for version in [
        "bank/src/v20210331",
        "shop/src/v20180102",
        "shop/src/v20210331",
    ] {
        assert_eq!(
            place.structs(version),
            set(["Client", "PingRequest"]),
            "{version}"
        );
    }
    // One action of each service.
    let place = Place::with(&mall());
    let two = ["--action", "Transfer", "--action", "Look"];
    place.generate(&two).succeeded();
    assert_eq!(
        place.structs("bank/src/v20210331"),
        set(["Client", "TransferRequest"])
    );
    assert_eq!(
        place.structs("shop/src/v20210331"),
        set(["Client", "LookRequest", "LookResponse", "Row", "Shelf"])
    );
}

#[test]
fn an_action_is_the_same_whatever_is_generated_beside_it() {
    let place = Place::with(&mall());
    place.generate(&[]).succeeded();
    let whole = place.read("shop/src/v20210331/order.rs");
    place.generate(&["--action", "Order"]).succeeded();
    assert_eq!(place.read("shop/src/v20210331/order.rs"), whole);
}
