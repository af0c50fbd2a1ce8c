//! Phrases in the row Region, and remarks after the names of parameters.

use super::{contains_any, is};

/// The meaning of the row Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegionWords {
    /// The parameter is not needed.
    Unused,
    /// The regions are listed.
    Used,
}

/// Phrases that say that the action does not need the parameter.
const UNUSED: &[&str] = &[
    "not required",
    "not needed",
    "not necessary",
    "not passed",
    "not be passed",
    "not used",
    "not applicable",
    "not involved",
    "not need",
    "not have to",
    "not to be passed",
    "no need",
    "need not",
    "needn't",
    "unnecessary",
    "not require",
    "leave it empty",
    "left empty",
    "left blank",
    "be omitted",
    "be ignored",
    "不需要传",
    "不需要",
    "无需传",
    "无需",
    "不用传",
    "不必传",
    "不传",
    "不使用",
    "忽略",
    "无效",
    "无须",
    "無須",
    "不需要傳",
    "無需傳",
    "不必傳",
    "必要ありません",
    "必要はありません",
    "必要がありません",
    "不要です",
    "不要",
    "渡しません",
    "渡されません",
    "しないで",
    "必須ではありません",
    "渡さなくて",
    "使用しません",
    "使用されません",
    "필요하지 않",
    "필요 없",
    "필요가 없",
    "필요없",
    "전달하지 않",
    "전송하지 않",
    "요구하지 않",
    "사용하지 않",
    "사용되지 않",
    "não é necessári",
    "não é obrigatóri",
    "não precisa",
    "não é passad",
    "não é preciso",
    "não é exigid",
    "não é usad",
    "não é utilizad",
    "no es necesari",
    "no se requiere",
    "no se necesita",
    "no es obligatori",
    "не требуется",
    "не нужн",
    "не нужен",
    "не передается",
    "не передаётся",
    "не обязател",
    "не используется",
    "необязательно передавать",
    "tidak diperlukan",
    "tidak perlu",
    "tidak wajib",
    "tidak digunakan",
    "tidak dibutuhkan",
    "nicht erforderlich",
    "nicht benötigt",
    "n'est pas nécessaire",
    "n'est pas requis",
    "pas obligatoire",
];

/// Phrases that say that the action is regional.
const USED: &[&str] = &[
    "region",
    "optional",
    "地域",
    "地区",
    "地區",
    "区域",
    "可选",
    "リージョン",
    "任意",
    "オプション",
    "지역",
    "리전",
    "선택",
    "região",
    "regiões",
    "región",
    "opcional",
    "регион",
    "wilayah",
    "opsional",
    "région",
];

/// Returns the meaning of the row Region, if it is known.
pub(crate) fn region(description: &str) -> Option<RegionWords> {
    if contains_any(description, UNUSED) {
        Some(RegionWords::Unused)
    } else if contains_any(description, USED) {
        Some(RegionWords::Used)
    } else {
        None
    }
}

/// Remarks after the name of a deprecated parameter.
const DEPRECATED: &[&str] = &["deprecated", "disused", "已废弃", "已弃用", "废弃"];

/// Whether a remark marks its parameter as deprecated.
pub(crate) fn is_deprecated(remark: &str) -> bool {
    DEPRECATED.iter().any(|phrase| is(remark.trim(), phrase))
}

#[cfg(test)]
mod tests {
    use super::{RegionWords, is_deprecated, region};

    #[test]
    fn deprecated_remarks() {
        for remark in ["deprecated", " Disused ", "已废弃", "已弃用", "废弃"] {
            assert!(is_deprecated(remark), "{remark}");
        }
        assert!(!is_deprecated("in use"));
    }

    #[test]
    fn region_phrases() {
        for text in [
            "Common Params. This parameter is not required for this API.",
            "Common parameter; not passed in for this API",
            "Common parameter. There is no need to pass this parameter.",
            "Common parameter. You do not need to pass it.",
            "公共参数，本接口不需要传递此参数。",
            "Common parameter. This API does not require this parameter.",
            "Common parameter. It can be left empty for this API.",
            "Common parameter; it is not involved in this API.",
            "公共参数，本接口无需传递此参数。",
            "公共参数，该接口无须传递此参数。",
            "公共参数，本接口不使用此参数。",
            "公共参数，此接口忽略该参数。",
            "公共參數，本接口不需要傳遞此參數。",
            "共通パラメータ。このAPIではこのパラメータを渡す必要はありません。",
            "共通パラメータ。このパラメータは必須ではありません。",
            "공통 매개변수, 이 매개변수는 필요하지 않습니다.",
            "공통 매개변수. 이 API는 이 매개변수를 요구하지 않습니다.",
            "공통 매개변수, 본 API는 이 매개변수를 전달할 필요가 없습니다.",
            "Parâmetro comum. Este parâmetro não é necessário para esta API.",
            "Общий параметр. Этот параметр не требуется для этого API.",
            "Общий параметр, в этом API не используется.",
            "Parameter umum. Parameter ini tidak diperlukan untuk API ini.",
            "Parameter umum. Parameter ini tidak dibutuhkan untuk API ini.",
            "Parâmetro comum. Este parâmetro não é exigido por esta API.",
            "共通パラメータ。このAPIでは使用されません。",
            "Parámetro común. Este parámetro no es necesario para esta API.",
        ] {
            assert_eq!(region(text), Some(RegionWords::Unused), "{text}");
        }
        for text in [
            "Common Params. For more information, see the list of regions supported by the product.",
            "Common parameter; optional for this API",
            "公共参数，详见产品支持的 地域列表。",
            "共通パラメータ。製品がサポートするリージョンリストを参照してください。",
            "공통 매개변수, 제품이 지원하는 지역 리스트를 참조하십시오.",
            "Общий параметр. Список регионов.",
        ] {
            assert_eq!(region(text), Some(RegionWords::Used), "{text}");
        }
        assert_eq!(region("Common Params. Zonk."), None);
    }
}
