//! What the site puts around the documentation.

use super::behind;

/// The sentence that stands above every table of input parameters.
pub(crate) fn is_parameters_sentence(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "The following request parameter list",
        "The list below contains only",
        "The following list of request parameters",
        "以下请求参数列表",
        "以下請求參數列表",
        "以下のリクエストパラメータ",
        "次のリクエストパラメータ",
        "다음 요청 매개변수",
        "아래 요청 매개변수",
        "A lista de parâmetros de solicitação a seguir",
        "A seguinte lista de parâmetros",
        "La siguiente lista de parámetros",
        "Следующий список параметров",
        "Приведенный ниже список параметров",
        "Daftar parameter permintaan berikut",
    ];
    BEGINNINGS
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

/// Whether the advertisement of API Explorer begins with this line; it ends the section that it stands in.
pub(crate) fn is_advertisement(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "We recommend you to use",
        "We recommend using",
        "推荐使用",
        "推薦使用",
        "API Explorer ",
    ];
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

/// Whether a line holds the words before the domain name, which may be lost.
pub(crate) fn is_domain_label(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "domain name for api request",
        "api request domain name",
        "api domain name",
        "request domain name",
        "domain name",
        "接口请求域名",
        "接口域名",
        "介面請求域名",
        "apiリクエストドメイン",
        "リクエストドメイン",
        "インターフェースリクエストドメイン",
        "api 요청 도메인",
        "요청 도메인",
        "인터페이스 요청 도메인",
        "nome de domínio",
        "nombre de dominio",
        "доменное имя",
        "домен",
        "nama domain",
        "domainname",
        "nom de domaine",
    ];
    BEGINNINGS
        .iter()
        .any(|beginning| behind(line, beginning).is_some())
}
