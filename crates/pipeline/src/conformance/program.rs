//! Builds and runs the programs that decode responses and encode them again.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::responses::Service;

/// Builds all programs.
pub(super) fn build(out: &Path) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "build",
            "--workspace",
            "--no-default-features",
            "--manifest-path",
        ])
        .arg(out.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", out.join("target"))
        // The programs are never debugged.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .status()
        .context("cannot run cargo")?;
    if !status.success() {
        bail!("the generated crates in {} do not build", out.display());
    }
    Ok(())
}

/// Runs a service's program. Returns each re-encoded response, or why it could not be decoded.
pub(super) fn echo(service: &Service, out: &Path) -> Result<Vec<Result<Value, String>>> {
    let name = format!("tencentcloud-{}", service.name) + std::env::consts::EXE_SUFFIX;
    let program = out.join("target/debug").join(name);
    let context = || format!("cannot run {}", program.display());
    let mut child = Command::new(&program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(context)?;
    let mut input = String::new();
    for response in service.well_formed() {
        let value = response.value.unwrap_or(&Value::Null);
        let (version, action) = (&response.spec.version, response.action);
        let _ = writeln!(input, "{version}\t{action}\t{value}");
    }
    let mut stdin = child.stdin.take().with_context(context)?;
    // Writes from another thread, because the program writes while it reads and a full pipe would block both.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().with_context(context)?;
    let written = writer
        .join()
        .unwrap_or_else(|_| Err(io::Error::other("writing panicked")));
    let (out, status) = (output.stdout, output.status);
    let lines: Vec<&[u8]> = out.split_inclusive(|byte| *byte == b'\n').collect();
    let (printed, sent) = (lines.len(), service.well_formed().count());
    // Checked before the write error, which a failed program also causes.
    if !status.success() || printed != sent {
        bail!(
            "{} printed {printed} lines for {sent} responses: {status}",
            program.display()
        );
    }
    written.with_context(context)?;
    let context = || format!("{} printed a line that is not JSON", program.display());
    let echoes = lines
        .into_iter()
        .map(|line| match line.strip_prefix(b"\t") {
            Some(error) => Ok(Err(String::from_utf8_lossy(error).trim_end().to_owned())),
            None => serde_json::from_slice(line).map(Ok).with_context(context),
        });
    echoes.collect()
}
