//! The heads of tables, and the words of the column Required.

use std::sync::LazyLock;

use super::{Phrases, begins_word, plain};

/// The content of a table's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Name,
    Required,
    Type,
    Description,
    Code,
}

/// The heads of columns.
static HEADS: LazyLock<Phrases<Role>> = LazyLock::new(|| {
    Phrases::of(&[
        // English
        ("parameter name", Role::Name),
        ("field name", Role::Name),
        ("parameter", Role::Name),
        ("name", Role::Name),
        ("field", Role::Name),
        ("required", Role::Required),
        ("type", Role::Type),
        ("data type", Role::Type),
        ("description", Role::Description),
        ("error codes", Role::Code),
        ("error code", Role::Code),
        ("error description", Role::Description),
        ("parameters", Role::Name),
        ("param", Role::Name),
        ("mandatory", Role::Required),
        ("is required", Role::Required),
        ("required or not", Role::Required),
        ("parameter type", Role::Type),
        // Chinese
        ("参数名称", Role::Name),
        ("参数名", Role::Name),
        ("參數名稱", Role::Name),
        ("字段名称", Role::Name),
        ("名称", Role::Name),
        ("名稱", Role::Name),
        ("是否必选", Role::Required),
        ("是否必填", Role::Required),
        ("必选", Role::Required),
        ("必選", Role::Required),
        ("必填", Role::Required),
        ("数据类型", Role::Type),
        ("类型", Role::Type),
        ("類型", Role::Type),
        ("描述", Role::Description),
        ("说明", Role::Description),
        ("說明", Role::Description),
        ("错误码", Role::Code),
        ("错误代码", Role::Code),
        ("错误码描述", Role::Description),
        ("错误描述", Role::Description),
        ("错误信息", Role::Description),
        ("解释", Role::Description),
        ("含义", Role::Description),
        ("参数类型", Role::Type),
        ("参数说明", Role::Description),
        ("参数描述", Role::Description),
        ("是否必须", Role::Required),
        ("是否必需", Role::Required),
        ("必需", Role::Required),
        ("必须", Role::Required),
        ("参数", Role::Name),
        ("字段", Role::Name),
        ("字段名", Role::Name),
        ("参数名字", Role::Name),
        ("是否必選", Role::Required),
        ("錯誤描述", Role::Description),
        ("錯誤碼", Role::Code),
        // Japanese
        ("パラメータ名", Role::Name),
        ("パラメーター名", Role::Name),
        ("名前", Role::Name),
        ("必須", Role::Required),
        ("タイプ", Role::Type),
        ("型", Role::Type),
        ("説明", Role::Description),
        ("エラーコード", Role::Code),
        ("パラメータ名称", Role::Name),
        ("パラメータ", Role::Name),
        ("フィールド名", Role::Name),
        ("必須項目", Role::Required),
        ("入力必須", Role::Required),
        ("必須かどうか", Role::Required),
        ("必須/任意", Role::Required),
        ("要否", Role::Required),
        ("データ型", Role::Type),
        ("データタイプ", Role::Type),
        ("種類", Role::Type),
        ("エラーの説明", Role::Description),
        ("エラー説明", Role::Description),
        ("記述", Role::Description),
        ("内容", Role::Description),
        // Korean
        ("매개변수 이름", Role::Name),
        ("파라미터 이름", Role::Name),
        ("이름", Role::Name),
        ("필수 여부", Role::Required),
        ("필수", Role::Required),
        ("유형", Role::Type),
        ("타입", Role::Type),
        ("설명", Role::Description),
        ("오류 코드", Role::Code),
        ("에러 코드", Role::Code),
        ("오류코드", Role::Code),
        ("매개변수", Role::Name),
        ("파라미터", Role::Name),
        ("파라미터명", Role::Name),
        ("매개변수명", Role::Name),
        ("필수 항목 여부", Role::Required),
        ("필수 입력", Role::Required),
        ("필수 항목", Role::Required),
        ("필수여부", Role::Required),
        ("필수 입력 여부", Role::Required),
        ("데이터 유형", Role::Type),
        ("데이터 타입", Role::Type),
        ("오류 설명", Role::Description),
        ("설명문", Role::Description),
        // Portuguese and Spanish
        ("nome do parâmetro", Role::Name),
        ("nombre del parámetro", Role::Name),
        ("nome", Role::Name),
        ("nombre", Role::Name),
        ("obrigatório", Role::Required),
        ("obligatorio", Role::Required),
        ("requerido", Role::Required),
        ("tipo", Role::Type),
        ("descrição", Role::Description),
        ("descripción", Role::Description),
        ("código de erro", Role::Code),
        ("código de error", Role::Code),
        ("parâmetro", Role::Name),
        ("parámetro", Role::Name),
        ("nombre de parámetro", Role::Name),
        ("necessário", Role::Required),
        ("necesario", Role::Required),
        ("obrigatória", Role::Required),
        ("exigido", Role::Required),
        ("requerida", Role::Required),
        ("tipo de dados", Role::Type),
        ("tipo de datos", Role::Type),
        ("descrição do erro", Role::Description),
        ("descripción del error", Role::Description),
        // Russian
        ("имя параметра", Role::Name),
        ("название параметра", Role::Name),
        ("имя", Role::Name),
        ("название", Role::Name),
        ("обязательный", Role::Required),
        ("обязательно", Role::Required),
        ("тип", Role::Type),
        ("описание", Role::Description),
        ("код ошибки", Role::Code),
        ("параметр", Role::Name),
        ("наименование параметра", Role::Name),
        ("имя поля", Role::Name),
        ("требуется", Role::Required),
        ("обязательность", Role::Required),
        ("обязательный параметр", Role::Required),
        ("необходимость", Role::Required),
        ("необходимый", Role::Required),
        ("тип данных", Role::Type),
        ("описание ошибки", Role::Description),
        // Indonesian
        ("nama parameter", Role::Name),
        ("nama", Role::Name),
        ("diperlukan", Role::Required),
        ("wajib", Role::Required),
        ("tipe", Role::Type),
        ("jenis", Role::Type),
        ("deskripsi", Role::Description),
        ("kode kesalahan", Role::Code),
        ("kode error", Role::Code),
        ("parameter wajib", Role::Required),
        ("harus diisi", Role::Required),
        ("tipe data", Role::Type),
        ("keterangan", Role::Description),
        // German and French
        ("parametername", Role::Name),
        ("erforderlich", Role::Required),
        ("typ", Role::Type),
        ("beschreibung", Role::Description),
        ("fehlercode", Role::Code),
        ("nom du paramètre", Role::Name),
        ("nom", Role::Name),
        ("obligatoire", Role::Required),
        ("requis", Role::Required),
        ("code d'erreur", Role::Code),
    ])
});

/// Returns the content of the column with this head.
pub(crate) fn role(head: &str) -> Option<Role> {
    HEADS.get(plain(head))
}

/// Returns the columns of a head with cells joined by spaces, if the whole line is one.
pub(crate) fn joined_head(line: &str) -> Option<Vec<Role>> {
    if line.len() > 160 || !begins_word(line) {
        return None;
    }
    let mut rest = line;
    let mut roles: Vec<Role> = Vec::new();
    while !rest.is_empty() {
        let (_, role, after) = HEADS
            .prefixes(rest)
            .filter(|(.., rest)| rest.is_empty() || rest.starts_with(char::is_whitespace))
            .min_by_key(|(.., rest)| rest.len())?;
        if roles.contains(&role) {
            return None;
        }
        roles.push(role);
        rest = after.trim_start();
    }
    is_head(&roles).then_some(roles)
}

/// Whether a table of a page has these columns, in this order.
pub(crate) fn is_head(roles: &[Role]) -> bool {
    use Role::{Code, Description, Name, Required, Type};
    matches!(
        roles,
        [Name, Required, Type, Description]
            | [Name, Type, Required, Description]
            | [Name, Type, Description]
            | [Code, Description]
    )
}

/// Whether a cell says that a parameter is required (`true`) or not (`false`).
pub(crate) fn required(cell: &str) -> Option<bool> {
    static WORDS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
        Phrases::of(&[
            ("yes", true),
            ("y", true),
            ("true", true),
            ("required", true),
            ("是", true),
            ("必选", true),
            ("必填", true),
            ("はい", true),
            ("必須", true),
            ("예", true),
            ("네", true),
            ("필수", true),
            ("필요", true),
            ("要", true),
            ("必需", true),
            ("必须", true),
            ("sim", true),
            ("sí", true),
            ("si", true),
            ("да", true),
            ("обязательно", true),
            ("обязательный", true),
            ("ya", true),
            ("ja", true),
            ("oui", true),
            ("✓", true),
            ("✔", true),
            ("√", true),
            ("☑", true),
            ("✅", true),
            ("✔️", true),
            ("no", false),
            ("n", false),
            ("false", false),
            ("optional", false),
            ("否", false),
            ("可选", false),
            ("いいえ", false),
            ("不要", false),
            ("不必", false),
            ("非必选", false),
            ("非必填", false),
            ("非必須", false),
            ("任意", false),
            ("아니요", false),
            ("아니오", false),
            ("선택", false),
            ("불필요", false),
            ("não", false),
            ("nao", false),
            ("нет", false),
            ("необязательно", false),
            ("необязательный", false),
            ("opcional", false),
            ("tidak", false),
            ("nein", false),
            ("non", false),
            ("✗", false),
            ("✘", false),
            ("×", false),
            ("✕", false),
            ("❌", false),
            ("☐", false),
        ])
    });
    WORDS.get(cell)
}

/// Whether a line is a table's head without cell separators: `Parameter NameRequiredType…`.
pub(crate) fn has_glued_head(line: &str) -> bool {
    // Such a head has few spaces and no punctuation.
    let spaces = memchr::memchr_iter(b' ', line.as_bytes()).count();
    if line.len() > 160 || spaces > 5 || !begins_word(line) || line.contains([':', '.', '=', '|']) {
        return false;
    }
    // In a normal head, spaces separate the cells. Here the next cell follows directly.
    let mut rest = line.trim();
    let mut roles = Vec::new();
    let mut glued = 0;
    while !rest.is_empty() {
        let longest = HEADS.prefixes(rest).min_by_key(|(.., rest)| rest.len());
        let Some((_, role, after)) = longest else {
            return false;
        };
        roles.push(role);
        rest = after.trim_start();
        glued += usize::from(!rest.is_empty() && rest.len() == after.len());
    }
    is_head(&roles) && glued + 1 == roles.len()
}

#[cfg(test)]
mod tests {
    use super::{Role, has_glued_head, joined_head, required, role};

    #[test]
    fn heads() {
        for (line, is_input) in [
            ("Parameter Name Required Type Description", true),
            ("Parameter Name Type Description", false),
            ("参数名称 必选 类型 描述", true),
            ("パラメータ名 必須項目 タイプ 説明", true),
            ("매개변수 이름 필수 항목 여부 유형 설명", true),
            ("Имя параметра Требуется Тип Описание", true),
            ("Название параметра Обязательный Тип Описание", true),
            ("Nome do parâmetro Obrigatório Tipo Descrição", true),
            ("Nama Parameter Wajib Tipe Deskripsi", true),
        ] {
            let roles = joined_head(line).expect(line);
            assert_eq!(roles.contains(&Role::Required), is_input, "{line}");
        }
        assert!(joined_head("Name the Type of Description").is_none());
        assert_eq!(role("Error Description"), Some(Role::Description));
        assert!(has_glued_head("Parameter NameRequiredTypeDescription"));
        assert!(has_glued_head("参数名称必选类型描述"));
        assert!(!has_glued_head("Parameter Name Required Type Description"));
    }

    #[test]
    fn required_cells() {
        for (cell, expect) in [
            ("Yes", true),
            ("No", false),
            ("是", true),
            ("否", false),
            ("はい", true),
            ("いいえ", false),
            ("要", true),
            ("예", true),
            ("아니요", false),
            ("Да", true),
            ("Нет", false),
            ("Sim", true),
            ("Não", false),
            ("Ya", true),
            ("Tidak", false),
            ("✓", true),
            ("✗", false),
        ] {
            assert_eq!(required(cell), Some(expect), "{cell}");
        }
        assert_eq!(required("String"), None);
    }
}
