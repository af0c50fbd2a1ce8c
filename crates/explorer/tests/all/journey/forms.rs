//! Fills forms of many services and shapes.

use serde_json::{Map, Value, json};
use tc3_catalogue::Catalogue;
use tc3_spec::{Field, IntegerFormat, Spec, TypeRef};

use super::{call, control, group, open, received_body};
use crate::browser::{Page, browse};
use crate::site::{Site, settings};

/// Actions of several services, with many types and nestings.
const ACTIONS: [(&str, &str, &str); 12] = [
    ("wedata", "2021-08-20", "KillScheduleInstances"),
    ("csip", "2022-11-21", "ModifyCosAuditObjectSampleRate"),
    ("cdn", "2018-06-06", "AddCdnDomain"),
    ("emr", "2019-01-03", "ScaleOutCluster"),
    ("bi", "2022-01-05", "CreateDataTable"),
    ("tke", "2018-05-25", "CreateCluster"),
    ("dts", "2021-12-06", "ModifyMigrationJob"),
    ("cvm", "2017-03-12", "CreateLaunchTemplateVersion"),
    ("monitor", "2018-07-24", "CreateAlarmPolicy"),
    ("tem", "2020-12-21", "DeployServiceV2"),
    ("dlc", "2021-01-25", "CreateDLCTable"),
    ("mdc", "2020-08-28", "CreateStreamLinkFlow"),
];

/// Maximum depth of filled structures, because types can be recursive.
const DEPTH: usize = 2;

/// Switches from JSON to the form, opens all groups that are set, and switches back. Returns the JSON, or the problem of a
/// control.
const ROUND_TRIP: &str = "(async () => {
    const text = document.querySelector('textarea.json');
    text.blur();
    document.getElementById('tab-form').click();
    const panel = document.getElementById('panel-form');
    for (;;) {
        const closed = panel.querySelectorAll('details.is-set:not([open])');
        for (const one of closed) one.open = true;
        for (const more of panel.querySelectorAll('.more:not([hidden])')) if (more.checkVisibility()) more.click();
        await new Promise(done => setTimeout(done));
        if (!closed.length && !panel.querySelector('.body > .quiet, details[open] > .body:empty')) break;
    }
    const wrong = panel.querySelector('.field .problem:not([hidden])');
    document.getElementById('tab-json').click();
    return wrong?.textContent ?? text.value;
})()";

/// Returns a sample value of a documented type.
fn sample(spec: &Spec, field: &Field, of: &TypeRef, depth: usize) -> Value {
    match of {
        TypeRef::Integer if field.format == Some(IntegerFormat::Uint64) => json!(u64::MAX),
        TypeRef::Integer => json!(i64::MIN),
        TypeRef::Boolean => json!(depth.is_multiple_of(2)),
        TypeRef::Float | TypeRef::Double => serde_json::from_str("0.10").unwrap(),
        TypeRef::Date => json!("2022-01-31"),
        TypeRef::Timestamp => json!("2022-01-31 23:59:59"),
        TypeRef::TimestampIso8601 => json!("2022-01-31T23:59:59+08:00"),
        TypeRef::String | TypeRef::Binary => json!(format!("{} \"{depth}\"\n值", field.name)),
        TypeRef::Array(item) => {
            let item = sample(spec, field, item, depth);
            match depth {
                0 => json!([item, item]),
                _ => json!([item]),
            }
        }
        TypeRef::Named(name) if depth < DEPTH => {
            Value::Object(samples(spec, &spec.types[name].fields, depth + 1))
        }
        TypeRef::Named(_) => json!({}),
    }
}

fn samples(spec: &Spec, fields: &[Field], depth: usize) -> Map<String, Value> {
    // Limits the fields of inner structures, so that the browser does not take seconds to build the form.
    let limit = if depth == 0 { usize::MAX } else { 4 };
    let values = fields.iter().take(limit).map(|field| {
        let value = match field.nullable {
            true => Value::Null,
            false => sample(spec, field, &field.type_ref, depth),
        };
        (field.name.clone(), value)
    });
    values.collect()
}

#[test]
fn forms() {
    browse(async |page| {
        json_round_trips_through_forms(&page).await;
        controls_match_documented_types(&page).await;
    });
}

async fn json_round_trips_through_forms(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/").await;
    for (service, version, action) in ACTIONS {
        let spec = Catalogue::international()
            .action(service, version, action)
            .unwrap();
        let parameters = samples(&spec, &spec.actions[action].request, 0);
        let text = format!("{:#}", Value::Object(parameters));
        page.open(&format!(
            "http://{}/intl/{service}/{version}/{action}",
            site.host
        ))
        .await;
        page.run("document.getElementById('tab-json').click(); document.querySelector('textarea.json').select()").await;
        page.debug("Input.insertText", json!({"text": text})).await;
        let shown = page.resolve(ROUND_TRIP).await;
        assert_eq!(shown, text, "{service} {action}");
    }
    page.assert_quiet(&[]).await;
}

/// Fills a control by its documented type, and returns the expected value.
async fn fill(page: &Page, spec: &Spec, field: &Field, of: &TypeRef, path: &[&str]) -> Value {
    match of {
        TypeRef::Boolean => {
            page.choose(&control(path), "true").await;
            json!(true)
        }
        TypeRef::Array(item) => {
            open(page, path).await;
            page.enter_on(&(group(path) + "/div/div[@class='toolbar']/button[.='Add item']"))
                .await;
            let path = [path, &["[0]"]].concat();
            json!([Box::pin(fill(page, spec, field, item, &path)).await])
        }
        TypeRef::Named(name) => {
            if path.last().is_none_or(|label| !label.starts_with('[')) {
                open(page, path).await;
            }
            let mut filled = Map::new();
            for field in spec.types[name].fields.iter().take(2) {
                let path = [path, &[&*field.name]].concat();
                let value = Box::pin(fill(page, spec, field, &field.type_ref, &path)).await;
                filled.insert(field.name.clone(), value);
            }
            Value::Object(filled)
        }
        scalar => {
            let text = match sample(spec, field, scalar, 0) {
                Value::String(text) if *scalar == TypeRef::String => text.replace('\n', ""),
                Value::String(text) => text,
                number => number.to_string(),
            };
            page.fill(&control(path), &text).await;
            match scalar {
                TypeRef::Integer | TypeRef::Float | TypeRef::Double => {
                    serde_json::from_str(&text).unwrap()
                }
                _ => text.into(),
            }
        }
    }
}

async fn controls_match_documented_types(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/").await;
    for (service, version, action) in [
        ("csip", "2022-11-21", "ModifyCosAuditObjectSampleRate"),
        ("ciam", "2022-03-31", "CreateApiImportUserJob"),
        ("clb", "2018-03-17", "AutoRewrite"),
        ("teo", "2022-09-01", "DescribeDDoSAttackEvent"),
        ("tse", "2020-12-07", "ModifyGovernanceLaneGroups"),
    ] {
        let spec = Catalogue::international()
            .action(service, version, action)
            .unwrap();
        page.open(&format!(
            "http://{}/intl/{service}/{version}/{action}",
            site.host
        ))
        .await;
        let mut filled = Map::new();
        for field in &spec.actions[action].request {
            let value = fill(page, &spec, field, &field.type_ref, &[&field.name]).await;
            filled.insert(field.name.clone(), value);
        }
        call(page).await;
        let received: Value = serde_json::from_str(&received_body(page).await).unwrap();
        assert_eq!(received, Value::Object(filled), "{service} {action}");
    }
    page.assert_quiet(&[]).await;
}
