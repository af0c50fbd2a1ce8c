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

/// A part of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Request,
    Response,
}

/// The words in the headings of parts, with the part that they name. Other words do not occur in such headings.
static PARTS: LazyLock<Phrases<Option<Part>>> = LazyLock::new(|| {
    Phrases::of(&[
        // English
        ("input", Some(Part::Request)),
        ("request", Some(Part::Request)),
        ("output", Some(Part::Response)),
        ("response", Some(Part::Response)),
        ("return", Some(Part::Response)),
        ("returned", Some(Part::Response)),
        ("example", None),
        ("examples", None),
        ("sample", None),
        ("samples", None),
        ("code", None),
        ("parameter", None),
        ("parameters", None),
        ("data", None),
        ("body", None),
        ("message", None),
        ("result", None),
        ("of", None),
        ("the", None),
        // Chinese
        ("输入", Some(Part::Request)),
        ("輸入", Some(Part::Request)),
        ("请求", Some(Part::Request)),
        ("請求", Some(Part::Request)),
        ("入参", Some(Part::Request)),
        ("输出", Some(Part::Response)),
        ("輸出", Some(Part::Response)),
        ("返回", Some(Part::Response)),
        ("响应", Some(Part::Response)),
        ("響應", Some(Part::Response)),
        ("出参", Some(Part::Response)),
        ("示例", None),
        ("样例", None),
        ("範例", None),
        ("例子", None),
        ("例", None),
        ("代码", None),
        ("代碼", None),
        ("参数", None),
        ("參數", None),
        ("数据", None),
        ("报文", None),
        ("结果", None),
        // Japanese
        ("入力", Some(Part::Request)),
        ("リクエスト", Some(Part::Request)),
        ("要求", Some(Part::Request)),
        ("出力", Some(Part::Response)),
        ("レスポンス", Some(Part::Response)),
        ("応答", Some(Part::Response)),
        ("返却", Some(Part::Response)),
        ("サンプル", None),
        ("コード", None),
        ("パラメータ", None),
        ("パラメーター", None),
        ("データ", None),
        ("結果", None),
        ("の", None),
        // Korean
        ("입력", Some(Part::Request)),
        ("요청", Some(Part::Request)),
        ("출력", Some(Part::Response)),
        ("응답", Some(Part::Response)),
        ("반환", Some(Part::Response)),
        ("예시", None),
        ("예제", None),
        ("예", None),
        ("샘플", None),
        ("코드", None),
        ("매개변수", None),
        ("파라미터", None),
        ("결과", None),
        // Portuguese and Spanish
        ("entrada", Some(Part::Request)),
        ("solicitação", Some(Part::Request)),
        ("requisição", Some(Part::Request)),
        ("solicitud", Some(Part::Request)),
        ("saída", Some(Part::Response)),
        ("salida", Some(Part::Response)),
        ("resposta", Some(Part::Response)),
        ("respuesta", Some(Part::Response)),
        ("retorno", Some(Part::Response)),
        ("exemplo", None),
        ("exemplos", None),
        ("ejemplo", None),
        ("código", None),
        ("parâmetros", None),
        ("parámetros", None),
        ("de", None),
        ("da", None),
        // Russian
        ("ввода", Some(Part::Request)),
        ("запроса", Some(Part::Request)),
        ("запрос", Some(Part::Request)),
        ("входных", Some(Part::Request)),
        ("входные", Some(Part::Request)),
        ("вывода", Some(Part::Response)),
        ("ответа", Some(Part::Response)),
        ("ответ", Some(Part::Response)),
        ("выходных", Some(Part::Response)),
        ("выходные", Some(Part::Response)),
        ("пример", None),
        ("примеры", None),
        ("данных", None),
        ("данные", None),
        ("кода", None),
        ("код", None),
        ("параметры", None),
        ("параметров", None),
        // Indonesian
        ("masukan", Some(Part::Request)),
        ("permintaan", Some(Part::Request)),
        ("keluaran", Some(Part::Response)),
        ("respons", Some(Part::Response)),
        ("contoh", None),
        ("kode", None),
        // German and French
        ("eingabe", Some(Part::Request)),
        ("anfrage", Some(Part::Request)),
        ("eingabebeispiel", Some(Part::Request)),
        ("anfragebeispiel", Some(Part::Request)),
        ("ausgabebeispiel", Some(Part::Response)),
        ("antwortbeispiel", Some(Part::Response)),
        ("ausgabe", Some(Part::Response)),
        ("antwort", Some(Part::Response)),
        ("beispiel", None),
        ("entrée", Some(Part::Request)),
        ("requête", Some(Part::Request)),
        ("sortie", Some(Part::Response)),
        ("réponse", Some(Part::Response)),
        ("exemple", None),
        ("d'", None),
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

/// Returns the part of an example of which the line is the heading.
pub(crate) fn example_part(line: &str) -> Option<Part> {
    // No such heading is longer.
    if line.len() > 80 || !begins_word(line) {
        return None;
    }
    let mut rest = plain(line);
    let mut part = None;
    while !rest.is_empty() {
        let (named, after) = PARTS.take(rest)?;
        if part.is_some() && named.is_some_and(|named| part != Some(named)) {
            return None;
        }
        part = part.or(named);
        // The heading may repeat the example's number.
        rest = digits(after.trim_start()).1.trim_start();
    }
    part
}

#[cfg(test)]
mod tests {
    use super::{Part, example_part, example_title};

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
            assert_eq!(example_part(request), Some(Part::Request), "{request}");
            assert_eq!(example_part(response), Some(Part::Response), "{response}");
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
