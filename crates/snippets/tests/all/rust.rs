//! Compiles the snapshots of Rust, and runs them against the emulator.
//!
//! Their endpoint is a host that does not exist, so a proxy forwards their requests to the emulator. Each snapshot runs in
//! its own process, because clients read the proxy from the environment.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::{env, thread};

use tc3_emulator::Emulator;
use tempfile::TempDir;

use crate::calls::organization;
use crate::run::{check, isolate};

/// Defines modules with the programs of the calls, and a table of their main functions.
macro_rules! programs {
    ($($call:ident)*) => {
        mod programs {
            $(pub(super) mod $call {
                pub(in super::super) mod rust {
                    include!(concat!("../snapshots/", stringify!($call), "/rust.rs"));
                    pub(in super::super::super) fn run() -> Result<(), Box<dyn std::error::Error>> {
                        main()
                    }
                }
                pub(in super::super) mod blocking {
                    include!(concat!("../snapshots/", stringify!($call), "/rust-blocking.rs"));
                    pub(in super::super::super) fn run() -> Result<(), Box<dyn std::error::Error>> {
                        main()
                    }
                }
                pub(in super::super) mod by_macro {
                    include!(concat!("../snapshots/", stringify!($call), "/macro.rs"));
                    pub(in super::super::super) fn run() -> Result<(), Box<dyn std::error::Error>> {
                        main()
                    }
                }
            })*
        }

        const PROGRAMS: &[(&str, &[(&str, Program)])] = &[$(
            (stringify!($call), &[
                ("rust", programs::$call::rust::run),
                ("rust-blocking", programs::$call::blocking::run),
                ("macro", programs::$call::by_macro::run),
            ]),
        )*];
    };
}

type Program = fn() -> Result<(), Box<dyn std::error::Error>>;

programs! { nothing scalars lists texts booleans undocumented incomplete }

const PROGRAM: &str = "TC3_SNIPPET";

#[test]
fn programs_make_the_call() {
    let place = TempDir::new().expect("a folder");
    let emulator = Emulator::builder().rate_limits(false);
    let emulator = emulator.start_blocking().expect("it starts");
    let proxy = proxy(emulator.address()).expect("it starts");
    let calls = organization();
    assert_eq!(calls.len(), PROGRAMS.len());
    for (call, programs) in PROGRAMS {
        let named = calls.iter().find(|named| named.name == *call);
        let named = named.expect("it is a call of the tests");
        for (kind, _) in *programs {
            emulator.clear_requests();
            let mut command = Command::new(env::current_exe().expect("the tests have a file"));
            isolate(&mut command, place.path());
            command.env("http_proxy", format!("http://{proxy}"));
            command.env(PROGRAM, format!("{call} {kind}"));
            command.args(["--exact", "rust::program", "--ignored", "--nocapture"]);
            let output = command.output().expect("it starts");
            let stderr = String::from_utf8_lossy(&output.stderr);
            let requests = emulator.requests();
            let [request] = &requests[..] else {
                panic!(
                    "{call} in {kind} made {} requests:\n{stderr}",
                    requests.len()
                );
            };
            check(
                named,
                &request.understood,
                &format!("{call} in {kind}:\n{stderr}"),
            );
        }
    }
}

/// Runs the program that the environment names.
#[test]
#[ignore = "a part of `programs_make_the_call`"]
fn program() -> Result<(), Box<dyn std::error::Error>> {
    let named = env::var(PROGRAM)?;
    for (call, programs) in PROGRAMS {
        for (kind, run) in *programs {
            if named == format!("{call} {kind}") {
                return run();
            }
        }
    }
    Err(format!("no program {named}").into())
}

/// Starts a proxy that connects every tunnel to one server.
fn proxy(server: SocketAddr) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            thread::spawn(move || tunnel(client, server));
        }
    });
    Ok(address)
}

fn tunnel(mut client: TcpStream, server: SocketAddr) -> io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    let mut server = TcpStream::connect(server)?;
    let mut responses = server.try_clone()?;
    thread::spawn(move || io::copy(&mut responses, &mut client));
    io::copy(&mut reader, &mut server)?;
    Ok(())
}
