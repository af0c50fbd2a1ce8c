//! The state file.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tc3_emulator::state::Account;
use tc3_emulator::{Emulator, State};

/// A reader sees the old state or the new one, never a partial file.
#[test]
fn state_file_is_replaced_atomically() {
    let path = std::env::temp_dir().join(format!("tc3-emulator-whole-{}.json", std::process::id()));
    let builder = Emulator::builder().state_file(&path);
    let emulator = builder.start_blocking().expect("the emulator starts");
    // Large enough that writing takes a while.
    let accounts = (1_000..6_000).map(|uin| Account {
        uin,
        ..Account::default()
    });
    let added = emulator.change(|state| state.accounts.extend(accounts));
    added.expect("the state changes");
    let is_over = AtomicBool::new(false);
    let reads = thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !is_over.load(Ordering::Relaxed) {
                let text = fs::read_to_string(&path).expect("the file is there");
                let state: State = serde_json::from_str(&text).expect("the file is whole");
                assert!(state.accounts.len() > 5_000);
                reads += 1;
            }
            reads
        });
        for _ in 0..50 {
            let moved = emulator.advance(Duration::from_secs(1));
            moved.expect("the clock moves");
        }
        is_over.store(true, Ordering::Relaxed);
        reader.join().expect("each read finds a whole state")
    });
    assert!(reads > 0);
    drop(emulator);
    for ending in ["", ".emulator-lock"] {
        let file = format!("{}{ending}", path.display());
        fs::remove_file(file).expect("it was written");
    }
}
