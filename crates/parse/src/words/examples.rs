//! The headings of examples and of their parts.

use std::sync::LazyLock;

use super::{Phrases, begins_word, digits, is, plain};

/// The words before the number of an example.
static TITLES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(&[
        ("example", ()),
        ("sample", ()),
        ("示例", ()),
        ("範例", ()),
        ("样例", ()),
        ("サンプル", ()),
        ("例", ()),
        ("예시", ()),
        ("예제", ()),
        ("예", ()),
        ("샘플", ()),
        ("exemplo", ()),
        ("ejemplo", ()),
        ("пример", ()),
        ("contoh", ()),
        ("beispiel", ()),
        ("exemple", ()),
    ])
});

/// The role of a word in the heading of an example's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Request,
    Response,
    /// Names the content of the part.
    Any,
}

/// The words in headings of an example's parts. Other words do not occur in them.
static PARTS: LazyLock<Phrases<Part>> = LazyLock::new(|| {
    Phrases::of(&[
        // English
        ("input", Part::Request),
        ("request", Part::Request),
        ("output", Part::Response),
        ("response", Part::Response),
        ("return", Part::Response),
        ("returned", Part::Response),
        ("example", Part::Any),
        ("examples", Part::Any),
        ("sample", Part::Any),
        ("samples", Part::Any),
        ("code", Part::Any),
        ("parameter", Part::Any),
        ("parameters", Part::Any),
        ("data", Part::Any),
        ("body", Part::Any),
        ("message", Part::Any),
        ("result", Part::Any),
        ("of", Part::Any),
        ("the", Part::Any),
        // Chinese
        ("输入", Part::Request),
        ("輸入", Part::Request),
        ("请求", Part::Request),
        ("請求", Part::Request),
        ("入参", Part::Request),
        ("输出", Part::Response),
        ("輸出", Part::Response),
        ("返回", Part::Response),
        ("响应", Part::Response),
        ("響應", Part::Response),
        ("出参", Part::Response),
        ("示例", Part::Any),
        ("样例", Part::Any),
        ("範例", Part::Any),
        ("例子", Part::Any),
        ("例", Part::Any),
        ("代码", Part::Any),
        ("代碼", Part::Any),
        ("参数", Part::Any),
        ("參數", Part::Any),
        ("数据", Part::Any),
        ("报文", Part::Any),
        ("结果", Part::Any),
        // Japanese
        ("入力", Part::Request),
        ("リクエスト", Part::Request),
        ("要求", Part::Request),
        ("出力", Part::Response),
        ("レスポンス", Part::Response),
        ("応答", Part::Response),
        ("返却", Part::Response),
        ("サンプル", Part::Any),
        ("コード", Part::Any),
        ("パラメータ", Part::Any),
        ("パラメーター", Part::Any),
        ("データ", Part::Any),
        ("結果", Part::Any),
        ("の", Part::Any),
        // Korean
        ("입력", Part::Request),
        ("요청", Part::Request),
        ("출력", Part::Response),
        ("응답", Part::Response),
        ("반환", Part::Response),
        ("예시", Part::Any),
        ("예제", Part::Any),
        ("예", Part::Any),
        ("샘플", Part::Any),
        ("코드", Part::Any),
        ("매개변수", Part::Any),
        ("파라미터", Part::Any),
        ("결과", Part::Any),
        // Portuguese and Spanish
        ("entrada", Part::Request),
        ("solicitação", Part::Request),
        ("requisição", Part::Request),
        ("solicitud", Part::Request),
        ("saída", Part::Response),
        ("salida", Part::Response),
        ("resposta", Part::Response),
        ("respuesta", Part::Response),
        ("retorno", Part::Response),
        ("exemplo", Part::Any),
        ("exemplos", Part::Any),
        ("ejemplo", Part::Any),
        ("código", Part::Any),
        ("parâmetros", Part::Any),
        ("parámetros", Part::Any),
        ("de", Part::Any),
        ("da", Part::Any),
        // Russian
        ("ввода", Part::Request),
        ("запроса", Part::Request),
        ("запрос", Part::Request),
        ("входных", Part::Request),
        ("входные", Part::Request),
        ("вывода", Part::Response),
        ("ответа", Part::Response),
        ("ответ", Part::Response),
        ("выходных", Part::Response),
        ("выходные", Part::Response),
        ("пример", Part::Any),
        ("примеры", Part::Any),
        ("данных", Part::Any),
        ("данные", Part::Any),
        ("кода", Part::Any),
        ("код", Part::Any),
        ("параметры", Part::Any),
        ("параметров", Part::Any),
        // Indonesian
        ("masukan", Part::Request),
        ("permintaan", Part::Request),
        ("keluaran", Part::Response),
        ("respons", Part::Response),
        ("contoh", Part::Any),
        ("kode", Part::Any),
        // German and French
        ("eingabe", Part::Request),
        ("anfrage", Part::Request),
        ("eingabebeispiel", Part::Request),
        ("anfragebeispiel", Part::Request),
        ("ausgabebeispiel", Part::Response),
        ("antwortbeispiel", Part::Response),
        ("ausgabe", Part::Response),
        ("antwort", Part::Response),
        ("beispiel", Part::Any),
        ("entrée", Part::Request),
        ("requête", Part::Request),
        ("sortie", Part::Response),
        ("réponse", Part::Response),
        ("exemple", Part::Any),
        ("d'", Part::Any),
    ])
});

/// Parses the number and title of an example: `Example1 Creating a User`, `Sample 2. Two users`.
pub(crate) fn example_title(line: &str) -> Option<(u32, &str)> {
    if !begins_word(line) {
        return None;
    }
    let (_, rest) = TITLES.take(plain(line))?;
    let (number, title) = digits(rest.trim_start());
    let title =
        title.trim_start_matches(['.', ':', '：', '、', '．', ')', '）', '-', ' ', '\u{3000}']);
    Some((number?, title.trim()))
}

/// Whether the line is the heading of an example's description.
pub(crate) fn is_example_description(line: &str) -> bool {
    const TITLES: &[&str] = &[
        "scenario",
        "scenario description",
        "example description",
        "sample description",
        "description",
        "场景描述",
        "场景说明",
        "示例描述",
        "示例说明",
        "シナリオ",
        "シナリオの説明",
        "シナリオ説明",
        "説明",
        "시나리오",
        "시나리오 설명",
        "설명",
        "описание сценария",
        "описание",
        "descrição do cenário",
        "descripción del escenario",
        "deskripsi skenario",
    ];
    TITLES.iter().any(|title| is(plain(line), title))
}

/// Whether the line is the heading of an example's request (`Some(false)`) or response (`Some(true)`).
pub(crate) fn example_part(line: &str) -> Option<bool> {
    // No such heading is longer.
    if line.len() > 80 || !begins_word(line) {
        return None;
    }
    let mut rest = plain(line);
    let mut part = None;
    while !rest.is_empty() {
        let (kind, after) = PARTS.take(rest)?;
        match (kind, part) {
            (Part::Any, _) => {}
            (kind, None) => part = Some(kind),
            (kind, Some(known)) if kind == known => {}
            _ => return None,
        }
        // The heading may repeat the example's number.
        rest = digits(after.trim_start()).1.trim_start();
    }
    Some(part? == Part::Response)
}

#[cfg(test)]
mod tests {
    use super::{example_part, example_title};

    #[test]
    fn titles() {
        for (line, number, title) in [
            ("Example1 All boxes", 1, "All boxes"),
            ("Example 2 All boxes", 2, "All boxes"),
            ("Example 3. All boxes", 3, "All boxes"),
            ("Example 4: All boxes", 4, "All boxes"),
            ("Sample 1. All boxes", 1, "All boxes"),
            ("Sample1. All boxes", 1, "All boxes"),
            ("Sample 2", 2, ""),
            ("**Example 1** ", 1, ""),
            ("示例1 所有箱子", 1, "所有箱子"),
            ("示例１：所有箱子", 1, "所有箱子"),
            ("例1　すべての箱", 1, "すべての箱"),
            ("サンプル1 リクエストサンプル", 1, "リクエストサンプル"),
            ("예시 1 요청 예시", 1, "요청 예시"),
            ("예제 1. 상자", 1, "상자"),
            ("Пример 1. Все коробки", 1, "Все коробки"),
            ("Exemplo 1 Caixas", 1, "Caixas"),
            ("Contoh 1 Kotak", 1, "Kotak"),
        ] {
            assert_eq!(example_title(line), Some((number, title)), "{line}");
        }
        for line in [
            "Example",
            "Examples 1",
            "Sample Code",
            "示例",
            "Samplers 1 x",
        ] {
            assert_eq!(example_title(line), None, "{line}");
        }
    }

    #[test]
    fn parts() {
        for (request, response) in [
            ("Input Example", "Output Example"),
            ("Input Sample Code", "Output Sample Code"),
            ("Sample input code", "Sample output code"),
            ("Request Sample", "Response Sample"),
            ("Input", "Output"),
            ("**Request:**", "**Response:**"),
            ("Request parameters", "Response parameters"),
            ("Input Example 1", "Output Example 1"),
            ("输入示例", "输出示例"),
            ("请求参数", "返回参数"),
            ("请求示例代码", "响应示例代码"),
            ("入力例", "出力例"),
            ("リクエストサンプル", "レスポンスサンプル"),
            ("입력 예시", "출력 예시"),
            ("요청 샘플", "응답 샘플"),
            ("Exemplo de entrada", "Exemplo de saída"),
            ("Пример входных данных", "Пример выходных данных"),
            ("Contoh Input", "Contoh Output"),
            ("Eingabe", "Ausgabe"),
            ("Exemple d'entrée", "Exemple de sortie"),
        ] {
            assert_eq!(example_part(request), Some(false), "{request}");
            assert_eq!(example_part(response), Some(true), "{response}");
        }
        for line in [
            "",
            "Example",
            "Sample Code",
            "Request all boxes",
            "Input and output",
            "Input Output",
            "输入箱子",
        ] {
            assert_eq!(example_part(line), None, "{line}");
        }
    }
}
