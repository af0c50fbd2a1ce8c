//! Names for the values of options: regions and profiles.

use std::{env, fs};

use crate::profile_file;

/// Common regions, by their names in the vendor's documentation.
pub(crate) static REGIONS: [(&str, &str); 22] = [
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
pub(crate) fn profiles() -> Vec<String> {
    let mut files = Vec::from_iter(profile_file::path());
    if env::var_os(profile_file::FILE).is_none_or(|file| file.is_empty()) {
        files.push("/etc/tencentcloud/credentials".into());
    }
    let texts = files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok());
    let names = texts.flat_map(|text| {
        let sections = profile_file::sections(&text).into_iter();
        sections.map(str::to_owned).collect::<Vec<_>>()
    });
    let mut names: Vec<String> = names.collect();
    let of_tccli = profile_file::home().map(|home| home.join(".tccli"));
    let of_tccli = of_tccli.and_then(|folder| fs::read_dir(folder).ok());
    for entry in of_tccli.into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap_or_default();
        names.extend(name.strip_suffix(".credential").map(str::to_owned));
    }
    names.sort();
    names.dedup();
    names
}
