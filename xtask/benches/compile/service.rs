//! The crate of a service, and its compilations.

use crate::measure::Lines;
use crate::workspace::{OURS, Workspace};

/// A crate of a service, and programs that call it.
pub(crate) struct Service {
    pub(crate) package: &'static str,
    pub(crate) actions: usize,
    pub(crate) lines: Lines,
    pub(crate) workspace: Workspace,
}

/// A compilation of a service's crate, or of a program with it, and the enabled feature.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Compilation {
    Check,
    Release,
    Program,
}

impl Service {
    pub(crate) fn seconds(&self, compilation: Compilation, feature: &str) -> f64 {
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
    pub(crate) fn sizes(&self) -> [u64; 2] {
        ["one", "all"].map(|program| {
            self.workspace.program(&[], program, "");
            self.workspace.size(program)
        })
    }

    pub(crate) fn bytes_an_action(&self) -> f64 {
        let [one, all] = self.sizes();
        (all - one) as f64 / (self.actions - 1) as f64
    }
}
