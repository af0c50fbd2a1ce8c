//! `Debug` redacts secrets; fields and written JSON contain them.

use super::{read, written};

messages! {
    Login {
        "Name" name: optional String = Kind::String;
        "Password" password: optional String = Kind::String;
        "AccessKeys" access_keys: optional Vec<String> = Kind::List(&Kind::String);
        "TokenLimit" token_limit: optional i64 = Kind::I64;
        "Token" token: optional i64 = Kind::I64;
        "NextToken" next_token: optional String = Kind::String;
        "Phrase" phrase: optional String = Kind::Secret;
        "TagToken" tag_token: optional String = Kind::Public;
        "Secret" secret: optional tc3_protocol::message::Json = Kind::Json;
        "Detail" detail: optional tc3_protocol::message::Json = Kind::Json;
        "Inner" inner: boxed Login = Kind::Message(Login::table);
    }
}

const TEXT: &str = r#"{"Name":"seen","Password":"hidden-1","AccessKeys":["hidden-2"],"TokenLimit":71,"Token":72,"NextToken":"seen","Phrase":"hidden-3","TagToken":"seen","Secret":{"a":"hidden-4"},"Detail":{"ApiKey":"hidden-5","b":"seen"},"Inner":{"Password":"hidden-6"},"NewPassword":"hidden-7","Other":{"PrivateKey":"hidden-8","c":"seen"}}"#;

#[test]
fn debug_shows_no_secret() {
    let login: Login = read(TEXT);
    let text = format!("{login:?} {login:#?} {:?} {:?}", login.extra, login.detail);
    assert!(!text.contains("hidden"), "{text}");
    for shown in ["seen", "71", "72", "[redacted]"] {
        assert!(text.contains(shown), "{text}");
    }
}

#[test]
fn secrets_are_read_and_written() {
    let login: Login = read(TEXT);
    assert_eq!(login.password.as_deref(), Some("hidden-1"));
    assert_eq!(login.phrase.as_deref(), Some("hidden-3"));
    let secret = login.secret.as_ref().map(tc3_protocol::message::Json::text);
    assert_eq!(secret, Some(r#"{"a":"hidden-4"}"#));
    assert_eq!(written(&login), TEXT);
    let careful: Login = read(r#"{"Phrase":7,"TagToken":true,"TokenLimit":"x"}"#);
    assert_eq!(careful.phrase.as_deref(), Some("7"));
    assert_eq!(careful.tag_token.as_deref(), Some("true"));
}
