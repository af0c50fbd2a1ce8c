//! Each text in English and Chinese, by its key.

/// The texts of pages.
pub(super) static WORDS: &[(&str, &str, &str)] = &[
    ("action", "Action", "接口"),
    ("actions", "Actions", "接口"),
    ("all-services", "All services", "全部产品"),
    ("code", "Code", "错误码"),
    (
        "default-target",
        "Environment or default profile",
        "环境变量或默认配置",
    ),
    ("deprecated", "deprecated", "已废弃"),
    ("description", "Description", "描述"),
    ("documentation", "Documentation", "文档"),
    (
        "emulator",
        "Emulator (no request leaves this machine)",
        "模拟器（请求不会离开本机）",
    ),
    ("errors", "Error codes", "错误码"),
    ("example", "Example", "示例"),
    ("examples", "Examples", "示例"),
    ("fields", "Fields", "字段"),
    ("intl", "International site", "国际站"),
    ("language", "Language", "语言"),
    ("mainland", "Mainland site", "中国站"),
    ("name", "Name", "名称"),
    (
        "no-script",
        "JavaScript is off: reading and searching work, filling the form and calling do not.",
        "JavaScript 已禁用：可以阅读和搜索，但不能填写表单或发起调用。",
    ),
    (
        "no-texts",
        "Descriptions are not imported. Run `tc3 docs import` with the vendor's package to see them here.",
        "尚未导入描述。运行 `tc3 docs import` 导入官方软件包后即可在此查看。",
    ),
    ("nothing-found", "Nothing found", "未找到结果"),
    ("nullable", "may be null", "可能为 null"),
    ("open-page", "Open the explorer", "打开浏览器"),
    ("opening", "The explorer opens.", "正在打开。"),
    ("parameters", "Parameters", "请求参数"),
    ("problem", "This does not work", "无法完成"),
    ("profile", "Profile", "配置"),
    ("rate-limit", "calls a second", "次/秒"),
    ("read", "reads", "只读"),
    ("request", "Request", "请求"),
    ("required", "required", "必填"),
    ("response", "Response", "返回"),
    ("search", "Search", "搜索"),
    (
        "search-hint",
        "Services, actions, parameters, data types",
        "产品、接口、参数、数据结构",
    ),
    ("services", "Services", "产品"),
    ("skip", "Skip to the content", "跳到正文"),
    ("type", "Type", "类型"),
    ("types", "Data types", "数据结构"),
    ("version", "Version", "版本"),
    ("write", "changes", "写操作"),
];

/// The texts that scripts show.
pub(super) static SCRIPTS: &[(&str, &str, &str)] = &[];
