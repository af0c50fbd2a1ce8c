//! The error codes of a service.

use tc3_import::{Error, Options, Package, Release};

use crate::package::{API, CODES, FACTS, WHOLE, folder, order};

const CODES_TEXT: &str = "\
# -*- coding: utf8 -*-
# The header of the file.

# The pen is <b>sold</b> out.
SOLDOUT_PEN = 'SoldOut.Pen'

# Two lines
# of a comment.
LIMITEXCEEDED = 'LimitExceeded'

SOLDOUT_INK = 'SoldOut.Ink'

# A duplicate.
SOLDOUT_PEN_ = 'SoldOut.Pen'
";

/// Returns the error codes of the shop in a Python SDK package.
fn codes(files: &[(&str, &str)], options: Options) -> Result<Option<Vec<(String, String)>>, Error> {
    let folder = folder(files);
    let package = Package::open(folder.path()).expect("a package");
    let release = Release {
        folder: "shop".to_owned(),
        version: "2021-03-31".to_owned(),
    };
    let codes = package.error_codes(&release, options)?;
    Ok(codes.map(|codes| {
        let codes = codes.into_iter();
        codes.map(|of| (of.code, of.description)).collect()
    }))
}

#[test]
fn error_codes_with_comments() {
    let expect = [
        ("SoldOut.Pen", "The pen is sold out."),
        ("LimitExceeded", "Two lines\nof a comment."),
        ("SoldOut.Ink", ""),
    ];
    let owned = |(code, description): (&str, &str)| (code.to_owned(), description.to_owned());
    let whole = codes(&[(CODES, CODES_TEXT)], WHOLE).expect("codes");
    assert_eq!(whole, Some(expect.map(owned).to_vec()));
    let facts = codes(&[(CODES, CODES_TEXT)], FACTS).expect("codes");
    let expect = expect.map(|(code, _)| owned((code, "")));
    assert_eq!(facts, Some(expect.to_vec()));
}

#[test]
fn service_without_error_codes() {
    let other = "tencentcloud/bank/v20210331/errorcodes.py";
    assert_eq!(codes(&[(other, CODES_TEXT)], WHOLE).expect("none"), None);
    assert_eq!(
        codes(&[(CODES, "")], WHOLE).expect("an empty file"),
        Some(Vec::new())
    );
}

#[test]
fn invalid_error_code_is_reported_with_line() {
    for line in [
        "import sys",
        "SOLDOUT = \"SoldOut\"",
        "SOLDOUT = 'SoldOut",
        "SOLDOUT='SoldOut'",
        "SOLDOUT = 'Sold out'",
        "SOLDOUT = ''",
        "SOLDOUT = '",
    ] {
        let text = format!("# A comment.\nA = 'A'\n\n{line}\n");
        let message = codes(&[(CODES, &text)], WHOLE)
            .expect_err("a line is broken")
            .to_string();
        let expect = format!("{CODES}:4:1: expected a comment, or a line `NAME = 'Code'`");
        assert!(message.ends_with(&expect), "{line}: {message}");
    }
    let message = codes(&[(API, &order("", ""))], WHOLE)
        .expect_err("another package")
        .to_string();
    assert!(
        message.ends_with(
            ": expected files like tencentcloud/<service>/v<date>/errorcodes.py; name a wheel of the vendor or its \
             unpacked folder"
        ),
        "{message}"
    );
}
