//! `explain` on a service with an HTML page, metadata, fixups and a glossary.

use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::command::{Outcome, run, shown, write};

const PAGE: &str = "<html><body><p>Domain name for API request: shop.intl.tencentcloudapi.com.</p>
<p>Orders.</p>
<h2>2. Input Parameters</h2>
<table>
<tr><th>Parameter Name</th><th>Required</th><th>Type</th><th>Description</th></tr>
<tr><td>Action</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: Order.</td></tr>
<tr><td>Version</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: 2021-03-31.</td></tr>
<tr>
  <td>Count</td><td>Yes</td>
  <td>String</td><td>How <b>many</b>.<br>One at least.</td>
</tr>
<tr><td>Prize</td><td>No</td><td>Float</td><td>How much.</td></tr>
</table>
<h2>3. Output Parameters</h2>
<table><tr><th>Parameter Name</th><th>Type</th><th>Description</th></tr>
<tr><td>Count</td><td>Integer</td><td>How many.</td></tr>
<tr><td>RequestId</td><td>String</td><td>The ID.</td></tr></table>
<h2>6. Error Code</h2><p>There is no error code related to the API business logic.</p></body></html>
";

struct Shop(TempDir);

impl Shop {
    /// Creates the shop and regenerates it.
    fn new() -> Shop {
        let shop = Shop(TempDir::new().expect("a folder"));
        write(&shop.path("specs/shop/pages/2021-03-31/Order.html"), PAGE);
        let member = |name: &str, kind: &str, of: &str| json!({"name": name, "type": kind, "member": of, "document": ""});
        let request = [
            member("Count", "string", "string"),
            member("Note", "string", "string"),
        ];
        let response = [member("Count", "int", "uint64")];
        let api = json!({
            "metadata": {"apiVersion": "2021-03-31", "serviceShortName": "shop"},
            "actions": {"Order": {"document": "", "input": "In", "output": "Out"}},
            "objects": {
                "In": {"document": "", "members": request},
                "Out": {"document": "", "members": response},
            },
        });
        write(
            &shop.path("package/tccli/services/shop/v20210331/api.json"),
            api.to_string(),
        );
        write(
            &shop.path("package/tccli_intl_en-3.1.5.dist-info/METADATA"),
            "Name: tccli-intl-en\nVersion: 3.1.5\n",
        );
        shop.write(
            "glossary.json",
            &json!({"items": {"actions.Order.request.Note": "What to write on it."}, "shared": {"Count: Integer": "How many."}}),
        );
        let fixup = |at: &str, from: Option<Value>, to: Value| {
            let mut fixup =
                json!({"reason": "So it is.", "version": "2021-03-31", "at": at, "to": to});
            if let Some(from) = from {
                fixup["from"] = from;
            }
            fixup
        };
        let extra = json!({"name": "Extra", "type": "Integer", "description": "More."});
        shop.write(
            "fixups.json",
            &json!({
                "price": fixup("actions.Order.request.Prize.name", Some("Prize".into()), "Price".into()),
                "count": fixup("actions.Order.request.Count.type", Some("String".into()), "Integer".into()),
                "extra": fixup("actions.Order.request.Extra", None, extra),
            }),
        );
        let (package, specs) = (shop.path("package"), shop.path("specs"));
        run(&["import", shown(&package), "--specs", shown(&specs), "--all"]).succeeded();
        run(&["regenerate", "--root", shown(shop.0.path())]).succeeded();
        shop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, value: &Value) {
        let text = serde_json::to_string_pretty(value).expect("JSON");
        write(&self.path("specs/shop").join(name), text);
    }

    fn explain(&self, item: &str) -> Outcome {
        run(&["explain", item, "--root", shown(self.0.path())])
    }
}

#[test]
fn parameter_of_request_and_response() {
    let shop = Shop::new();
    let outcome = shop.explain("Order.Count");
    let line = |file: &str, declared: &str| {
        let code = fs::read_to_string(shop.path("generated/shop/src/v20210331").join(file));
        let code = code.expect("the code");
        let line = code.lines().position(|line| line.trim() == declared);
        line.expect(declared) + 1
    };
    let expect = format!(
        "\
shop 2021-03-31: the parameter Count in the request of Order
page      specs/shop/pages/2021-03-31/Order.html:9:7
    Count Yes String How many.
    One at least.
spec      specs/shop/2021-03-31.json:11
    {{
      \"name\": \"Count\",
      \"type\": \"Integer\",
      \"required\": true,
      \"description\": \"How many.\\nOne at least.\"
    }}
generated generated/shop/src/v20210331/order.rs:{}
    OrderRequest::count
    pub count: i64
generated generated/shop/src/v20210331/order.rs:{}
    OrderBuilder::count
    pub fn count(self, value: i64) -> OrderBuilder<C, Set>
import    tccli-intl-en 3.1.5, specs/shop/imports/2021-03-31.json:10: adds nothing to the page
    {{
      \"name\": \"Count\",
      \"type\": \"String\",
      \"description\": \"\"
    }}
fixup     specs/shop/fixups.json:9 count: actions.Order.request.Count.type is `Integer`, not `String`
    So it is.

shop 2021-03-31: the parameter Count in the response of Order
page      specs/shop/pages/2021-03-31/Order.html:16:9
    Count Integer How many.
spec      specs/shop/2021-03-31.json:34
    {{
      \"name\": \"Count\",
      \"type\": \"Integer\",
      \"format\": \"uint64\",
      \"description\": \"How many.\"
    }}
generated generated/shop/src/v20210331/order.rs:{}
    OrderResponse::count
    pub count: Option<u64>
generated generated/shop/src/v20210331/testing.rs:{}
    OrderResponseBuilder::count
    pub fn count(self, value: u64) -> Self
import    tccli-intl-en 3.1.5, specs/shop/imports/2021-03-31.json:22: adds `format`
    {{
      \"name\": \"Count\",
      \"type\": \"Integer\",
      \"format\": \"uint64\",
      \"description\": \"\"
    }}
",
        line("order.rs", "pub count: i64,"),
        line("order.rs", "pub fn count(self, value: i64) -> OrderBuilder<C, Set> {"),
        line("order.rs", "pub count: Option<u64>,"),
        line("testing.rs", "pub fn count(self, value: u64) -> Self {"),
    );
    assert_eq!(outcome.succeeded(), expect);
}

#[test]
fn renamed_item_has_row_of_old_name() {
    let shop = Shop::new();
    let outcome = shop.explain("Order.price");
    let out = outcome.succeeded();
    assert!(
        out.contains("\npage      specs/shop/pages/2021-03-31/Order.html:12:9\n    Prize No Float How much.\n"),
        "{out}"
    );
    assert!(out.contains("\n      \"name\": \"Price\",\n"), "{out}");
    assert!(
        out.contains(" price: actions.Order.request.Prize.name is `Price`, not `Prize`\n"),
        "{out}"
    );
    assert!(!out.contains("\nimport"), "{out}");
    shop.explain("Order.Prize").misused();
}

#[test]
fn items_on_no_page() {
    let shop = Shop::new();
    let outcome = shop.explain("Order.Extra");
    let out = outcome.succeeded();
    assert!(
        out.contains("\npage      not on any page; added by a fixup\n"),
        "{out}"
    );
    assert!(out.contains("fixup     specs/shop/fixups.json:"), "{out}");
    let outcome = shop.explain("Order.Note");
    let out = outcome.succeeded();
    assert!(
        out.contains("\npage      not on any page; imported\n"),
        "{out}"
    );
    assert!(
        out.contains("specs/shop/imports/2021-03-31.json:15: not on any page\n"),
        "{out}"
    );
    assert!(
        out.ends_with("\nglossary  specs/shop/glossary.json:3\n    What to write on it.\n"),
        "{out}"
    );
}

#[test]
fn stale_items() {
    let shop = Shop::new();
    let page = shop.path("specs/shop/pages/2021-03-31/Order.html");
    let row = "<tr><td>Prize</td><td>No</td><td>Float</td><td>How much.</td></tr>";
    write(&page, PAGE.replace(row, ""));
    let file = shop.path("generated/shop/src/v20210331/order.rs");
    let text = fs::read_to_string(&file).expect("the code");
    write(&file, text.replace("pub price:", "pub prize:"));
    fs::remove_file(shop.path("specs/shop/fixups.json")).expect("it goes");
    let outcome = shop.explain("Order.Price");
    let out = outcome.succeeded();
    let stale = "run `cargo xtask regenerate`\n";
    assert!(
        out.contains(&format!("\npage      no longer on any page: {stale}")),
        "{out}"
    );
    assert!(
        out.contains(&format!(
            "\ngenerated not yet in generated/shop/src/v20210331/order.rs: {stale}    OrderRequest::price\n"
        )),
        "{out}"
    );
    fs::remove_file(&file).expect("it goes");
    assert!(
        shop.explain("Order.Price")
            .succeeded()
            .contains("not yet in generated/shop/src/v20210331/order.rs")
    );
}

#[test]
fn service_without_crate() {
    let shop = Shop::new();
    let specs = shop.path("specs");
    let outcome = run(&["explain", "Order.Price", "--specs", shown(&specs)]);
    let out = outcome.succeeded();
    let expect = "\ngenerated no crate of this service here; `cargo xtask generate` would create it as follows\n    \
                  OrderRequest::price\n    pub price: Option<f64>\n";
    assert!(out.contains(expect), "{out}");
    assert!(
        out.contains(&format!(
            "\nspec      {}/shop/2021-03-31.json:",
            shown(&specs)
        )),
        "{out}"
    );
    fs::remove_dir_all(shop.path("generated")).expect("it goes");
    assert!(shop.explain("Order.Price").succeeded().contains(expect));
}

#[test]
fn imported_service() {
    let shop = Shop::new();
    fs::remove_dir_all(shop.path("specs/shop")).expect("it goes");
    let (package, specs) = (shop.path("package"), shop.path("specs"));
    run(&["import", shown(&package), "--specs", shown(&specs), "--all"]).succeeded();
    let outcome = shop.explain("Order.Note");
    let out = outcome.succeeded();
    assert!(
        out.contains("\npage      not on any page; imported\n"),
        "{out}"
    );
    assert!(
        out.ends_with("\nimport    from tccli-intl-en 3.1.5\n"),
        "{out}"
    );
}

#[test]
fn same_name_in_two_services() {
    let shop = Shop::new();
    let spec = fs::read_to_string(shop.path("specs/shop/2021-03-31.json")).expect("the spec");
    let other = spec.replace("\"service\": \"shop\"", "\"service\": \"bank\"");
    write(&shop.path("specs/bank/2021-03-31.json"), other);
    let outcome = shop.explain("Order");
    let titles: Vec<&str> = outcome
        .succeeded()
        .lines()
        .filter(|line| line.ends_with(": the action Order"))
        .collect();
    assert_eq!(
        titles,
        [
            "bank 2021-03-31: the action Order",
            "shop 2021-03-31: the action Order"
        ]
    );
    let root = shown(shop.0.path());
    let one = run(&["explain", "Order", "--root", root, "--service", "bank"]);
    assert_eq!(one.succeeded().matches(": the action Order").count(), 1);
}

#[test]
fn removed_item_has_its_row() {
    let shop = Shop::new();
    let count = json!({"name": "Count", "type": "String"});
    shop.write(
        "fixups.json",
        &json!({
            "no-count": {
                "reason": "The service refuses it.",
                "version": "2021-03-31",
                "at": "actions.Order.request.Count",
                "from": count,
            },
        }),
    );
    run(&["regenerate", "--root", shown(shop.0.path())]).succeeded();
    let outcome = shop.explain("Order.Count");
    let out = outcome.succeeded();
    // The response still has its field.
    let (first, second) = out.split_once("\n\n").expect("two are printed");
    assert!(
        first.starts_with("shop 2021-03-31: the parameter Count in the response of Order\n"),
        "{out}"
    );
    assert_eq!(
        second,
        "\
shop 2021-03-31: the parameter Count in the request of Order, removed by a fixup
page      specs/shop/pages/2021-03-31/Order.html:9:7
    Count Yes String How many.
    One at least.
spec      absent here and in the generated code
import    specs/shop/imports/2021-03-31.json:10
    {
      \"name\": \"Count\",
      \"type\": \"String\",
      \"description\": \"\"
    }
fixup     specs/shop/fixups.json:2 no-count: actions.Order.request.Count is absent, not \
         `{\"name\":\"Count\",\"type\":\"String\"}`
    The service refuses it.
"
    );
}

#[test]
fn request_id_has_its_row() {
    let shop = Shop::new();
    let expect = "\
shop 2021-03-31: the parameter RequestId in the response of Order
page      specs/shop/pages/2021-03-31/Order.html:17:9
    RequestId String The ID.
spec      not listed, because every response has it
generated generated/shop/src/v20210331/order.rs:";
    for name in ["Order.RequestId", "OrderResponse::request_id"] {
        let outcome = shop.explain(name);
        let out = outcome.succeeded();
        assert!(out.starts_with(expect), "{out}");
        let field = "\n    OrderResponse::request_id\n    pub request_id: String\n";
        assert!(out.contains(field), "{out}");
        let setter = "\n    OrderResponseBuilder::request_id\n    \
             pub fn request_id(self, value: impl Into<String>) -> Self\n";
        assert!(out.ends_with(setter), "{out}");
    }
}
