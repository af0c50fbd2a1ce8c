//! Selected actions and services.

use super::{TestFolder, mall, set};

#[test]
fn action_brings_only_its_types() {
    let place = TestFolder::with(&mall());
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

    // An action of one version is generated in that version only.
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
fn action_of_several_services() {
    let place = TestFolder::with(&mall());
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
    let place = TestFolder::with(&mall());
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
fn action_does_not_depend_on_selection() {
    let place = TestFolder::with(&mall());
    place.generate(&[]).succeeded();
    let whole = place.read("shop/src/v20210331/order.rs");
    place.generate(&["--action", "Order"]).succeeded();
    assert_eq!(place.read("shop/src/v20210331/order.rs"), whole);
}
