//! Start and stop of an emulator.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use tc3_emulator::{Emulator, StartError};
use tc3_spec::Spec;

use super::raw::READ_TIMEOUT;

fn start() -> Emulator {
    let started = Emulator::builder().start_blocking();
    started.expect("the emulator starts")
}

#[test]
fn package_has_the_specs_of_the_project() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = |folder: PathBuf| {
        let services = fs::read_dir(folder).expect("a folder").flatten();
        let files = services.flat_map(|service| Spec::files(&service.path()).expect("a service"));
        let names = files.map(|file| {
            let name = file.iter().rev().take(2).map(|part| part.to_owned());
            let text = fs::read_to_string(&file).expect("a spec");
            (name.collect::<Vec<_>>(), text)
        });
        names.collect::<BTreeMap<_, _>>()
    };
    let reviewed = list(package.join("../../specs"));
    assert!(!reviewed.is_empty());
    assert!(
        list(package.join("specs")) == reviewed,
        "link each spec into crates/emulator/specs"
    );
}

#[test]
fn separate_ports() {
    let (one, other) = (start(), start());
    assert_ne!(one.address(), other.address());
    for emulator in [&one, &other] {
        assert!(emulator.address().ip().is_loopback());
        TcpStream::connect(emulator.address()).expect("it listens");
    }
}

#[test]
fn drop_stops_the_server() {
    // A separate loopback address where available, so that no other test takes over the port.
    let host = if cfg!(target_os = "linux") {
        "127.0.0.77:0"
    } else {
        "127.0.0.1:0"
    };
    let builder = Emulator::builder().listen(host.parse().expect("an address"));
    let emulator = builder.start_blocking().expect("the emulator starts");
    let address = emulator.address();
    let mut idle = TcpStream::connect(address).expect("it listens");
    let mut waiting = TcpStream::connect(address).expect("it listens");
    // A delayed response does not keep the server alive.
    let request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nX-Emulator-Fault: {\"delay_ms\":600000}\r\n\r\n";
    waiting.write_all(request.as_bytes()).expect("it is sent");
    drop(emulator);
    for stream in [&mut idle, &mut waiting] {
        stream
            .set_read_timeout(Some(READ_TIMEOUT))
            .expect("a time-out");
        let mut rest = Vec::new();
        // Closing with unread input resets the connection.
        let _ = stream.read_to_end(&mut rest);
        assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
    }
    let refused = TcpStream::connect(address).expect_err("the server is stopped");
    assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
}

#[test]
fn unusable_listen_address_is_rejected() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address");
    let refused = Emulator::builder().listen(address).start_blocking();
    assert!(
        matches!(refused, Err(StartError::Listen { .. })),
        "{refused:?}"
    );
    let everywhere = "0.0.0.0:0".parse().expect("an address");
    let refused = Emulator::builder().listen(everywhere).start_blocking();
    assert!(
        matches!(refused, Err(StartError::NotLoopback(_))),
        "{refused:?}"
    );
}

#[test]
fn failed_start_leaves_no_state_file() {
    let path = std::env::temp_dir().join(format!("tc3-emulator-{}.json", std::process::id()));
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address");
    let builder = Emulator::builder().state_file(&path).listen(address);
    builder.start_blocking().expect_err("the port is taken");
    assert!(!path.exists());
}
