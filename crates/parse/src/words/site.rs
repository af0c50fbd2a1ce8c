//! Text that the site puts around the documentation.

use super::strip_phrase;

/// Whether a line is the sentence above every table of input parameters, which says that the table omits most common
/// parameters.
pub(crate) fn is_parameters_sentence(line: &str) -> bool {
    // In each language, words for the common parameters and words for their list.
    const WORDS: &[(&[&str], &[&str])] = &[
        (
            &[
                "common parameters",
                "common request parameters",
                "common params",
            ],
            &["list", "required for requesting", "only"],
        ),
        (
            &["公共参数", "公共请求参数", "公共參數", "公共請求參數"],
            &["列表", "清单"],
        ),
        (
            &["共通パラメータ", "共通リクエストパラメータ"],
            &["リスト", "一覧"],
        ),
        (
            &["공통 매개변수", "공통 요청 매개변수", "공통 파라미터"],
            &["리스트", "목록"],
        ),
        (
            &["parâmetros comuns", "parâmetros de solicitação comuns"],
            &["lista"],
        ),
        (
            &["parámetros comunes", "parámetros de solicitud comunes"],
            &["lista"],
        ),
        (
            &["общие параметры", "общих параметров", "общих параметрах"],
            &["спис"],
        ),
        (
            &["parameter umum", "parameter permintaan umum"],
            &["daftar"],
        ),
    ];
    if !(20..1200).contains(&line.len()) {
        return false;
    }
    // A line in ASCII must have one of these stems of the words above.
    if line.is_ascii()
        && !["ommon", "omun", "umum"]
            .iter()
            .any(|stem| line.contains(stem))
    {
        return false;
    }
    let line = line.to_lowercase();
    let holds = |phrases: &[&str]| phrases.iter().any(|phrase| line.contains(phrase));
    WORDS
        .iter()
        .any(|(common, list)| holds(common) && holds(list))
}

/// Whether the advertisement of API Explorer begins with this line; it ends its section.
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

/// Whether a line belongs to the site's footer after the documentation: questions, contacts, telephone numbers.
pub(crate) fn is_site_footer(line: &str) -> bool {
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
    // `NextToken` does not match `Next`.
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    BEGINNINGS.iter().any(|beginning| {
        line.strip_prefix(beginning)
            .is_some_and(|rest| ends(rest) || beginning.ends_with('/'))
    })
}

/// Whether a line has the words before the domain name, which itself may be missing.
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
        .any(|beginning| strip_phrase(line, beginning).is_some())
}

#[cfg(test)]
mod tests {
    use super::{is_domain_label, is_parameters_sentence};

    #[test]
    fn sentence_above_parameters() {
        for line in [
            "The following request parameter list only provides API request parameters and some common parameters.",
            "The following parameters are required for requesting this API, including action-specific parameters and common parameters.",
            "The list below contains only the API request parameters and certain common parameters.",
            "以下请求参数列表仅列出了接口请求参数和部分公共参数，完整公共参数列表见 公共请求参数。",
            "次のリクエストパラメータリストには、APIリクエストパラメータと一部の共通パラメータのみがリストされています。",
            "다음 요청 매개변수 리스트에는 API 요청 매개변수 및 일부 공통 매개변수만 나열됩니다.",
        ] {
            assert!(is_parameters_sentence(line), "{line}");
        }
        assert!(!is_parameters_sentence(
            "The common parameter Region may be one of the list."
        ));
    }

    #[test]
    fn words_before_domain_name() {
        for line in [
            "Domain name for API request:",
            "API domain name: x",
            "接口请求域名：",
            "APIリクエストドメイン名：",
            "API 요청 도메인 이름:",
        ] {
            assert!(is_domain_label(line), "{line}");
        }
    }
}
