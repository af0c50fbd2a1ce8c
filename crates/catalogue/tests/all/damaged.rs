//! Damaged files give errors, never a panic or a wrong spec.

use proptest::prelude::*;
use tc3_catalogue::{Catalogue, Error};

use crate::shop::file;

/// Reads all of a file.
fn read_all(file: Vec<u8>) -> Result<(), Error> {
    let catalogue = Catalogue::new(file)?;
    for service in catalogue.services() {
        for version in catalogue.versions(service) {
            catalogue.load(service, version)?;
            catalogue.action(service, version, "BuyGoods")?;
        }
    }
    catalogue.search("goods", 10).map(|_| ())
}

#[test]
fn every_changed_byte_is_found() {
    let whole = file();
    assert_eq!(read_all(whole.clone()), Ok(()));
    for at in 0..whole.len() {
        for change in [1, 0x80, 0xff] {
            let mut file = whole.clone();
            file[at] ^= change;
            let error = read_all(file).expect_err("it is damaged");
            assert!(
                matches!(error, Error::Format(_) | Error::Damaged { .. }),
                "{at}: {error:?}"
            );
        }
    }
}

#[test]
fn every_truncated_file_is_refused() {
    let whole = file();
    for length in 0..whole.len() {
        assert!(
            Catalogue::new(whole[..length].to_vec()).is_err(),
            "{length}"
        );
    }
    let longer = [&*whole, b"x"].concat();
    let error = Catalogue::new(longer).expect_err("it is too long");
    assert!(error.to_string().starts_with(
        "the catalogue is damaged: the manifest: the file is too long; restore the file"
    ));
    let error = Catalogue::new(&b"PK"[..]).expect_err("it is a wheel");
    assert_eq!(
        error.to_string(),
        "not a catalogue of format 1: it does not begin with `tc3-catalogue 1`"
    );
}

#[test]
fn damage_is_named() {
    let mut file = file();
    // The last section is that of the newest version of the last service.
    let last = file.len() - 20;
    file[last] ^= 0xff;
    let catalogue = Catalogue::new(file).expect("its manifest is whole");
    let error = catalogue
        .load("shop", "2021-03-31")
        .expect_err("it is damaged");
    let message = error.to_string();
    assert!(
        message.starts_with("the catalogue is damaged: shop 2021-03-31: the section "),
        "{message}"
    );
    assert!(catalogue.load("bank", "2020-01-01").is_ok());
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_all([&b"tc3-catalogue 1\n"[..], &*bytes].concat());
    }
}
