//! Names for the values of options: regions and profiles.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The regions that most services have, as the vendor's documentation names them.
pub(super) static REGIONS: [(&str, &str); 22] = [
    ("ap-bangkok", "Bangkok"),
    ("ap-beijing", "Beijing"),
    ("ap-beijing-fsi", "Beijing Finance"),
    ("ap-chengdu", "Chengdu"),
    ("ap-chongqing", "Chongqing"),
    ("ap-guangzhou", "Guangzhou"),
    ("ap-hongkong", "Hong Kong"),
    ("ap-jakarta", "Jakarta"),
    ("ap-mumbai", "Mumbai"),
    ("ap-nanjing", "Nanjing"),
    ("ap-seoul", "Seoul"),
    ("ap-shanghai", "Shanghai"),
    ("ap-shanghai-fsi", "Shanghai Finance"),
    ("ap-shenzhen-fsi", "Shenzhen Finance"),
    ("ap-singapore", "Singapore"),
    ("ap-taipei", "Taipei"),
    ("ap-tokyo", "Tokyo"),
    ("eu-frankfurt", "Frankfurt"),
    ("na-ashburn", "Virginia"),
    ("na-siliconvalley", "Silicon Valley"),
    ("na-toronto", "Toronto"),
    ("sa-saopaulo", "São Paulo"),
];

/// Returns the names of the profiles in the credential files of the runtime and of tccli.
pub(super) fn profiles() -> Vec<String> {
    let home = env::home_dir().filter(|home| !home.as_os_str().is_empty());
    let of_home = |file: &str| home.as_ref().map(|home| home.join(file));
    let set = env::var_os("TENCENTCLOUD_CREDENTIALS_FILE").filter(|file| !file.is_empty());
    let files = match set {
        Some(file) => vec![PathBuf::from(file)],
        None => of_home(".tencentcloud/credentials")
            .into_iter()
            .chain(["/etc/tencentcloud/credentials".into()])
            .collect(),
    };
    let mut names: Vec<String> = files.iter().flat_map(|file| sections(file)).collect();
    let of_tccli = of_home(".tccli").and_then(|folder| fs::read_dir(folder).ok());
    for entry in of_tccli.into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap_or_default();
        names.extend(name.strip_suffix(".credential").map(str::to_owned));
    }
    names.sort();
    names.dedup();
    names
}

/// Returns the sections of an ini file. Its other lines have secrets.
fn sections(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let names = text.lines().filter_map(|line| {
        let (name, _) = line.trim().strip_prefix('[')?.split_once(']')?;
        Some(name.trim().to_owned())
    });
    names.collect()
}
