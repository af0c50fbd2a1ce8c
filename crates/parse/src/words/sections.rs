//! The sections of an action's page, and sentences that belong to one.

use std::sync::LazyLock;

use super::{Phrases, begins_word, contains_any, is, numbered, plain};

/// A section of an action's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Description,
    Input,
    Output,
    Example,
    Resources,
    Errors,
}

/// Returns the section that begins with this line, with or without its number.
pub(crate) fn section(line: &str) -> Option<Section> {
    // No section title is longer.
    if line.len() > 100 || !begins_word(line) {
        return None;
    }
    static TITLES: LazyLock<Phrases<Section>> = LazyLock::new(|| {
        Phrases::of(&[
            ("api description", Section::Description),
            ("interface description", Section::Description),
            ("接口说明", Section::Description),
            ("功能描述", Section::Description),
            ("介面描述", Section::Description),
            ("api説明", Section::Description),
            ("api 説明", Section::Description),
            ("apiの説明", Section::Description),
            ("インターフェースの説明", Section::Description),
            ("api의 설명", Section::Description),
            ("인터페이스 설명", Section::Description),
            ("descripción de la api", Section::Description),
            ("описание интерфейса", Section::Description),
            ("api-beschreibung", Section::Description),
            ("description de l'api", Section::Description),
            ("接口描述", Section::Description),
            ("api の説明", Section::Description),
            ("api 설명", Section::Description),
            ("descrição da api", Section::Description),
            ("описание api", Section::Description),
            ("deskripsi api", Section::Description),
            ("input parameters", Section::Input),
            ("request parameters", Section::Input),
            ("input parameter", Section::Input),
            ("请求参数", Section::Input),
            ("請求參數", Section::Input),
            ("入力パラメーター", Section::Input),
            ("パラメータ入力", Section::Input),
            ("リクエストパラメータ", Section::Input),
            ("リクエストパラメーター", Section::Input),
            ("요청 매개변수", Section::Input),
            ("요청 파라미터", Section::Input),
            ("parámetros de entrada", Section::Input),
            ("параметры запроса", Section::Input),
            ("eingabeparameter", Section::Input),
            ("paramètres d'entrée", Section::Input),
            ("输入参数", Section::Input),
            ("輸入參數", Section::Input),
            ("入力パラメータ", Section::Input),
            ("입력 매개변수", Section::Input),
            ("입력 파라미터", Section::Input),
            ("parâmetros de entrada", Section::Input),
            ("входные параметры", Section::Input),
            ("parameter input", Section::Input),
            ("parameter masukan", Section::Input),
            ("output parameters", Section::Output),
            ("return parameters", Section::Output),
            ("response parameters", Section::Output),
            ("returned parameters", Section::Output),
            ("output parameter", Section::Output),
            ("返回参数", Section::Output),
            ("响应参数", Section::Output),
            ("返回參數", Section::Output),
            ("出力パラメーター", Section::Output),
            ("パラメータ出力", Section::Output),
            ("レスポンスパラメータ", Section::Output),
            ("レスポンスパラメーター", Section::Output),
            ("응답 매개변수", Section::Output),
            ("응답 파라미터", Section::Output),
            ("반환 매개변수", Section::Output),
            ("parámetros de salida", Section::Output),
            ("параметры ответа", Section::Output),
            ("ausgabeparameter", Section::Output),
            ("paramètres de sortie", Section::Output),
            ("输出参数", Section::Output),
            ("輸出參數", Section::Output),
            ("出力パラメータ", Section::Output),
            ("출력 매개변수", Section::Output),
            ("출력 파라미터", Section::Output),
            ("parâmetros de saída", Section::Output),
            ("выходные параметры", Section::Output),
            ("parameter output", Section::Output),
            ("parameter keluaran", Section::Output),
            ("example", Section::Example),
            ("sample", Section::Example),
            ("samples", Section::Example),
            ("example code", Section::Example),
            ("sample code", Section::Example),
            ("sample codes", Section::Example),
            ("code examples", Section::Example),
            ("code samples", Section::Example),
            ("範例", Section::Example),
            ("样例", Section::Example),
            ("示例代码", Section::Example),
            ("샘플", Section::Example),
            ("ejemplo", Section::Example),
            ("ejemplos", Section::Example),
            ("beispiel", Section::Example),
            ("beispiele", Section::Example),
            ("exemple", Section::Example),
            ("exemples", Section::Example),
            ("examples", Section::Example),
            ("示例", Section::Example),
            ("サンプル", Section::Example),
            ("例", Section::Example),
            ("예시", Section::Example),
            ("예제", Section::Example),
            ("exemplo", Section::Example),
            ("exemplos", Section::Example),
            ("пример", Section::Example),
            ("примеры", Section::Example),
            ("contoh", Section::Example),
            ("developer resources", Section::Resources),
            ("resources for developers", Section::Resources),
            ("other resources", Section::Resources),
            ("sdk", Section::Resources),
            ("api explorer", Section::Resources),
            ("tccli", Section::Resources),
            ("command line interface", Section::Resources),
            ("命令行工具", Section::Resources),
            ("其他资源", Section::Resources),
            ("開発者向けリソース", Section::Resources),
            ("デベロッパーリソース", Section::Resources),
            ("recursos para desarrolladores", Section::Resources),
            ("recursos do desenvolvedor", Section::Resources),
            ("ресурсы разработчика", Section::Resources),
            ("开发者资源", Section::Resources),
            ("開發者資源", Section::Resources),
            ("開発者リソース", Section::Resources),
            ("개발자 리소스", Section::Resources),
            ("recursos para desenvolvedores", Section::Resources),
            ("ресурсы для разработчиков", Section::Resources),
            ("sumber daya pengembang", Section::Resources),
            ("error code", Section::Errors),
            ("error code list", Section::Errors),
            ("list of error codes", Section::Errors),
            ("错误码表", Section::Errors),
            ("错误码列表", Section::Errors),
            ("오류코드", Section::Errors),
            ("에러 코드", Section::Errors),
            ("códigos de error", Section::Errors),
            ("código de error", Section::Errors),
            ("fehlercode", Section::Errors),
            ("fehlercodes", Section::Errors),
            ("codes d'erreur", Section::Errors),
            ("error codes", Section::Errors),
            ("错误码", Section::Errors),
            ("錯誤碼", Section::Errors),
            ("エラーコード", Section::Errors),
            ("오류 코드", Section::Errors),
            ("código de erro", Section::Errors),
            ("códigos de erro", Section::Errors),
            ("код ошибки", Section::Errors),
            ("коды ошибок", Section::Errors),
            ("kode kesalahan", Section::Errors),
            ("kode error", Section::Errors),
        ])
    });
    let (_, title) = numbered(plain(line));
    TITLES.get(title)
}

/// Whether a sentence announces a table of error codes.
pub(crate) fn announces_errors(line: &str) -> bool {
    // In each language, words for error codes and words for their list.
    const WORDS: &[(&[&str], &[&str])] = &[
        (
            &["error code"],
            &["only list", "listed below", "lists the error", "following"],
        ),
        (&["错误码", "錯誤碼"], &["列出", "如下", "以下"]),
        (&["エラーコード"], &["以下", "リスト", "一覧", "次の"]),
        (&["오류 코드", "에러 코드"], &["나열", "다음", "아래"]),
        (
            &["códigos de erro", "códigos de error"],
            &["a seguir", "siguiente", "apenas", "solo"],
        ),
        (
            &["кодов ошибок", "коды ошибок"],
            &["ниже", "следующ", "только"],
        ),
        (&["kode kesalahan", "kode error"], &["berikut", "hanya"]),
    ];
    WORDS
        .iter()
        .any(|(codes, list)| contains_any(line, codes) && contains_any(line, list))
}

/// Whether a sentence says that an action has no error codes of its own.
pub(crate) fn says_no_errors(line: &str) -> bool {
    const SENTENCES: &[&str] = &[
        "暂无业务逻辑相关的错误码",
        "暫無業務邏輯相關的錯誤碼",
        "no error code",
        "no error codes",
        "нет кодов ошибок",
        "коды ошибок отсутствуют",
        "não há códigos de erro",
        "não há código de erro",
        "no hay códigos de error",
        "tidak ada kode kesalahan",
        "tidak ada kode error",
        "エラーコードはありません",
        "エラーコードがありません",
        "오류 코드가 없",
        "오류 코드는 없",
        "no specific error code",
        "no business logic error code",
        "no business error code",
        "ビジネスロジックに関連するエラーコードはありません",
        "비즈니스 로직과 관련된 오류 코드가 없습니다",
    ];
    // Excludes messages in an example's JSON.
    if !begins_word(line) {
        return false;
    }
    // Most lines do not mention error codes.
    let mentions_codes = [
        "rror code",
        "码",
        "碼",
        "コード",
        "코드",
        "шиб",
        "erro",
        "kode",
    ]
    .iter()
    .any(|word| line.contains(word));
    mentions_codes && contains_any(line, SENTENCES)
}

/// Whether this is the title of the page of common parameters.
pub(crate) fn is_common_parameters(title: &str) -> bool {
    const TITLES: &[&str] = &[
        "common parameters",
        "common params",
        "common request parameters",
        "公共参数",
        "公共请求参数",
        "公共參數",
        "公共請求參數",
        "共通パラメータ",
        "共通パラメーター",
        "共通リクエストパラメータ",
        "공통 매개변수",
        "공통 요청 매개변수",
        "공통 파라미터",
        "공통 요청 파라미터",
        "parâmetros comuns",
        "parámetros comunes",
        "общие параметры",
        "общие параметры запроса",
        "parameter umum",
    ];
    let (_, title) = numbered(plain(title));
    TITLES.iter().any(|known| is(title, known))
}

#[cfg(test)]
mod tests {
    use super::{Section, is_common_parameters, says_no_errors, section};

    #[test]
    fn sections() {
        for (line, expect) in [
            ("1. API Description", Section::Description),
            ("2. Input Parameters", Section::Input),
            ("2. Request Parameters", Section::Input),
            ("3. Return Parameters", Section::Output),
            ("4. Samples", Section::Example),
            ("5. Resources for Developers", Section::Resources),
            ("6. Other Resources", Section::Resources),
            ("SDK", Section::Resources),
            ("Error Codes", Section::Errors),
            ("4. 错误码表", Section::Errors),
            ("1. API説明", Section::Description),
            ("4. 例", Section::Example),
            ("6. エラーコード", Section::Errors),
            ("3. 출력 매개변수", Section::Output),
            ("6. 오류 코드", Section::Errors),
            ("2. Входные параметры", Section::Input),
        ] {
            assert_eq!(section(line), Some(expect), "{line}");
        }
        assert_eq!(section("Samples of boxes"), None);
        assert!(is_common_parameters("Common Request Parameters"));
    }

    #[test]
    fn sentences_without_codes() {
        for line in [
            "There is no error code related to the API business logic.",
            "This API has no business error codes.",
            "Não há códigos de erro relacionados à API.",
            "Tidak ada kode kesalahan.",
            "Коды ошибок отсутствуют.",
            "该接口暂无业务逻辑相关的错误码，其他错误码详见公共错误码。",
            "ビジネスロジックに関連するエラーコードはありません。",
            "API 비즈니스 로직과 관련된 오류 코드가 없습니다.",
        ] {
            assert!(says_no_errors(line), "{line}");
        }
    }
}
