//! Measures the costs of the crate `tencentcloud-organization`, with all actions of all versions, for callers. Prints
//!
//! - the CPU seconds of `cargo check` of the crate, of its release build, and of the release build of the crate with a
//!   program that makes every call, with and without the feature `serde`; dependencies are built before;
//! - the lines per action, without comments, and the bytes that each action after the first adds to a stripped program;
//! - for a program that makes one call, the crate of all actions against a crate of this action only: the ratios of
//!   stripped size, of the CPU seconds of crate and program, and of those of a full build, both as measured and with the
//!   same time for the common dependencies.
//!
//! Run with `cargo bench -p xtask --bench compile [-- --aws]`. `--aws` also measures the crate `aws-sdk-organizations`,
//! fetched from the registry, in turns with ours, and prints the ratios per action. It takes minutes, with `--aws` a
//! quarter of an hour. CPU times come from the system, so this runs on Linux.

mod measure;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use measure::{Lines, Seconds, load};
use serde_json::Value;
use tc3_codegen::{GeneratedCrate, Runtime};
use tc3_spec::{Spec, TypeRef};

/// The repetitions of each compilation; the minimum counts. All take turns.
const RUNS: usize = 3;
/// The repetitions of a full build.
const RUNS_FROM_NOTHING: usize = 2;
/// The call of one-call programs.
const ACTION: &str = "AddOrganizationMemberEmail";

const OURS: &str = "tencentcloud-organization";
const AWS: &str = "aws-sdk-organizations";

fn main() {
    let with_aws = env::args().any(|argument| argument == "--aws");
    println!("load of the machine: {}", load());
    let specs = specs();
    let runtime = runtime();
    let crate_of = |actions: &[&str]| {
        tc3_codegen::generate_client(&specs, actions, &runtime).expect("specs are valid")
    };
    let whole = crate_of(&[]);
    let calls = calls(&specs, &whole);
    let one: Vec<Call> = calls
        .iter()
        .filter(|call| call.name == ACTION)
        .cloned()
        .collect();
    assert_eq!(one.len(), 1, "one action is called {ACTION}");
    let programs = [("all", program(&calls)), ("one", program(&one))];
    let ours = Workspace::ours("ours", &whole, &programs);
    let ours = Service {
        package: OURS,
        actions: calls.len(),
        lines: lines(&whole),
        workspace: ours,
    };
    let small = crate_of(&[ACTION]);
    let small = Workspace::ours("small", &small, &programs[1..]);
    let aws = with_aws.then(aws);

    let cost = costs(&ours, aws.as_ref());
    report(&ours, &cost);
    println!();
    one_call(&ours.workspace, &small);
    if let Some(aws) = &aws {
        println!();
        against(&ours, aws, &cost);
    }
    println!("load of the machine: {}", load());
}

/// A crate of a service, and programs that call it.
struct Service {
    package: &'static str,
    actions: usize,
    lines: Lines,
    workspace: Workspace,
}

/// A compilation of a service's crate, or of a program with it, and the enabled feature.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Compilation {
    Check,
    Release,
    Program,
}

type Costs = BTreeMap<(&'static str, Compilation, &'static str), f64>;

/// Returns the minimum CPU seconds of all compilations.
fn costs(ours: &Service, aws: Option<&Service>) -> Costs {
    let mut costs = Costs::new();
    // The first run builds the dependencies.
    for run in 0..=RUNS {
        for service in [Some(ours), aws].into_iter().flatten() {
            let features: &[&str] = if service.package == OURS {
                &["", "serde"]
            } else {
                &[""]
            };
            for feature in features {
                for compilation in [
                    Compilation::Check,
                    Compilation::Release,
                    Compilation::Program,
                ] {
                    let seconds = service.seconds(compilation, feature);
                    let key = (service.package, compilation, *feature);
                    let least = costs.entry(key).or_insert(f64::INFINITY);
                    if run > 0 {
                        *least = least.min(seconds);
                    }
                }
            }
        }
    }
    costs
}

impl Service {
    fn seconds(&self, compilation: Compilation, feature: &str) -> f64 {
        let workspace = &self.workspace;
        let command: &[&str] = match compilation {
            Compilation::Check => &["check"],
            Compilation::Release => &["build", "--release"],
            Compilation::Program => {
                return workspace.program(&[self.package, "all"], "all", feature);
            }
        };
        // The same features as in the programs. A crate outside the workspace has them anyway.
        let features = format!("hyper,{feature}");
        let features: &[&str] = match self.package {
            OURS => &["--no-default-features", "--features", &features],
            _ => &[],
        };
        let arguments = [command, &["--package", self.package], features].concat();
        workspace.seconds(&[self.package], &arguments)
    }

    /// Returns the stripped sizes of the programs with one call and with all.
    fn sizes(&self) -> [u64; 2] {
        ["one", "all"].map(|program| {
            self.workspace.program(&[], program, "");
            self.workspace.size(program)
        })
    }

    fn bytes_an_action(&self) -> f64 {
        let [one, all] = self.sizes();
        (all - one) as f64 / (self.actions - 1) as f64
    }
}

/// Prints the costs of our crate.
fn report(ours: &Service, costs: &Costs) {
    println!("{OURS}, {} actions", ours.actions);
    let print = |what: &str, feature: &str, compilation| {
        let seconds = costs[&(OURS, compilation, feature)];
        let milliseconds = seconds * 1000.0 / ours.actions as f64;
        print_line(
            what,
            format!("{seconds:.2} CPU s, {milliseconds:.2} ms an action"),
        );
    };
    for (with, feature) in [("without serde", ""), ("with serde", "serde")] {
        print(
            &format!("check of the crate, {with}"),
            feature,
            Compilation::Check,
        );
        print(
            &format!("release of the crate, {with}"),
            feature,
            Compilation::Release,
        );
        print(
            &format!("release of crate and program, {with}"),
            feature,
            Compilation::Program,
        );
    }
    let an_action = |lines: usize| lines as f64 / ours.actions as f64;
    print_line(
        "lines an action without comments",
        format!(
            "{:.1}, without blank ones {:.1}",
            an_action(ours.lines.uncommented),
            an_action(ours.lines.code)
        ),
    );
    let [one, all] = ours.sizes();
    print_line(
        "stripped program",
        format!("{one} bytes with one call, {all} with all"),
    );
    print_line(
        "an action beyond the first",
        format!("{:.0} bytes", ours.bytes_an_action()),
    );
}

/// Prints the costs of the crate of all actions for a program that makes one call.
fn one_call(whole: &Workspace, small: &Workspace) {
    println!("one call, with the crate of all actions against that of one");
    let mut packages = [f64::INFINITY; 2];
    let mut everything = [f64::INFINITY; 2];
    let mut sizes = [0; 2];
    // Callers use the default features, which include serde.
    for run in 0..=RUNS {
        for (at, workspace) in [whole, small].into_iter().enumerate() {
            let seconds = workspace.program(&[OURS, "one"], "one", "serde");
            sizes[at] = workspace.size("one");
            if run > 0 {
                packages[at] = packages[at].min(seconds);
            }
        }
    }
    for _ in 0..RUNS_FROM_NOTHING {
        for (at, workspace) in [whole, small].into_iter().enumerate() {
            everything[at] = everything[at].min(workspace.program_from_nothing("one", "serde"));
        }
    }
    let ratio = |of: [f64; 2]| of[0] / of[1];
    let bytes = sizes.map(|bytes| bytes as f64);
    print_line(
        "stripped size",
        format!(
            "{:.3} times ({} and {} bytes)",
            ratio(bytes),
            sizes[0],
            sizes[1]
        ),
    );
    let seconds = |of: [f64; 2]| {
        format!(
            "{:.2} times ({:.2} and {:.2} CPU s)",
            ratio(of),
            of[0],
            of[1]
        )
    };
    print_line("release of crate and program", seconds(packages));
    print_line("release of everything from nothing", seconds(everything));
    // The rest is the same on both sides, and its variance is larger than the difference.
    let steady = (everything[1] + packages[0] - packages[1]) / everything[1];
    print_line(
        "the same, if all else takes the same",
        format!("{steady:.3} times"),
    );
}

/// Prints the costs per action, and the ratios to the AWS crate.
fn against(ours: &Service, aws: &Service, costs: &Costs) {
    println!(
        "an action of {OURS} ({}) against one of {AWS} ({})",
        ours.actions, aws.actions
    );
    let print = |what: &str, figures: [f64; 2], unit: &str| {
        let [ours, theirs] = figures;
        print_line(
            what,
            format!("1/{:.1} ({ours:.2} and {theirs:.2} {unit})", theirs / ours),
        );
    };
    for (what, compilation) in [
        ("check of the crate", Compilation::Check),
        ("release of the crate", Compilation::Release),
        ("release of crate and program", Compilation::Program),
    ] {
        let an_action = |service: &Service| {
            costs[&(service.package, compilation, "")] * 1000.0 / service.actions as f64
        };
        print(what, [an_action(ours), an_action(aws)], "CPU ms");
    }
    let lines = |service: &Service| service.lines.code as f64 / service.actions as f64;
    print("lines of code", [lines(ours), lines(aws)], "");
    let bytes = [ours.bytes_an_action(), aws.bytes_an_action()];
    print("an action beyond the first", bytes, "bytes");
}

fn print_line(what: &str, value: String) {
    println!("  {what:<48}{value}");
}

/// Returns the runtime of this repository.
fn runtime() -> Runtime {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/runtime");
    Runtime::Path(path.to_str().expect("the path is text").to_owned())
}

/// A workspace of a client and programs that call it, with its own target folder.
struct Workspace(PathBuf);

impl Workspace {
    fn new(name: &str, members: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("compile")
            .join(name);
        // Build results are kept and rebuilt only where the code changed.
        for member in members {
            let _ = fs::remove_dir_all(folder.join(member));
        }
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.release]\nstrip = true\n"
        );
        write(&folder.join("Cargo.toml"), &manifest);
        Self(folder)
    }

    /// Creates a workspace of one of our crates with programs.
    fn ours(name: &str, client: &GeneratedCrate, programs: &[(&str, String)]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let members: Vec<&str> = programs.iter().map(|(name, _)| *name).collect();
        let members = [&["client"], &members[..]].concat();
        let workspace = Self::new(name, &members);
        fs::copy(root.join("Cargo.lock"), workspace.0.join("Cargo.lock"))
            .expect("the versions are the repository's");
        for (path, text) in &client.files {
            write(&workspace.0.join("client").join(path), text);
        }
        let dependencies = format!(
            "{OURS} = {{ path = \"../client\", default-features = false, features = [\"hyper\"] }}\n\
             tokio = {{ version = \"1.54\", features = [\"rt\"] }}\n\n[features]\nserde = [\"{OURS}/serde\"]\n"
        );
        workspace.with_programs(&dependencies, programs)
    }

    fn with_programs(self, dependencies: &str, programs: &[(&str, String)]) -> Self {
        for (name, text) in programs {
            let manifest = format!(
                "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
            );
            write(&self.0.join(name).join("Cargo.toml"), &manifest);
            write(&self.0.join(name).join("src/main.rs"), text);
        }
        self
    }

    fn target(&self) -> PathBuf {
        self.0.join("target")
    }

    fn cargo<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env::var_os("CARGO").expect("cargo runs benchmarks"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Returns the CPU seconds of building only these packages.
    fn seconds(&self, packages: &[&str], arguments: &[&str]) -> f64 {
        for package in packages {
            let profile = match arguments[0] {
                "check" => "dev",
                _ => "release",
            };
            run(&mut self.cargo(["clean", "--profile", profile, "--package", package]));
        }
        let before = Seconds::of_children();
        run(&mut self.cargo(arguments));
        let seconds = Seconds::since(before);
        seconds.user + seconds.system
    }

    /// Returns the CPU seconds of the release build of a program.
    fn program(&self, packages: &[&str], program: &str, feature: &str) -> f64 {
        let mut arguments = vec!["build", "--release", "--package", program];
        if !feature.is_empty() {
            arguments.extend(["--features", feature]);
        }
        self.seconds(packages, &arguments)
    }

    /// Returns the CPU seconds of a full build of a program.
    fn program_from_nothing(&self, program: &str, feature: &str) -> f64 {
        fs::remove_dir_all(self.target()).expect("something was built before");
        self.program(&[], program, feature)
    }

    fn size(&self, program: &str) -> u64 {
        let path = self.target().join("release").join(program);
        fs::metadata(path).expect("the program was built").len()
    }
}

fn run(command: &mut Command) {
    let status = command.status().expect("cargo starts");
    assert!(status.success(), "{command:?} failed");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("files have folders")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

/// Loads the specs of all versions of the service.
fn specs() -> Vec<Spec> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/organization");
    let files = Spec::files(&folder).expect("the specs are there");
    let specs = files.iter().map(|path| Spec::load(path).expect("a spec"));
    specs.collect()
}

fn lines(generated: &GeneratedCrate) -> Lines {
    let mut lines = Lines::default();
    for (path, text) in &generated.files {
        if path.starts_with("src") {
            lines.add(text);
        }
    }
    lines
}

/// A call of an action.
#[derive(Clone)]
struct Call {
    name: String,
    /// The module of the action's version.
    module: String,
    /// The client's method with all required setters.
    text: String,
}

/// Returns calls of all actions with all required parameters.
fn calls(specs: &[Spec], generated: &GeneratedCrate) -> Vec<Call> {
    let calls = specs.iter().flat_map(|spec| {
        let module = format!("v{}", spec.version.replace('-', ""));
        let names = Names::of(generated, &module);
        let calls = spec.actions.iter().map(move |(name, action)| {
            let owner = format!("`{name}` needs the parameter");
            let parameters = action
                .request
                .iter()
                .map(|field| (&field.name, &field.type_ref));
            let setters = names.setters(spec, &module, &owner, parameters);
            let method = &names.methods[name];
            Call {
                name: name.clone(),
                module: module.clone(),
                text: format!("{method}(){setters}"),
            }
        });
        calls.collect::<Vec<_>>()
    });
    calls.collect()
}

/// The Rust names of a version's actions and parameters, parsed from the generated code.
struct Names {
    /// The client's methods, by action.
    methods: BTreeMap<String, String>,
    /// The setters, by the compiler message for a missing parameter.
    setters: BTreeMap<String, String>,
}

impl Names {
    fn of(generated: &GeneratedCrate, module: &str) -> Self {
        let mut names = Self {
            methods: BTreeMap::new(),
            setters: BTreeMap::new(),
        };
        let folder = Path::new("src").join(module);
        let files = generated.files.iter();
        for (_, text) in files.filter(|(path, _)| path.starts_with(&folder)) {
            let between = |text: &str, start: &str, end: &str| {
                let (_, text) = text.split_once(start)?;
                Some(text.split_once(end)?.0.to_owned())
            };
            let action = between(text, "//! The action `", "`");
            let client = text.split_once("impl super::Client {");
            if let (Some(action), Some((_, client))) = (action, client) {
                let method = between(client, "pub fn ", "(").expect("it has a method");
                names.methods.insert(action, method);
            }
            for row in text.split("message = \"").skip(1) {
                let message = row.split_once('"').map(|(message, _)| message);
                let setter = between(row, "label = \"call `.", "(");
                if let (Some(message), Some(setter)) = (message, setter) {
                    names.setters.insert(message.to_owned(), setter);
                }
            }
        }
        names
    }

    /// Returns calls of the required setters. `owner` is the beginning of the compiler messages.
    fn setters<'a>(
        &self,
        spec: &Spec,
        module: &str,
        owner: &str,
        fields: impl Iterator<Item = (&'a String, &'a TypeRef)>,
    ) -> String {
        fields
            .filter_map(|(name, of)| {
                let setter = self.setters.get(&format!("{owner} `{name}`"))?;
                Some(format!(".{setter}({})", self.value(spec, module, of)))
            })
            .collect()
    }

    /// Returns a value of a type as code.
    fn value(&self, spec: &Spec, module: &str, of: &TypeRef) -> String {
        match of {
            TypeRef::Integer => "1".to_owned(),
            TypeRef::Boolean => "true".to_owned(),
            TypeRef::Float | TypeRef::Double => "1.0".to_owned(),
            TypeRef::Array(element) => format!("vec![{}]", self.value(spec, module, element)),
            TypeRef::Named(name) => {
                let Some(data) = spec.types.get(name) else {
                    return "1".to_owned();
                };
                let owner = format!("`{name}` needs the field");
                let fields = data
                    .fields
                    .iter()
                    .map(|field| (&field.name, &field.type_ref));
                let setters = self.setters(spec, module, &owner, fields);
                format!("{module}::{name}::builder(){setters}.build()")
            }
            _ => "\"a\"".to_owned(),
        }
    }
}

/// Returns a program that makes these calls with our crate.
fn program(calls: &[Call]) -> String {
    let mut text = "use tencentcloud_organization::tc3::Error;\n".to_owned();
    let mut clients = BTreeMap::new();
    let mut arguments = Vec::new();
    for (
        number,
        Call {
            module, text: of, ..
        },
    ) in calls.iter().enumerate()
    {
        if !clients.contains_key(module) {
            text += &format!("use tencentcloud_organization::{module};\n");
        }
        clients.insert(
            module.clone(),
            format!("{module}::Client::from_env().unwrap()"),
        );
        arguments.push(module.clone());
        text += &format!(
            "\nasync fn call{number}(client: &{module}::Client) -> Result<String, Error> {{\n    \
             Ok(client.{of}.send().await?.request_id)\n}}\n\n"
        );
    }
    text + &main_of(&clients, &arguments, "Result<String, Error>")
}

/// Returns the function `main` of a program. It creates these clients by name, and makes all calls one after the other.
fn main_of(clients: &BTreeMap<String, String>, calls: &[String], result: &str) -> String {
    let clients = clients
        .iter()
        .map(|(name, client)| format!("    let {name} = {client};\n"));
    let calls = calls.iter().enumerate();
    let calls =
        calls.map(|(number, client)| format!("        Box::pin(call{number}(&{client})),\n"));
    format!(
        "type Calling<'a> = std::pin::Pin<Box<dyn Future<Output = {result}> + 'a>>;\n\n\
         fn main() {{\n{}    let calls: Vec<Calling<'_>> = vec![\n{}    ];\n    \
         let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();\n    \
         runtime.block_on(async {{\n        for call in calls {{\n            println!(\"{{:?}}\", call.await);\n        \
         }}\n    }});\n}}\n",
        clients.collect::<String>(),
        calls.collect::<String>(),
    )
}

/// Creates the AWS crate with programs that call it.
fn aws() -> Service {
    let dependencies = format!(
        "{AWS} = {{ version = \"=1.137\", default-features = false }}\n\
         tokio = {{ version = \"1.54\", features = [\"rt\"] }}\n"
    );
    let workspace = Workspace::new("aws", &["all", "one"]);
    // The operations are known only after the crate was fetched.
    let none = || "fn main() {}\n".to_owned();
    let workspace = workspace.with_programs(&dependencies, &[("all", none()), ("one", none())]);
    let source = aws_source(&workspace);
    let client = fs::read_dir(source.join("client")).expect("a file for each operation");
    let mut operations: Vec<String> = client
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            text.contains("impl super::Client") && text.contains("FluentBuilder {")
        })
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    operations.sort();
    let programs = [
        ("all", aws_program(&operations)),
        ("one", aws_program(&operations[..1])),
    ];
    let mut lines = Lines::default();
    add_lines(&source, &mut lines);
    Service {
        package: AWS,
        actions: operations.len(),
        lines,
        workspace: workspace.with_programs(&dependencies, &programs),
    }
}

/// Returns the source folder of the AWS crate.
fn aws_source(workspace: &Workspace) -> PathBuf {
    let mut command = workspace.cargo(["metadata", "--format-version", "1"]);
    let output = command
        .stdout(Stdio::piped())
        .output()
        .expect("cargo starts");
    let metadata: Value =
        serde_json::from_slice(&output.stdout).expect("the registry has the crate");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let package = packages.iter().find(|package| package["name"] == AWS);
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    Path::new(manifest.expect("it is one of them")).with_file_name("src")
}

fn add_lines(folder: &Path, lines: &mut Lines) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            add_lines(&path, lines);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines.add(&fs::read_to_string(&path).expect("Rust is text"));
        }
    }
}

/// Returns a program that calls these operations. The builders have no required setters, so nothing is set.
fn aws_program(operations: &[String]) -> String {
    let mut text = "use aws_sdk_organizations::config::{BehaviorVersion, Config, Region};\n\
                    use aws_sdk_organizations::operation::RequestId;\n\
                    use aws_sdk_organizations::Client;\n\n\
                    fn client() -> Client {\n    \
                    let config = Config::builder().behavior_version(BehaviorVersion::v2025_08_07());\n    \
                    Client::from_conf(config.region(Region::new(\"us-east-1\")).build())\n}\n\n"
        .to_owned();
    for (number, operation) in operations.iter().enumerate() {
        text += &format!(
            "async fn call{number}(client: &Client) -> Option<String> {{\n    \
             client.{operation}().send().await.ok()?.request_id().map(str::to_owned)\n}}\n\n"
        );
    }
    let clients = BTreeMap::from([("client".to_owned(), "client()".to_owned())]);
    let calls = vec!["client".to_owned(); operations.len()];
    text + &main_of(&clients, &calls, "Option<String>")
}
