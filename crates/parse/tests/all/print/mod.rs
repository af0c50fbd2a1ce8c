//! Prints pages in every shape that the parser reads.

#![allow(dead_code, reason = "each test uses a part of it")]

use serde_json::{Map, Value, json};
use tc3_spec::{Action, DataType, ErrorCode, Field, Region, TypeRef};

/// The table notation of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Html,
    Markdown,
    Bars,
    Joined,
    Tabs,
    Stacked,
}

impl Shape {
    pub(crate) const ALL: [Shape; 6] = [
        Shape::Html,
        Shape::Markdown,
        Shape::Bars,
        Shape::Joined,
        Shape::Tabs,
        Shape::Stacked,
    ];
}

/// The language of headings and heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Chinese,
    /// A language that the parser does not know: only the contents of tables identify them.
    Unknown,
}

struct Words {
    headings: [&'static str; 6],
    domain: &'static str,
    rate: [&'static str; 2],
    heads: [&'static str; 4],
    short_name: &'static str,
    code: &'static str,
    yes_no: [&'static str; 2],
    value: &'static str,
    unused: &'static str,
    regions: &'static str,
    null: &'static str,
    parts: [&'static str; 3],
    used_by: &'static str,
    no_errors: &'static str,
}

const ENGLISH: Words = Words {
    headings: [
        "API Description",
        "Input Parameters",
        "Output Parameters",
        "Example",
        "Developer Resources",
        "Error Code",
    ],
    domain: "Domain name for API request: ",
    rate: [
        "A maximum of ",
        " requests can be initiated per second for this API.",
    ],
    heads: ["Parameter Name", "Required", "Type", "Description"],
    short_name: "Name",
    code: "Error Code",
    yes_no: ["Yes", "No"],
    value: "Common Params. The value used for this API: ",
    unused: "Common Params. This parameter is not required for this API.",
    regions: "Common Params. For more information, please see the list of regions supported by the product.",
    null: "Note: this field may return null, indicating that no valid values can be obtained.",
    parts: ["Example", "Input Example", "Output Example"],
    used_by: "Used by actions: CreateThing, DeleteThing.",
    no_errors: "There is no error code related to the API business logic.",
};

const CHINESE: Words = Words {
    headings: [
        "接口描述",
        "输入参数",
        "输出参数",
        "示例",
        "开发者资源",
        "错误码",
    ],
    domain: "接口请求域名： ",
    rate: ["默认接口请求频率限制：", "次/秒。"],
    heads: ["参数名称", "必选", "类型", "描述"],
    short_name: "名称",
    code: "错误码",
    yes_no: ["是", "否"],
    value: "公共参数，本接口取值：",
    unused: "公共参数，本接口不需要传递此参数。",
    regions: "公共参数，详见产品支持的 地域列表。",
    null: "注意：此字段可能返回 null，表示取不到有效值。",
    parts: ["示例", "输入示例", "输出示例"],
    used_by: "被如下接口引用：CreateThing、DeleteThing。",
    no_errors: "该接口暂无业务逻辑相关的错误码，其他错误码详见 公共错误码。",
};

/// An invented language.
const UNKNOWN: Words = Words {
    headings: [
        "Blorp", "Inwards", "Outwards", "Sampel", "Helpings", "Oopsies",
    ],
    domain: "Doman: ",
    rate: ["", ""],
    heads: ["Namo", "Mustig", "Kinda", "Telling"],
    short_name: "Namo",
    code: "Oopsie",
    yes_no: ["Jep", "Nope"],
    value: "Gemeen. Wert: ",
    unused: "Common Params. This parameter is not required for this API.",
    regions: "Gemeen. Liste.",
    null: "Note: this field may return null, indicating that no valid values can be obtained.",
    parts: ["", "", ""],
    used_by: "Brukd: CreateThing, DeleteThing.",
    no_errors: "Nix oopsies here.",
};

fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
        Language::Unknown => &UNKNOWN,
    }
}

/// Prints the page of an action.
pub(crate) fn action(name: &str, action: &Action, shape: Shape, language: Language) -> String {
    let words = words(language);
    let mut page = Printer {
        shape,
        out: String::new(),
    };
    page.begin();
    page.heading(1, name);
    if let Some(updated) = action
        .source
        .as_ref()
        .and_then(|source| source.updated.as_ref())
    {
        page.line(&format!("Last updated: {updated}"));
    }
    page.heading(2, &format!("1. {}", words.headings[0]));
    page.line(&format!("{}thing.intl.tencentcloudapi.com.", words.domain));
    for line in action.description.lines() {
        page.line(line);
    }
    if let Some(rate) = action.rate_limit {
        page.line(&format!("{}{rate}{}", words.rate[0], words.rate[1]));
    }
    page.heading(2, &format!("2. {}", words.headings[1]));
    let mut rows = vec![
        vec![
            "Action".into(),
            words.yes_no[0].into(),
            "String".into(),
            format!("{}{name}.", words.value),
        ],
        vec![
            "Version".into(),
            words.yes_no[0].into(),
            "String".into(),
            format!("{}2020-01-02.", words.value),
        ],
    ];
    if let Some(region) = action.region {
        let required = words.yes_no[usize::from(region != Region::Required)];
        let description = if region == Region::Unused {
            words.unused
        } else {
            words.regions
        };
        rows.push(vec![
            "Region".into(),
            required.into(),
            "String".into(),
            description.into(),
        ]);
    }
    rows.extend(action.request.iter().map(|field| {
        vec![
            name_cell(field),
            words.yes_no[usize::from(!field.required)].into(),
            field.type_ref.to_string(),
            text(field, words),
        ]
    }));
    page.table(&words.heads, &rows);
    page.heading(2, &format!("3. {}", words.headings[2]));
    let mut rows: Vec<_> = action
        .response
        .iter()
        .map(|field| output_row(field, words))
        .collect();
    rows.push(vec![
        "RequestId".into(),
        "String".into(),
        "The unique request ID.".into(),
    ]);
    page.table(&[words.heads[0], words.heads[2], words.heads[3]], &rows);
    page.heading(2, &format!("4. {}", words.headings[3]));
    for (index, example) in action.examples.iter().enumerate() {
        if let Some(title) = &example.title {
            page.heading(3, &format!("{}{} {title}", words.parts[0], index + 1));
            page.line(words.parts[1]);
        }
        page.code(&format!(
            "POST / HTTP/1.1\nHost: thing.intl.tencentcloudapi.com\nContent-Type: application/json\nX-TC-Action: {name}\n\
             <Common request parameters>\n\n{:#}",
            example.request.as_ref().expect("every example has a request")
        ));
        if example.title.is_some() {
            page.line(words.parts[2]);
        }
        page.code(&format!("{:#}", json!({ "Response": example.response })));
    }
    page.heading(2, &format!("5. {}", words.headings[4]));
    page.line("SDK");
    page.heading(2, &format!("6. {}", words.headings[5]));
    page.codes(&action.errors, words);
    page.end();
    page.out
}

/// Prints a page of data types.
pub(crate) fn data_types<'t>(
    types: impl Iterator<Item = (&'t String, &'t DataType)>,
    shape: Shape,
    language: Language,
) -> String {
    let words = words(language);
    let mut page = Printer {
        shape,
        out: String::new(),
    };
    page.begin();
    page.heading(
        1,
        if language == Language::Chinese {
            "数据结构"
        } else {
            "Data Types"
        },
    );
    for (name, data_type) in types {
        page.heading(3, name);
        page.line(&data_type.description);
        page.line(words.used_by);
        if data_type.fields.iter().any(|field| field.required) {
            let row = |field: &Field| {
                vec![
                    name_cell(field),
                    field.type_ref.to_string(),
                    words.yes_no[usize::from(!field.required)].into(),
                    text(field, words),
                ]
            };
            let rows: Vec<_> = data_type.fields.iter().map(row).collect();
            page.table(
                &[
                    words.short_name,
                    words.heads[2],
                    words.heads[1],
                    words.heads[3],
                ],
                &rows,
            );
        } else {
            let rows: Vec<_> = data_type
                .fields
                .iter()
                .map(|field| output_row(field, words))
                .collect();
            page.table(&[words.short_name, words.heads[2], words.heads[3]], &rows);
        }
    }
    page.end();
    page.out
}

/// Prints a page of error codes.
pub(crate) fn error_codes(codes: &[ErrorCode], shape: Shape, language: Language) -> String {
    let words = words(language);
    let mut page = Printer {
        shape,
        out: String::new(),
    };
    page.begin();
    page.heading(
        1,
        if language == Language::Chinese {
            "错误码"
        } else {
            "Error Codes"
        },
    );
    page.line("If there is an Error field in the response, the call failed. For example:");
    page.code("{\n    \"Response\": {\n        \"Error\": {\n            \"Code\": \"AuthFailure.SignatureFailure\"\n        }\n    }\n}");
    page.codes(codes, words);
    page.end();
    page.out
}

fn name_cell(field: &Field) -> String {
    match field.type_ref {
        TypeRef::Array(_) if field.required => format!("{}.N", field.name),
        _ => field.name.clone(),
    }
}

fn output_row(field: &Field, words: &Words) -> Vec<String> {
    vec![
        name_cell(field),
        field.type_ref.to_string(),
        text(field, words),
    ]
}

fn text(field: &Field, words: &Words) -> String {
    match (field.nullable, field.description.is_empty()) {
        (false, _) => field.description.clone(),
        (true, true) => words.null.to_owned(),
        (true, false) => format!("{}\n{}", field.description, words.null),
    }
}

/// Returns an example value of a field.
pub(crate) fn value(of: &TypeRef) -> Value {
    match of {
        TypeRef::Integer => json!(7),
        TypeRef::Float | TypeRef::Double => json!(0.5),
        TypeRef::Boolean => json!(true),
        TypeRef::Named(_) => Value::Object(Map::new()),
        TypeRef::Array(element) => json!([value(element)]),
        _ => json!("a | b  c"),
    }
}

struct Printer {
    shape: Shape,
    out: String,
}

impl Printer {
    fn begin(&mut self) {
        if self.shape == Shape::Html {
            // As on the site, most of the page is navigation.
            let entries: String = (0..60)
                .map(|number| {
                    format!(
                        "<li class=\"nav__item\"><a class=\"nav__link\" href=\"/document/product/850/{number}\">\
                         <span>Member Account Management APIs</span></a></li>\n"
                    )
                })
                .collect();
            self.out.push_str(&format!(
                "<!DOCTYPE html>\n<html><head><title>T</title>\n<script>var page = {{\"rows\": \"<tr><td>Action</td></tr>\"}};\
                 </script></head>\n<body><nav><ul>\n<li>Input Parameters</li>\n{entries}</ul></nav>\n<div class=\"doc\">\n"
            ));
        } else {
            self.out
                .push_str("tencent cloud\n\nInput Parameters\nError Codes\n\n");
        }
    }

    fn end(&mut self) {
        let line = "Was this page helpful?";
        if self.shape == Shape::Html {
            self.out
                .push_str(&format!("</div>\n<div>{line}</div></body></html>\n"));
        } else {
            self.out.push_str(&format!("\n{line}\n"));
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        match self.shape {
            Shape::Html => self
                .out
                .push_str(&format!("<h{level}>{}</h{level}>\n", escape(text))),
            Shape::Markdown => self
                .out
                .push_str(&format!("\n{} {text}\n\n", "#".repeat(level))),
            _ => self.out.push_str(&format!("\n{text}\n\n")),
        }
    }

    fn line(&mut self, text: &str) {
        if self.shape == Shape::Html {
            self.out.push_str(&format!("<p>{}</p>\n", escape(text)));
        } else {
            self.out.push_str(&format!("{text}\n\n"));
        }
    }

    fn code(&mut self, text: &str) {
        match self.shape {
            Shape::Html => self
                .out
                .push_str(&format!("<pre><code>{}</code></pre>\n", escape(text))),
            Shape::Markdown => self.out.push_str(&format!("```\n{text}\n```\n\n")),
            _ => self.out.push_str(&format!("{text}\n\n")),
        }
    }

    fn codes(&mut self, codes: &[ErrorCode], words: &Words) {
        if codes.is_empty() {
            return self.line(words.no_errors);
        }
        let rows: Vec<_> = codes
            .iter()
            .map(|code| vec![code.code.clone(), code.description.clone()])
            .collect();
        self.table(&[words.code, words.heads[3]], &rows);
    }

    fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
        let rule = "---|".repeat(head.len());
        if self.shape == Shape::Html {
            self.out.push_str("<table>\n");
        }
        self.row(&head, "th");
        match self.shape {
            Shape::Markdown => self.out.push_str(&format!("|{rule}\n")),
            Shape::Bars => self.out.push_str(&format!("{rule}\n")),
            _ => {}
        }
        for row in rows {
            self.row(row, "td");
        }
        if self.shape == Shape::Html {
            self.out.push_str("</table>\n");
        }
        self.out.push('\n');
    }

    fn row(&mut self, cells: &[String], tag: &str) {
        let html = |cell: &String| format!("<{tag}>{}</{tag}>", escape(cell).replace('\n', "<br>"));
        let markdown = |cell: &String| {
            cell.replace('|', "\\|")
                .replace('<', "\\<")
                .replace('\n', "<br>")
        };
        let line = match self.shape {
            Shape::Html => format!("<tr>{}</tr>", cells.iter().map(html).collect::<String>()),
            Shape::Markdown => format!(
                "| {} |",
                cells.iter().map(markdown).collect::<Vec<_>>().join(" | ")
            ),
            Shape::Bars => format!("{} |", cells.join(" | ")),
            Shape::Joined => cells.join(" "),
            Shape::Tabs => cells.join("\t"),
            Shape::Stacked => cells.join("\n"),
        };
        self.out.push_str(&format!("{}\n", line.trim_end()));
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
