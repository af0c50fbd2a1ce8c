//! The words that pages are made of, in the languages in which they are known.
//!
//! Only this module knows languages. Where a page uses none of these words, its tables are found by what they hold.

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Name,
    Required,
    Type,
    Description,
    Code,
}

/// The heads of columns. Longer phrases stand before those that they begin with.
const HEADS: &[(&str, Role)] = &[
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
];

/// Whether a text is a phrase of the lists here, which are in lower case.
fn is(text: &str, phrase: &str) -> bool {
    // Few texts are as long as the phrase, so that little is compared, and next to nothing allocated.
    text.len() == phrase.len()
        && (text.eq_ignore_ascii_case(phrase) || !text.is_ascii() && text.to_lowercase() == phrase)
}

/// What the column under this head holds.
pub(crate) fn role(head: &str) -> Option<Role> {
    let head = plain(head);
    HEADS
        .iter()
        .find(|(phrase, _)| is(head, phrase))
        .map(|(_, role)| *role)
}

/// The columns of a head whose cells are joined by spaces, if the whole line is one.
pub(crate) fn joined_head(line: &str) -> Option<Vec<Role>> {
    if line.len() > 160 {
        return None;
    }
    let mut rest = line;
    let mut roles: Vec<Role> = Vec::new();
    while !rest.is_empty() {
        let fits = |phrase: &str| {
            let behind = rest.get(phrase.len()..);
            behind
                .is_some_and(|behind| behind.is_empty() || behind.starts_with(char::is_whitespace))
                && is(&rest[..phrase.len()], phrase)
        };
        let (phrase, role) = HEADS
            .iter()
            .filter(|(phrase, _)| fits(phrase))
            .max_by_key(|(phrase, _)| phrase.len())?;
        if roles.contains(role) {
            return None;
        }
        roles.push(*role);
        rest = rest[phrase.len()..].trim_start();
    }
    is_head(&roles).then_some(roles)
}

/// Whether these columns, in this order, make a table of a page.
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

/// Whether a cell says that a parameter is required (`true`) or not.
pub(crate) fn required(cell: &str) -> Option<bool> {
    const YES: &[&str] = &[
        "yes", "y", "true", "required", "是", "必选", "必填", "はい", "必須", "예", "네", "필수",
        "sim", "sí", "si", "да", "ya", "ja", "oui", "✓", "✔", "√", "☑", "✅", "✔️",
    ];
    const NO: &[&str] = &[
        "no",
        "n",
        "false",
        "optional",
        "否",
        "可选",
        "いいえ",
        "任意",
        "아니요",
        "아니오",
        "선택",
        "não",
        "nao",
        "нет",
        "tidak",
        "nein",
        "non",
        "✗",
        "✘",
        "×",
        "✕",
        "❌",
        "☐",
    ];
    let is_one_of = |words: &[&str]| words.iter().any(|word| is(cell, word));
    if is_one_of(YES) {
        Some(true)
    } else if is_one_of(NO) {
        Some(false)
    } else {
        None
    }
}

/// A section of an action page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Description,
    Input,
    Output,
    Example,
    Resources,
    Errors,
}

/// Which section begins with this line, with or without its number.
pub(crate) fn section(line: &str) -> Option<Section> {
    const TITLES: &[(&str, Section)] = &[
        ("api description", Section::Description),
        ("接口描述", Section::Description),
        ("api の説明", Section::Description),
        ("api 설명", Section::Description),
        ("descrição da api", Section::Description),
        ("описание api", Section::Description),
        ("deskripsi api", Section::Description),
        ("input parameters", Section::Input),
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
        ("开发者资源", Section::Resources),
        ("開發者資源", Section::Resources),
        ("開発者リソース", Section::Resources),
        ("개발자 리소스", Section::Resources),
        ("recursos para desenvolvedores", Section::Resources),
        ("ресурсы для разработчиков", Section::Resources),
        ("sumber daya pengembang", Section::Resources),
        ("error code", Section::Errors),
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
    ];
    let (_, title) = numbered(plain(line));
    TITLES
        .iter()
        .find(|(known, _)| is(title, known))
        .map(|(_, section)| *section)
}

/// Splits the number off a title: `3. Output Parameters`, `示例1 标题`'s is none.
pub(crate) fn numbered(line: &str) -> (Option<u32>, &str) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..]
        .trim_start_matches(['.', '、', ')', '．'])
        .trim_start();
    match line[..digits].parse() {
        Ok(number) if !rest.is_empty() => (Some(number), rest),
        _ => (None, line),
    }
}

/// A name without the marks of Markdown around it.
pub(crate) fn unmarked(text: &str) -> &str {
    text.trim().trim_matches(['*', '`'])
}

/// A title without the marks of Markdown around it.
pub(crate) fn plain(text: &str) -> &str {
    text.trim()
        .trim_matches(['*', '_', '`'])
        .trim_end_matches([':', '：'])
        .trim()
}

/// The number and the title of an example, if the line has them: `Example1 Creating a User`, `示例2 创建用户`.
pub(crate) fn example_title(line: &str) -> Option<(u32, &str)> {
    const WORDS: &[&str] = &[
        "Example",
        "示例",
        "範例",
        "サンプル",
        "例",
        "예시",
        "예제",
        "예",
        "Exemplo",
        "Ejemplo",
        "Пример",
        "Contoh",
        "Beispiel",
        "Exemple",
    ];
    let line = plain(line);
    let rest = WORDS
        .iter()
        .find_map(|word| line.strip_prefix(word))?
        .trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let title = rest[digits..]
        .trim_start_matches(['.', ':', '：', '、'])
        .trim();
    Some((rest[..digits].parse().ok()?, title))
}

/// Whether the line announces an example's request (`Some(false)`) or response (`Some(true)`).
pub(crate) fn example_part(line: &str) -> Option<bool> {
    const INPUT: &[&str] = &[
        "input example",
        "request example",
        "输入示例",
        "請求示例",
        "请求示例",
        "入力例",
        "入力サンプル",
        "입력 예시",
        "입력 예제",
        "exemplo de entrada",
        "пример ввода",
        "пример запроса",
        "contoh input",
        "contoh masukan",
    ];
    const OUTPUT: &[&str] = &[
        "output example",
        "response example",
        "输出示例",
        "返回示例",
        "出力例",
        "出力サンプル",
        "출력 예시",
        "출력 예제",
        "exemplo de saída",
        "пример вывода",
        "пример ответа",
        "contoh output",
        "contoh keluaran",
    ];
    let line = plain(line);
    let is_one_of = |phrases: &[&str]| phrases.iter().any(|phrase| is(line, phrase));
    if is_one_of(INPUT) {
        Some(false)
    } else if is_one_of(OUTPUT) {
        Some(true)
    } else {
        None
    }
}

/// Whether this is the title of a page of data types, or the name of its file.
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

/// The words that begin the list of the actions that use a structure.
pub(crate) fn is_used_by(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "Used by actions:",
        "Used by actions：",
        "Used by action",
        "被如下接口引用",
        "被以下接口引用",
        "次のインターフェース",
        "다음 인터페이스",
        "Usado por ações",
        "Используется",
        "Digunakan oleh",
    ];
    let line = line.trim_start_matches(['*', '_', '>', ' ']);
    BEGINNINGS
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

/// Whether a line is a list of actions behind some words and a colon, in whatever language: `…: CreateUser, GetUser.`
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

/// Whether the sentence announces a table of error codes.
pub(crate) fn announces_errors(line: &str) -> bool {
    line.starts_with("The following only lists the error codes")
        || line.starts_with("以下仅列出了接口业务逻辑相关的错误码")
}

/// Whether the sentence says that an action has no error codes of its own.
pub(crate) fn says_no_errors(line: &str) -> bool {
    const SENTENCES: &[&str] = &[
        "暂无业务逻辑相关的错误码",
        "暫無業務邏輯相關的錯誤碼",
        "no error code",
        "no specific error code",
        "no business logic error code",
        "No error code",
        "No specific error code",
        "ビジネスロジックに関連するエラーコードはありません",
        "비즈니스 로직과 관련된 오류 코드가 없습니다",
    ];
    // A sentence, not a message in an example's JSON.
    if line.starts_with(['"', '{']) {
        return false;
    }
    // Most lines are no sentence of error codes at all.
    let speaks_of_codes = ["rror code", "码", "碼", "コード", "코드"]
        .iter()
        .any(|word| line.contains(word));
    speaks_of_codes && SENTENCES.iter().any(|sentence| line.contains(sentence))
}

/// The sentence that stands above every table of input parameters.
pub(crate) fn is_parameters_sentence(line: &str) -> bool {
    line.starts_with("The following request parameter list") || line.starts_with("以下请求参数列表")
}

/// Whether the advertisement of API Explorer begins with this line; it ends the section that it stands in.
pub(crate) fn is_advertisement(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &["We recommend you to use", "推荐使用", "API Explorer "];
    line.contains("API Explorer")
        && (BEGINNINGS
            .iter()
            .any(|beginning| line.starts_with(beginning))
            || line.chars().count() < 60 && !line.ends_with(['.', '。']))
}

/// Whether the site put this line behind the documentation: questions, contacts, telephone numbers.
pub(crate) fn is_furniture(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "Was this page helpful",
        "Was this document helpful",
        "Was this helpful",
        "You can also Contact Sales",
        "Help and Support",
        "Feedback",
        "Contact Us",
        "Technical Support",
        "Source:",
        "Original:",
        "URL:",
        "https://www.tencentcloud.com/",
        "https://cloud.tencent.com/",
        "https://intl.cloud.tencent.com/",
        "文档内容是否对您有帮助",
        "本页内容是否解决了您的问题",
        "本文内容是否对您有帮助",
        "帮助和支持",
        "帮助与支持",
        "来源",
        "上一篇",
        "下一篇",
        "反馈",
        "文档反馈",
        "联系我们",
        "この記事はお役に立ちましたか",
        "このページは役に立ちましたか",
        "お役に立ちましたか",
        "ヘルプとサポート",
        "フィードバック",
        "문제 해결에 도움이 되었나요",
        "도움이 되었나요",
        "도움말 및 지원",
        "피드백",
        "Ajuda e Suporte",
        "Esta página foi útil",
        "comentários",
        "Comentários",
        "Ayuda y soporte",
        "¿Le resultó útil",
        "Bantuan dan Dukungan",
        "Apakah halaman ini membantu",
        "Masukan",
        "Umpan balik",
        "Помощь и поддержка",
        "Была ли эта страница полезной",
        "Была ли страница полезной",
        "Обратная связь",
        "Hilfe und Support",
        "War diese Seite hilfreich",
        "Feedback geben",
        "Aide et assistance",
        "Cette page vous a-t-elle été utile",
        "Cette page vous a-t-elle aidé",
        "Copyright",
        "©",
    ];
    let line = line.trim_start_matches(['-', '*', '_', '>', '<', '(', '[', ' ']);
    // `NextToken` is no `Next`.
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    BEGINNINGS.iter().any(|beginning| {
        line.strip_prefix(beginning)
            .is_some_and(|rest| ends(rest) || beginning.ends_with('/'))
    })
}
