//! The sentence with the rate limit of an action.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Phrases, contains_any, digits};

/// The meaning of a word in such a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// There is a limit.
    Limit,
    /// The limit is per second.
    Second,
    /// The limit is per another period.
    OtherTime,
    /// Filler, which also occurs in other sentences.
    Any,
}

/// The words of the sentence, up to the number and the word for seconds. It contains no other words.
static WORDS: LazyLock<Phrases<Word>> = LazyLock::new(|| {
    Phrases::of(&[
        // English
        ("limit", Word::Limit),
        ("limits", Word::Limit),
        ("limited", Word::Limit),
        ("limitation", Word::Limit),
        ("maximum", Word::Limit),
        ("at most", Word::Limit),
        ("up to", Word::Limit),
        ("no more than", Word::Limit),
        ("frequency", Word::Limit),
        ("qps", Word::Second),
        ("one second", Word::Second),
        ("/sec", Word::Second),
        ("/second", Word::Second),
        ("/s", Word::Second),
        ("per second", Word::Second),
        ("per sec", Word::Second),
        ("a second", Word::Second),
        ("each second", Word::Second),
        ("every second", Word::Second),
        ("/minute", Word::OtherTime),
        ("/min", Word::OtherTime),
        ("per minute", Word::OtherTime),
        ("per hour", Word::OtherTime),
        ("per day", Word::OtherTime),
        ("a", Word::Any),
        ("an", Word::Any),
        ("the", Word::Any),
        ("this", Word::Any),
        ("by", Word::Any),
        ("default", Word::Any),
        ("api", Word::Any),
        ("apis", Word::Any),
        ("interface", Word::Any),
        ("action", Word::Any),
        ("rate", Word::Any),
        ("request", Word::Any),
        ("requests", Word::Any),
        ("call", Word::Any),
        ("calls", Word::Any),
        ("calling", Word::Any),
        ("called", Word::Any),
        ("invoked", Word::Any),
        ("access", Word::Any),
        ("query", Word::Any),
        ("queries", Word::Any),
        ("time", Word::Any),
        ("times", Word::Any),
        ("number", Word::Any),
        ("of", Word::Any),
        ("for", Word::Any),
        ("on", Word::Any),
        ("to", Word::Any),
        ("in", Word::Any),
        ("is", Word::Any),
        ("are", Word::Any),
        ("can", Word::Any),
        ("could", Word::Any),
        ("may", Word::Any),
        ("be", Word::Any),
        ("made", Word::Any),
        ("sent", Word::Any),
        ("initiated", Word::Any),
        ("allowed", Word::Any),
        ("you", Word::Any),
        ("make", Word::Any),
        ("send", Word::Any),
        ("initiate", Word::Any),
        // Chinese
        ("限制", Word::Limit),
        ("频率", Word::Limit),
        ("頻率", Word::Limit),
        ("上限", Word::Limit),
        ("最多", Word::Limit),
        ("最大", Word::Limit),
        ("/秒", Word::Second),
        ("每秒钟", Word::Second),
        ("每秒", Word::Second),
        ("每分钟", Word::OtherTime),
        ("/分钟", Word::OtherTime),
        ("/分", Word::OtherTime),
        ("默认", Word::Any),
        ("預設", Word::Any),
        ("默認", Word::Any),
        ("接口", Word::Any),
        ("介面", Word::Any),
        ("请求", Word::Any),
        ("請求", Word::Any),
        ("调用", Word::Any),
        ("調用", Word::Any),
        ("访问", Word::Any),
        ("本", Word::Any),
        ("该", Word::Any),
        ("的", Word::Any),
        ("为", Word::Any),
        ("為", Word::Any),
        ("是", Word::Any),
        ("可", Word::Any),
        ("发起", Word::Any),
        ("发送", Word::Any),
        ("个", Word::Any),
        ("次数", Word::Any),
        ("次", Word::Any),
        // Japanese
        ("制限", Word::Limit),
        ("頻度", Word::Limit),
        ("レート", Word::Limit),
        ("最大", Word::Limit),
        ("毎秒", Word::Second),
        ("1秒あたり", Word::Second),
        ("1秒間に", Word::Second),
        ("1秒につき", Word::Second),
        ("秒あたり", Word::Second),
        ("/分", Word::OtherTime),
        ("毎分", Word::OtherTime),
        ("デフォルト", Word::Any),
        ("初期設定", Word::Any),
        ("既定", Word::Any),
        ("状態", Word::Any),
        ("つき", Word::Any),
        ("当たり", Word::Any),
        ("まで", Word::Any),
        ("リクエスト", Word::Any),
        ("要求", Word::Any),
        ("呼び出し", Word::Any),
        ("インターフェース", Word::Any),
        ("この", Word::Any),
        ("当該", Word::Any),
        ("回", Word::Any),
        ("件", Word::Any),
        ("の", Word::Any),
        ("は", Word::Any),
        ("で", Word::Any),
        ("に", Word::Any),
        // Korean
        ("제한", Word::Limit),
        ("빈도", Word::Limit),
        ("속도", Word::Limit),
        ("최대", Word::Limit),
        ("/초", Word::Second),
        ("초당", Word::Second),
        ("1초당", Word::Second),
        ("1초에", Word::Second),
        ("/분", Word::OtherTime),
        ("분당", Word::OtherTime),
        ("기본적", Word::Any),
        ("기본", Word::Any),
        ("기본값", Word::Any),
        ("요청", Word::Any),
        ("호출", Word::Any),
        ("인터페이스", Word::Any),
        ("이", Word::Any),
        ("본", Word::Any),
        ("해당", Word::Any),
        ("의", Word::Any),
        ("은", Word::Any),
        ("는", Word::Any),
        ("을", Word::Any),
        ("를", Word::Any),
        ("회", Word::Any),
        ("번", Word::Any),
        ("건", Word::Any),
        ("개", Word::Any),
        // Portuguese and Spanish
        ("limite", Word::Limit),
        ("límite", Word::Limit),
        ("máximo", Word::Limit),
        ("frequência", Word::Limit),
        ("frecuencia", Word::Limit),
        ("por segundo", Word::Second),
        ("/segundo", Word::Second),
        ("/seg", Word::Second),
        ("por minuto", Word::OtherTime),
        ("padrão", Word::Any),
        ("predeterminado", Word::Any),
        ("predeterminada", Word::Any),
        ("taxa", Word::Any),
        ("tasa", Word::Any),
        ("um", Word::Any),
        ("un", Word::Any),
        ("uma", Word::Any),
        ("una", Word::Any),
        ("o", Word::Any),
        ("el", Word::Any),
        ("la", Word::Any),
        ("os", Word::Any),
        ("de", Word::Any),
        ("da", Word::Any),
        ("do", Word::Any),
        ("das", Word::Any),
        ("del", Word::Any),
        ("é", Word::Any),
        ("es", Word::Any),
        ("solicitação", Word::Any),
        ("solicitações", Word::Any),
        ("requisições", Word::Any),
        ("solicitud", Word::Any),
        ("solicitudes", Word::Any),
        ("peticiones", Word::Any),
        ("pode", Word::Any),
        ("podem", Word::Any),
        ("ser", Word::Any),
        ("iniciada", Word::Any),
        ("iniciadas", Word::Any),
        ("pueden", Word::Any),
        ("realizar", Word::Any),
        ("iniciar", Word::Any),
        ("iniciado", Word::Any),
        ("iniciados", Word::Any),
        ("possível", Word::Any),
        ("posible", Word::Any),
        ("se", Word::Any),
        ("no", Word::Any),
        // Russian
        ("ограничение", Word::Limit),
        ("ограничена", Word::Limit),
        ("лимит", Word::Limit),
        ("предел", Word::Limit),
        ("максимум", Word::Limit),
        ("максимальная", Word::Limit),
        ("максимальное", Word::Limit),
        ("частоты", Word::Limit),
        ("частота", Word::Limit),
        ("не более", Word::Limit),
        ("до", Word::Limit),
        ("/сек", Word::Second),
        ("/с", Word::Second),
        ("/секунду", Word::Second),
        ("в секунду", Word::Second),
        ("в минуту", Word::OtherTime),
        ("по умолчанию", Word::Any),
        ("скорости", Word::Any),
        ("скорость", Word::Any),
        ("запросов", Word::Any),
        ("запроса", Word::Any),
        ("запросы", Word::Any),
        ("запрос", Word::Any),
        ("вызовов", Word::Any),
        ("раз", Word::Any),
        ("раза", Word::Any),
        ("количество", Word::Any),
        ("число", Word::Any),
        ("к", Word::Any),
        ("на", Word::Any),
        ("для", Word::Any),
        ("этого", Word::Any),
        ("данного", Word::Any),
        ("этому", Word::Any),
        ("можно", Word::Any),
        ("инициировать", Word::Any),
        ("отправить", Word::Any),
        ("отправлять", Word::Any),
        ("выполнять", Word::Any),
        // Indonesian
        ("batas", Word::Limit),
        ("maksimum", Word::Limit),
        ("maksimal", Word::Limit),
        ("paling banyak", Word::Limit),
        ("frekuensi", Word::Limit),
        ("per detik", Word::Second),
        ("/detik", Word::Second),
        ("per menit", Word::OtherTime),
        ("permintaan", Word::Any),
        ("panggilan", Word::Any),
        ("tingkat", Word::Any),
        ("laju", Word::Any),
        ("kali", Word::Any),
        ("dapat", Word::Any),
        ("dimulai", Word::Any),
        ("dilakukan", Word::Any),
        ("adalah", Word::Any),
        ("untuk", Word::Any),
        ("ini", Word::Any),
        ("bawaan", Word::Any),
        // German and French
        ("maximal", Word::Limit),
        ("höchstens", Word::Limit),
        ("ratenlimit", Word::Limit),
        ("anfragelimit", Word::Limit),
        ("pro sekunde", Word::Second),
        ("/sekunde", Word::Second),
        ("anfragen", Word::Any),
        ("anfrage", Word::Any),
        ("standardmäßig", Word::Any),
        ("par seconde", Word::Second),
        ("/seconde", Word::Second),
        ("au maximum", Word::Limit),
        ("requêtes", Word::Any),
        ("demandes", Word::Any),
        ("par défaut", Word::Any),
    ])
});

/// Phrases that mention a rate limit.
const HINTS: &[&str] = &[
    "rate limit",
    "frequency limit",
    "request limit",
    "call limit",
    "频率限制",
    "频率上限",
    "頻率限制",
    "頻度制限",
    "リクエスト頻度",
    "レート制限",
    "빈도 제한",
    "속도 제한",
    "частоты запрос",
    "limite de taxa",
    "limite de frequência",
    "límite de frecuencia",
    "batas frekuensi",
];

/// Words for requests, which a rate limit counts.
const REQUESTS: &[&str] = &[
    "request",
    "call",
    "请求",
    "請求",
    "调用",
    "調用",
    "リクエスト",
    "呼び出",
    "요청",
    "호출",
    "solicita",
    "requisi",
    "solicitud",
    "запрос",
    "вызов",
    "permintaan",
    "panggilan",
];

/// Whether a text has a number and mentions a rate limit or requests per second.
pub(crate) fn mentions_rate(text: &str) -> bool {
    let is_per_second = || {
        let text = text.to_lowercase();
        // Short units also occur in URLs.
        let mut units = WORDS
            .0
            .iter()
            .filter(|(_, unit, word)| *word == Word::Second && unit.len() > 3);
        units.any(|(_, unit, _)| text.contains(unit)) && contains_any(&text, REQUESTS)
    };
    text.contains(|c: char| c.is_ascii_digit()) && (contains_any(text, HINTS) || is_per_second())
}

/// Finds the last sentence with the rate limit in a line, and its requests per second.
pub(crate) fn rate(line: &str) -> Option<(Range<usize>, u32)> {
    // Most lines have no number.
    if !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    sentences(line)
        .into_iter()
        .rev()
        .find_map(|range| Some((range.clone(), rate_of(&line[range])?)))
}

/// Removes the sentences with this rate limit, because some pages repeat it.
pub(crate) fn without_rate(text: &str, rate: u32) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let mut keep = |part: &str| {
        // The marks of bold text may surround the sentence.
        let is_mark = |c: char| matches!(c, '*' | '_' | '>' | ' ');
        let part = if part.chars().all(is_mark) {
            ""
        } else {
            part.trim()
        };
        let joint = if out.is_empty() || part.is_empty() {
            ""
        } else {
            " "
        };
        out.push_str(joint);
        out.push_str(part);
    };
    for range in sentences(text) {
        if rate_of(&text[range.clone()]) == Some(rate) {
            keep(&text[from..range.start]);
            from = range.end;
        }
    }
    keep(&text[from..]);
    out
}

/// Splits a line into sentences. A full stop before a digit ends none.
fn sentences(line: &str) -> Vec<Range<usize>> {
    let bytes = line.as_bytes();
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, letter) in line.char_indices() {
        let end = at + letter.len_utf8();
        let ends = match letter {
            '。' | '！' | '\n' => true,
            '.' | '!' => !bytes.get(end).is_some_and(u8::is_ascii_digit),
            _ => false,
        };
        if ends {
            ranges.push(start..end);
            start = end;
        }
    }
    if start < line.len() {
        ranges.push(start..line.len());
    }
    for range in &mut ranges {
        let text = &line[range.clone()];
        range.start += text.len() - text.trim_start().len();
    }
    ranges
}

/// Parses the rate limit of a sentence, if it has only known words up to the rate.
fn rate_of(sentence: &str) -> Option<u32> {
    // No such sentence is longer.
    const LONGEST: usize = 300;
    let length = sentence.len().min(LONGEST);
    let length = (0..=length).rev().find(|at| sentence.is_char_boundary(*at));
    let mut rest = &sentence[..length.unwrap_or_default()];
    let mut number: Option<u32> = None;
    let (mut limits, mut second) = (false, false);
    loop {
        rest = rest.trim_start_matches([
            ' ', '\u{a0}', '\u{3000}', ':', '：', '*', '`', '_', '-', '>', '(', '（', ')', '）',
            ',', '，', '、',
        ]);
        // `/ second` is `/second`.
        let joined;
        let text = match rest.strip_prefix(['/', '／']) {
            Some(unit) => {
                joined = format!("/{}", unit.trim_start());
                &*joined
            }
            None => rest,
        };
        let taken = |of: &str| rest.len() - of.len().min(rest.len());
        if let Some((word, after)) = WORDS.take(text) {
            match word {
                Word::Limit => limits = true,
                Word::Second => second = true,
                Word::OtherTime if number.is_some() => number = None,
                Word::OtherTime | Word::Any => {}
            }
            rest = &rest[taken(after)..];
        } else if number.is_none()
            && let (Some(value), after) = thousands(rest)
        {
            number = Some(value);
            rest = after;
        } else {
            return None;
        }
        if let (true, true, Some(number)) = (limits, second, number) {
            return Some(number);
        }
    }
}

/// Parses a number with or without thousands separators.
fn thousands(text: &str) -> (Option<u32>, &str) {
    let (Some(mut number), mut rest) = digits(text) else {
        return (None, text);
    };
    while let Some(group) = rest.strip_prefix([',', '，'])
        && group.bytes().take_while(u8::is_ascii_digit).count() == 3
        && let (Some(thousand), after) = digits(group)
        && let Some(value) = number
            .checked_mul(1000)
            .and_then(|n| n.checked_add(thousand))
    {
        (number, rest) = (value, after);
    }
    (Some(number), rest)
}

/// Parses the rate limit of a paragraph in an unknown language: a short sentence with one number and a known unit.
pub(crate) fn foreign_rate(paragraph: &str) -> Option<u32> {
    let text = paragraph.to_lowercase();
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty());
    let rate = numbers.next()?.parse().ok()?;
    let is_sentence = text.chars().count() < 120
        && text
            .trim_end_matches(['.', '。'])
            .matches(['.', '。'])
            .count()
            == 0;
    let mut seconds = WORDS.0.iter().filter(|(.., word)| *word == Word::Second);
    (is_sentence && numbers.next().is_none() && seconds.any(|(_, unit, _)| text.contains(unit)))
        .then_some(rate)
}

#[cfg(test)]
mod tests {
    use super::{mentions_rate, rate, without_rate};

    #[test]
    fn rate_limits() {
        for (line, expect) in [
            (
                "A maximum of 20 requests can be initiated per second for this API.",
                20,
            ),
            (
                "A maximum of 1 request can be initiated per second for this API.",
                1,
            ),
            (
                "A maximum of 1,000 requests can be initiated per second for this API.",
                1000,
            ),
            ("Default request rate limit: 20/sec.", 20),
            ("Default API request rate limit: 5 requests/sec.", 5),
            ("Default API request rate limit: 5 requests/second.", 5),
            ("Default API request frequency limit: 20 times/second.", 20),
            ("API request rate limit: 20 requests / second.", 20),
            (
                "API call rate limit: 20 calls/second (1,200 calls/minute).",
                20,
            ),
            (
                "API call rate limit: 1,200 calls/minute (20 calls/second).",
                20,
            ),
            ("The default API request rate limit is 20 requests/sec.", 20),
            (
                "The default limit on the requests made to the API is 20 requests per second.",
                20,
            ),
            ("**Default request rate limit: 20 times per second**", 20),
            ("You can make up to 10 calls every second.", 10),
            (
                "By default, this API can be called up to 10 times per second.",
                10,
            ),
            ("No more than 10 requests are allowed in one second.", 10),
            ("Rate limit: 20 QPS.", 20),
            (
                "É possível iniciar no máximo 20 solicitações por segundo para esta API.",
                20,
            ),
            (
                "Для этого API можно инициировать не более 20 запросов в секунду.",
                20,
            ),
            (
                "Максимальное количество запросов к этому API: 20 в секунду.",
                20,
            ),
            ("默认接口请求频率限制：20次/秒。", 20),
            ("默认接口请求频率限制: 100次 / 秒", 100),
            ("接口调用频率限制为：20次/秒，1200次/分钟。", 20),
            ("接口请求频率限制：每秒最多20次。", 20),
            ("預設介面請求頻率限制：20次/秒。", 20),
            ("デフォルトのAPIリクエスト頻度制限：20回/秒。", 20),
            ("このAPIは、1秒あたり最大20回のリクエスト", 20),
            (
                "初期設定の状態では、このAPIのリクエスト頻度は20回/秒に制限されています。",
                20,
            ),
            ("기본 API 요청 빈도 제한: 20회/초.", 20),
            ("기본적 API 요청 빈도 제한: 20회/초", 20),
            ("초당 최대 20회 요청", 20),
            (
                "Limite padrão de frequência de solicitações da API: 20 solicitações/segundo.",
                20,
            ),
            (
                "Límite de frecuencia de solicitudes de la API: 20 solicitudes por segundo.",
                20,
            ),
            (
                "Ограничение частоты запросов к API по умолчанию: 20 запросов/сек.",
                20,
            ),
            ("Максимум 20 запросов в секунду", 20),
            ("Batas frekuensi permintaan API: 20 kali/detik.", 20),
            ("Maximal 20 Anfragen pro Sekunde", 20),
        ] {
            assert_eq!(rate(line).map(|(_, rate)| rate), Some(expect), "{line}");
        }
    }

    #[test]
    fn other_sentences_are_kept() {
        for (line, before, after) in [
            (
                "Is 20 by default.A maximum of 40 requests can be initiated per second for this API.",
                "Is 20 by default.",
                "",
            ),
            (
                "A maximum of 40 requests can be initiated per second. More.",
                "",
                " More.",
            ),
            (
                "API call rate limit: 20 calls/second (1,200 calls/minute). One call gets 10.",
                "",
                " One call gets 10.",
            ),
        ] {
            let (range, of) = rate(line).expect(line);
            assert_eq!(
                (&line[..range.start], &line[range.end..]),
                (before, after),
                "{line}"
            );
            let rest = format!("{before}{after}");
            assert_eq!(without_rate(line, of), rest.trim(), "{line}");
        }
        assert_eq!(without_rate("**Rate limit: 20 requests/sec.**", 20), "");
        let twice = "See cvm.x.com. Rate limit: 20/sec. Rate limit: 20/sec. Then more.";
        assert_eq!(without_rate(twice, 20), "See cvm.x.com. Then more.");
    }

    #[test]
    fn other_sentences_are_not_limits() {
        for line in [
            "It answers up to 20 requests per second.",
            "You can set the rate limit to 20 requests/sec.",
            "The rate limit is 20 requests per minute.",
            "A maximum of 20 boxes can be listed.",
            "本接口用于设置频率限制：20次/秒。",
            "",
        ] {
            assert_eq!(rate(line), None, "{line}");
        }
        assert!(mentions_rate("The rate limit is 20 requests per minute."));
        assert!(mentions_rate("It answers up to 20 requests per second."));
        assert!(!mentions_rate("It plays 30 frames per second."));
        assert!(!mentions_rate("Calls may fail because of the rate limit."));
    }
}
