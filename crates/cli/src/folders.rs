//! The user's folders.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

const NAME: &str = "tc3";

/// Returns the folder of data: `$XDG_DATA_HOME/tc3`, `~/.local/share/tc3`, or `%APPDATA%\tc3`; `None` without a home.
pub(crate) fn data() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.data_dir().join(NAME))
}

/// Returns the cache folder: `$XDG_CACHE_HOME/tc3`, `~/.cache/tc3`, or `%LOCALAPPDATA%\tc3`; `None` without a home.
pub(crate) fn cache() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.cache_dir().join(NAME))
}
