//! A small wheel in the format of the vendor's, with other descriptions of some actions.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const API: &str = r#"{
  "metadata": {"apiVersion": "2017-03-12", "serviceShortName": "cvm", "protocol": "https"},
  "actions": {
    "TerminateInstances": {"name": "Return", "document": "Gives machines back. For ever.", "input": "TerminateRequest", "output": "TerminateResponse"},
    "RunInstances": {"name": "Run", "document": "Rents machines.", "input": "RunRequest", "output": "RunResponse"}
  },
  "objects": {
    "TerminateRequest": {"document": "", "type": "object", "members": [
      {"name": "InstanceIds", "type": "list", "member": "string", "required": true, "document": "Which machines. \u001b[31m云服务器", "example": "none"}
    ]},
    "TerminateResponse": {"document": "", "type": "object", "members": []},
    "RunRequest": {"document": "", "type": "object", "members": [
      {"name": "Placement", "type": "object", "member": "Placement", "document": "Where the machines are.", "example": "none"},
      {"name": "InstanceChargeType", "type": "string", "member": "string", "document": "How they are paid. Valid values: `PREPAID`, `POSTPAID_BY_HOUR`, `$(touch planted)`.", "example": "none"}
    ]},
    "RunResponse": {"document": "", "type": "object", "members": [
      {"name": "InstanceIdSet", "type": "list", "member": "string", "document": "The rented machines.", "example": "none"}
    ]},
    "Placement": {"document": "A place.", "type": "object", "members": [
      {"name": "Zone", "type": "string", "member": "string", "required": true, "document": "A zone, such as zanzibar.", "example": "none"}
    ]}
  },
  "version": "1.0"
}"#;

const EXAMPLES: &str = r#"{
  "actions": {
    "TerminateInstances": [{
      "title": "Two machines", "document": "Both go.",
      "input": "POST / HTTP/1.1\nHost: cvm.intl.tencentcloudapi.com\nContent-Type: application/json\nX-TC-Action: TerminateInstances\n\n{\"InstanceIds\": [\"ins-1\", \"ins 2\"]}",
      "output": "{\"Response\": {\"RequestId\": \"r-1\"}}"
    }]
  }
}"#;

/// Returns a wheel of the international site; `version` is the package's.
pub(crate) fn wheel(version: &str) -> Vec<u8> {
    let metadata = format!("Metadata-Version: 2.1\nName: tccli-intl-en\nVersion: {version}\n\n");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in [
        ("tccli/services/cvm/v20170312/api.json", API),
        ("tccli/services/cvm/v20170312/examples.json", EXAMPLES),
        ("tccli_intl_en-3.1.5.dist-info/METADATA", &metadata),
    ] {
        writer.start_file(name, options).expect("an entry");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("a wheel").into_inner()
}
