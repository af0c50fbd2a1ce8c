//! Measures the costs of generated code for a service of 300 actions: generation time, lines, and CPU time of the
//! compiler per action.
//!
//! Run with `cargo bench -p tc3-codegen --bench cost [-- FIELDS]`. FIELDS are the numbers of fields of a request and a
//! response; the default is `8,13`. CPU times come from the system, so this runs on Linux.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

use tc3_spec::{
    Action, DataType, ErrorCode, Field, Format, IntegerFormat, Region, Sources, Spec, TypeRef,
};

const ACTIONS: usize = 300;
/// The number of compilations of each package; the minimum time counts.
const RUNS: usize = 3;

fn main() {
    let sizes = env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    let sizes = sizes.unwrap_or_else(|| "8,13".to_owned());
    let sizes: Option<Vec<usize>> = sizes.split(',').map(|size| size.parse().ok()).collect();
    let Some([request, response]) = sizes.as_deref() else {
        eprintln!("expected two numbers of fields, like 8,13");
        return;
    };
    for codes in [0, 16] {
        report(*request, *response, codes);
    }
}

/// Prints the results for one kind of service.
fn report(request: usize, response: usize, codes: usize) {
    let spec = spec(request, response, codes);
    println!(
        "{ACTIONS} actions of {request} + {response} fields and {codes} error codes; per action:"
    );
    let start = Instant::now();
    let generated =
        tc3_codegen::generate_crate(std::slice::from_ref(&spec)).expect("the spec is valid");
    print_line("generation", milliseconds(start.elapsed().as_secs_f64()));
    let sources = generated
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src"));
    let lines = sources.flat_map(|(_, text)| text.lines());
    let is_code = |line: &str| !line.is_empty() && !line.starts_with("//");
    let lines = lines.filter(|line| is_code(line.trim_start())).count();
    print_line(
        "lines of code",
        format!("{:.1}", lines as f64 / ACTIONS as f64),
    );

    let workspace = Workspace::new(&generated.files, &program(&spec));
    for serde in ["", "serde"] {
        let name = if serde.is_empty() {
            "without serde"
        } else {
            "with serde"
        };
        let check = workspace.measure("client", &["check"], serde);
        print_line(&format!("check, {name}"), milliseconds(check));
        let release = workspace.measure("client", &["build", "--release"], serde);
        print_line(&format!("release, {name}"), milliseconds(release));
    }
    let program = workspace.measure("program", &["build", "--release"], "");
    print_line("release of a program with all calls", milliseconds(program));
    println!();
}

fn print_line(label: &str, value: String) {
    println!("  {label:<40}{value:>12}");
}

fn milliseconds(seconds: f64) -> String {
    format!("{:.2} ms", seconds * 1000.0 / ACTIONS as f64)
}

/// A package of the generated crate and one that calls it.
struct Workspace(PathBuf);

impl Workspace {
    fn new(files: &BTreeMap<PathBuf, String>, program: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cost");
        let manifest =
            fs::read_to_string(root.join("Cargo.toml")).expect("the workspace has a manifest");
        // Only the members differ; the runtime is used in place.
        let (_, manifest) = manifest
            .split_once("[workspace.package]")
            .expect("its packages share keys");
        let (shared, _) = manifest
            .split_once("[workspace.dependencies]")
            .expect("it has dependencies");
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"client\", \"program\"]\n\n[workspace.package]{shared}\
             [workspace.dependencies]\ntc3 = {{ path = {:?}, default-features = false }}\n",
            root.join("crates/runtime")
        );
        write(&workspace.join("Cargo.toml"), &manifest);
        fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock"))
            .expect("the lock file is copied");
        let _ = fs::remove_dir_all(workspace.join("client"));
        for (path, text) in files {
            write(&workspace.join("client").join(path), text);
        }
        write(
            &workspace.join("program/Cargo.toml"),
            "[package]\nname = \"program\"\nedition = \"2024\"\n\n[dependencies]\n\
             tencentcloud-cost = { path = \"../client\", default-features = false }\n",
        );
        write(&workspace.join("program/src/main.rs"), program);
        Self(workspace)
    }

    /// Returns the CPU seconds of building one package after its dependencies.
    fn measure(&self, package: &str, arguments: &[&str], features: &str) -> f64 {
        let source = self.0.join(package).join("src");
        let source = match package {
            "client" => source.join("lib.rs"),
            _ => source.join("main.rs"),
        };
        let text = fs::read_to_string(&source).expect("the package has a root");
        let mut minimum = f64::INFINITY;
        for run in 0..=RUNS {
            fs::write(&source, format!("{text}// {run}\n")).expect("the root is written");
            let before = children_seconds();
            let mut command = Command::new(env::var_os("CARGO").expect("cargo runs benchmarks"));
            command
                .args(arguments)
                .args([
                    "--quiet",
                    "--offline",
                    "--no-default-features",
                    "--manifest-path",
                ])
                .arg(self.0.join(package).join("Cargo.toml"))
                .env("CARGO_TARGET_DIR", self.0.join("target"))
                .env("CARGO_INCREMENTAL", "0")
                .stdout(Stdio::null());
            if !features.is_empty() {
                command.args(["--features", features]);
            }
            assert!(command.status().expect("cargo starts").success());
            // The first run builds the dependencies.
            if run > 0 {
                minimum = minimum.min(children_seconds() - before);
            }
        }
        fs::write(&source, text).expect("the root is written");
        minimum
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("files have folders")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

/// Returns the CPU time of all finished child processes.
fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux reports the times of processes");
    let (_, fields) = stat.rsplit_once(')').expect("the name is in parentheses");
    // User and system time, in hundredths of a second.
    let times = fields.split_whitespace().skip(13).take(2);
    times
        .map(|ticks| ticks.parse::<f64>().expect("times are numbers") / 100.0)
        .sum()
}

/// Returns a program that makes every call.
fn program(spec: &Spec) -> String {
    let calls = spec.actions.keys().map(|name| {
        let number: String = name.chars().filter(char::is_ascii_digit).collect();
        let setters = spec.actions[name]
            .request
            .iter()
            .take(REQUIRED)
            .map(|field| {
                let setter = field.name.to_lowercase();
                match field.type_ref {
                    TypeRef::Integer => format!(".{setter}(1)"),
                    TypeRef::String => format!(".{setter}(\"a\")"),
                    _ => format!(".{setter}([\"a\"])"),
                }
            });
        let setters: String = setters.collect();
        format!(
            "async fn call{number}(client: &Client) -> Result<String, Error> {{\n    \
             Ok(client.describe_organization_things{number}(){setters}.send().await?.request_id)\n}}\n\n"
        )
    });
    let calls: String = calls.collect();
    let list: String = (0..ACTIONS)
        .map(|number| format!("        Box::pin(call{number}(&client)),\n"))
        .collect();
    format!(
        "use std::pin::Pin;\nuse std::task::{{Context, Waker}};\n\nuse tencentcloud_cost::tc3::Error;\n\
         use tencentcloud_cost::v20210331::Client;\n\n{calls}\
         type Calling<'a> = Pin<Box<dyn Future<Output = Result<String, Error>> + 'a>>;\n\n\
         fn main() {{\n    let client = Client::from_env().unwrap();\n    \
         let calls: Vec<Calling<'_>> = vec![\n{list}    ];\n    \
         for mut call in calls {{\n        \
         let _ = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));\n    }}\n}}\n"
    )
}

/// The number of required parameters of a request.
const REQUIRED: usize = 3;

fn spec(request: usize, response: usize, codes: usize) -> Spec {
    let actions = (0..ACTIONS).map(|number| {
        let errors = (0..codes).map(|code| ErrorCode {
            code: format!("FailedOperation.OrganizationThingReason{code}"),
            description: "The thing of the organization is not in a state for this.".to_owned(),
        });
        let action = Action {
            description: "This API is used to query the things of an organization.".to_owned(),
            rate_limit: Some(20),
            region: Some(Region::Unused),
            request: fields(request, true),
            response: fields(response, false),
            errors: errors.collect(),
            ..Action::default()
        };
        (format!("DescribeOrganizationThings{number}"), action)
    });
    let tag = DataType {
        description: "A tag.".to_owned(),
        fields: fields(2, true),
    };
    Spec {
        format: Format,
        service: "cost".to_owned(),
        version: "2021-03-31".to_owned(),
        endpoint: "cost.intl.tencentcloudapi.com".to_owned(),
        actions: actions.collect(),
        types: BTreeMap::from([("Tag".to_owned(), tag)]),
        errors: Vec::new(),
        sources: Sources::default(),
        imported: None,
    }
}

/// Returns fields whose types are distributed as in the documentation.
fn fields(count: usize, is_sent: bool) -> Vec<Field> {
    let array = |of| TypeRef::Array(Box::new(of));
    let types = [
        ("Uin", TypeRef::Integer),
        ("Name", TypeRef::String),
        ("Nodes", array(TypeRef::String)),
        ("Enabled", TypeRef::Boolean),
        ("Share", TypeRef::Float),
        ("Updated", TypeRef::Timestamp),
        ("Tags", array(TypeRef::Named("Tag".to_owned()))),
        ("Total", TypeRef::Integer),
        ("Status", TypeRef::String),
        ("Limit", TypeRef::Integer),
        ("Offset", TypeRef::Integer),
        ("Country", TypeRef::String),
        ("Remark", TypeRef::String),
    ];
    let fields = types.iter().cycle().take(count).enumerate();
    fields
        .map(|(index, (name, type_ref))| Field {
            name: if index < types.len() {
                (*name).to_owned()
            } else {
                format!("{name}{index}")
            },
            type_ref: type_ref.clone(),
            format: (*name == "Total").then_some(IntegerFormat::Uint64),
            required: is_sent && index < REQUIRED,
            nullable: !is_sent,
            deprecated: false,
            secret: None,
            description: "What this is of the thing, in a sentence that is about as long as most of them are."
                .to_owned(),
        })
        .collect()
}
