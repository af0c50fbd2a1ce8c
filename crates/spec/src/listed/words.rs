//! Words around listed values, in English and Chinese.

/// Ends of texts that introduce values, in lower case.
pub(super) const INTRODUCTIONS: [&str; 13] = [
    "values",
    "allowed value",
    "available value",
    "enumeration value",
    "enumerated value",
    "optional value",
    "possible value",
    "supported value",
    "valid value",
    "value range",
    "取值",
    "取值范围",
    "枚举值",
];

/// Ends of texts that introduce only some values.
pub(super) const PARTIAL_LISTS: [&str; 4] = [
    "default values",
    "example values",
    "sample values",
    "return values",
];

/// Words that are not values.
pub(super) const NOT_VALUES: [&str; 8] = [
    "default", "e.g", "etc", "example", "note", "other", "others", "remarks",
];

/// Verbs between an introduction and its values.
pub(super) const VERBS: [&str; 5] = [" are", " include", " as follows", "如下", "为"];

/// Words for "or".
pub(super) const OR: [&str; 2] = [" or ", "或"];

/// Separators of values in a sentence.
pub(super) const SEPARATORS: [&str; 8] = [",", "，", "、", "|", " and ", " or ", "和", "或"];
