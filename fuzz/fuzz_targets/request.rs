//! Requests to the emulator: it responds or closes the connection, and then serves the next client.

#![no_main]

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use tc3_emulator::Emulator;

/// Sends bytes to the emulator, and returns its response.
fn send(bytes: &[u8]) -> Vec<u8> {
    static EMULATOR: OnceLock<Emulator> = OnceLock::new();
    let emulator = EMULATOR.get_or_init(|| {
        let builder = Emulator::builder().timeout(Duration::from_millis(200));
        builder.start_blocking().expect("an emulator")
    });
    let mut stream = loop {
        match TcpStream::connect(emulator.address()) {
            // The system keeps the port of a closed connection for a minute.
            Err(error) if error.kind() == ErrorKind::AddrNotAvailable => {
                thread::sleep(Duration::from_secs(1));
            }
            connected => break connected.expect("a connection"),
        }
    };
    // The other side may close the connection at any time.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response);
    response
}

fuzz_target!(|bytes: &[u8]| {
    send(bytes);
    let response = send(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(response.starts_with(b"HTTP/1.1 "));
});
