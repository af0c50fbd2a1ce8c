//! The words of pages of data types.

use super::{is, plain};

/// Whether this is the title or file name of a page of data types.
pub(crate) fn is_data_types(title: &str) -> bool {
    const TITLES: &[&str] = &[
        "data types",
        "data type",
        "datatypes",
        "数据结构",
        "資料結構",
        "データ型",
        "データ構造",
        "데이터 유형",
        "데이터 구조",
        "tipos de dados",
        "типы данных",
        "tipe data",
    ];
    let title = plain(title);
    TITLES.iter().any(|known| is(title, known))
}

/// Whether a line begins with the words before the list of the actions that use a structure.
pub(crate) fn is_used_by(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "Used by actions:",
        "Used by actions：",
        "Used by action",
        "Used by the following",
        "Referenced by",
        "This structure is used by",
        "This structure is referenced by",
        "It is used by",
        "以下接口引用",
        "被接口引用",
        "次のAPI",
        "以下のAPI",
        "以下のインターフェース",
        "参照元",
        "다음 API",
        "아래 API",
        "Referenciado por",
        "Usado pelas",
        "Usado pelos",
        "Usada por",
        "Utilizado por",
        "被如下接口引用",
        "被以下接口引用",
        "次のインターフェース",
        "다음 인터페이스",
        "Usado por",
        "Используется",
        "Digunakan oleh",
    ];
    let line = line.trim_start_matches(['*', '_', '>', ' ']);
    BEGINNINGS
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

/// Whether a line is a list of actions after some words and a colon, in any language: `…: CreateUser, GetUser.`
pub(crate) fn is_list_of_actions(line: &str) -> bool {
    let Some((_, list)) = line.split_once([':', '：']) else {
        return false;
    };
    let is_action = |name: &str| {
        let name = name.trim().trim_end_matches(['.', '。']);
        name.len() > 4
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    list.split([',', '，', '、']).all(is_action)
}

#[cfg(test)]
mod tests {
    use super::is_used_by;

    #[test]
    fn lists_of_actions() {
        for line in [
            "Used by actions: ListBoxes.",
            "Referenced by the following API(s): ListBoxes。",
            "Referenced by the API ListBoxes.",
            "被如下接口引用：ListBoxes、CloseBox。",
            "次のインターフェースに引用：ListBoxes。",
            "다음 인터페이스에 의해 인용됨: ListBoxes。",
        ] {
            assert!(is_used_by(line), "{line}");
        }
        assert!(!is_used_by("Used by nobody."));
    }
}
