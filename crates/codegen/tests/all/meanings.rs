//! Meanings of the service's error codes.

use std::path::Path;

use serde_json::json;
use tc3_codegen::{Runtime, generate_client};
use tc3_spec::Spec;

#[test]
fn service_code_has_common_meaning() {
    let action = |errors: &[(&str, &str)]| {
        let errors = errors.iter();
        let errors = errors.map(|(code, meaning)| json!({"code": code, "description": meaning}));
        json!({
            "description": "", "region": "optional", "request": [], "response": [],
            "errors": errors.collect::<Vec<_>>(), "examples": [],
        })
    };
    let code = |code: &str, meaning: &str| json!({"code": code, "description": meaning});
    let spec = json!({
        "format": 1, "service": "shop", "version": "2021-03-31", "endpoint": "shop.tencentcloudapi.com",
        "actions": {
            "Buy": action(&[("Own", "Of Buy."), ("Agreed", "It is sold."), ("Unclear", "Sold.")]),
            "Sell": action(&[("Agreed", "It is sold."), ("Unclear", "Gone."), ("Silent", "")]),
        },
        "types": {},
        "errors": [
            code("Own", "Of the service."), code("Agreed", ""), code("Unclear", ""), code("Silent", ""), code("Nobodys", ""),
        ],
    });
    let spec = Spec::from_json(&spec.to_string(), Path::new("shop.json")).expect("a spec");
    // The meaning of an action that is not selected counts too.
    let runtime = Runtime::Version("*".to_owned());
    let client = generate_client(&[spec], &["Sell"], &runtime).expect("a crate");
    let errors = &client.files[Path::new("src/v20210331/errors.rs")];
    for entry in [
        r#"("Own", "Of the service."),"#,
        r#"("Agreed", "It is sold."),"#,
        r#"("Unclear", ""),"#,
        r#"("Silent", ""),"#,
        r#"("Nobodys", ""),"#,
    ] {
        assert!(errors.contains(entry), "{entry} in {errors}");
    }
}
