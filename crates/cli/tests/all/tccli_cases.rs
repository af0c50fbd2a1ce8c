//! The invocations that both programs run.

/// An invocation of tccli, and the behaviour of tc3 with the same words.
pub(crate) struct Case {
    /// The words after the name of the program. Single quotes group, as in shells, unless a backslash precedes.
    pub(crate) line: &'static str,
    pub(crate) environment: &'static [(&'static str, &'static str)],
    pub(crate) tc3: Tc3,
}

/// Expected behaviour of tc3.
#[derive(Clone, Copy)]
pub(crate) enum Tc3 {
    /// Both send the same request.
    Same,
    /// tccli sends a request. tc3 sends none, and fails with a usage error with this text.
    Refuses(&'static str),
    /// tccli sends nothing, and tc3 sends these parameters.
    Sends(&'static str),
    /// Neither sends a request.
    Nothing,
}

const fn case(line: &'static str, tc3: Tc3) -> Case {
    Case {
        line,
        environment: &[],
        tc3,
    }
}

const fn same(line: &'static str) -> Case {
    case(line, Tc3::Same)
}

const fn with(environment: &'static [(&'static str, &'static str)], line: &'static str) -> Case {
    Case {
        line,
        environment,
        tc3: Tc3::Same,
    }
}

const fn refuses(line: &'static str, problem: &'static str) -> Case {
    case(line, Tc3::Refuses(problem))
}

const fn sends(line: &'static str, parameters: &'static str) -> Case {
    case(line, Tc3::Sends(parameters))
}

pub(crate) const CASES: &[Case] = &[
    // Scalars.
    same("cvm DescribeZones"),
    same("cvm DescribeInstances --Limit 5 --Offset 0"),
    same("cvm DescribeInstances --Limit=5"),
    same("cvm RunInstances --InstanceName 00123 --ImageId true"),
    same("cvm RunInstances --InstanceName '  two words, \"quoted\" = {x} '"),
    same("cvm RunInstances --InstanceName 云服务器😀 --UserData=-x"),
    same("cvm RunInstances --InstanceName '' --ClientToken="),
    same("cvm RunInstances --DryRun True"),
    same("cvm RunInstances --DryRun False"),
    same("cvm RunInstances --DryRun true"),
    same("cvm InquiryPriceResizeInstanceDisks --InstanceId ins-1 --ForceStop=false"),
    same("organization DescribeOrganizationMemberEmailBind --MemberUin 111111111111"),
    same("organization ListOrganizationNodes --version 2018-12-25"),
    // Lists and structures as JSON.
    same("cvm DescribeInstances --InstanceIds '[\"ins-1\", \"ins-2\"]'"),
    same("cvm DescribeInstances --InstanceIds []"),
    same("cvm DescribeInstances --Filters '[{\"Name\": \"zone\", \"Values\": [\"a\", \"云\"]}]'"),
    same(
        "cvm RunInstances --Placement '{\"Zone\": \"ap-x-1\", \"ProjectId\": 0}' --InstanceCount 2",
    ),
    same(
        "organization CreateOrganizationMember --Name a --PolicyType Financial --AccountName b --PermissionIds [1,18446744073709551615] --NodeId 9007199254740993",
    ),
    // Names with dots.
    same(
        "cvm DescribeInstances --cli-unfold-argument --InstanceIds ins-1 ins-2 --Filters.0.Name zone --Filters.0.Values a b",
    ),
    same(
        "cvm RunInstances --Placement.Zone ap-x-1 --DataDisks.0.DiskSize 50 --DataDisks.1.DiskSize 60 --DataDisks.1.DeleteWithInstance False --cli-unfold-argument",
    ),
    same("cvm DescribeInstances --cli-unfold-argument --InstanceIds ins-1 --Limit 1"),
    // Files.
    same("cvm DescribeInstances --cli-input-json file://in.json"),
    same("cvm DescribeInstances --cli-input-json file://in.json --region ap-x"),
    // Other options.
    same("cvm DescribeInstances --region ap-tokyo --Limit 1 --timeout 30 --version 2017-03-12"),
    same("--region ap-tokyo cvm DescribeZones"),
    same("cvm DescribeZones --filter ZoneSet[].Zone"),
    same("cvm DescribeZones --filter 'ZoneSet[?Zone==`a`] | [0]' --output text"),
    same("cvm DescribeZones --output table"),
    same("cvm DescribeZones --output json --filter TotalCount"),
    same(
        "cvm DescribeInstancesStatus --waiter '{\"expr\": \"length(InstanceStatusSet)\", \"to\": 1}'",
    ),
    same(
        "cvm DescribeInstancesStatus --waiter {\"expr\":\"length(InstanceStatusSet)\",\"to\":1,\"timeout\":60,\"interval\":5}",
    ),
    same(r"cvm DescribeInstancesStatus --waiter {\'expr\':\'length(InstanceStatusSet)\',\'to\':1}"),
    case("cvm RunInstances --generate-cli-skeleton", Tc3::Nothing),
    // Profiles and the environment.
    same("cvm DescribeZones --profile ops"),
    same("cvm DescribeZones --profile ops --region ap-tokyo"),
    with(&[("TCCLI_PROFILE", "ops")], "cvm DescribeZones"),
    with(&[("TENCENTCLOUD_REGION", "ap-env")], "cvm DescribeZones"),
    with(
        &[
            ("TENCENTCLOUD_SECRET_ID", "AKIDOPS"),
            ("TENCENTCLOUD_SECRET_KEY", "ops-key"),
        ],
        "cvm DescribeZones",
    ),
    with(
        &[
            ("TENCENTCLOUD_SECRET_ID", "AKIDX"),
            ("TENCENTCLOUD_SECRET_KEY", "x"),
        ],
        "cvm DescribeZones --profile ops",
    ),
    with(
        &[("TCCLI_PROFILE", "ops"), ("TENCENTCLOUD_REGION", "ap-env")],
        "cvm DescribeZones --profile default",
    ),
    // Refused by both.
    case("cvm TerminateInstances", Tc3::Nothing),
    case("cvm DescribeInstance --Limit 5", Tc3::Nothing),
    case("cvm DescribeInstances --Limit five", Tc3::Nothing),
    case(
        "cvm DescribeInstances --Filters '[{\"Name\": \"zone\"'",
        Tc3::Nothing,
    ),
    case(
        "cvm DescribeInstances --cli-input-json file://missing.json",
        Tc3::Nothing,
    ),
    // tccli requires JSON without --cli-unfold-argument, and accepts only indexes up to 9 with it.
    sends(
        "cvm DescribeInstances --InstanceIds ins-1 ins-2",
        r#"{"InstanceIds":["ins-1","ins-2"]}"#,
    ),
    sends(
        "cvm RunInstances --Placement.Zone ap-x-1",
        r#"{"Placement":{"Zone":"ap-x-1"}}"#,
    ),
    sends(
        "cvm DescribeInstances --cli-input-json file://in.json --Limit 7",
        r#"{"Filters":[{"Name":"zone","Values":["a","b"]}],"Limit":7}"#,
    ),
    // A prefix would change its meaning with the next parameter of the service.
    refuses("cvm DescribeInstances --Lim 5", "has no parameter `Lim`"),
    // tccli uses the last value.
    refuses(
        "cvm DescribeInstances --Limit 5 --Limit 6",
        "`--Limit` is given twice",
    ),
    // tccli ignores the unknown field.
    refuses(
        "cvm DescribeInstances --Filters '[{\"Nam\": \"zone\"}]'",
        "`Filters.0.Nam`, which Filter does not have",
    ),
    // tccli sends another type than documented.
    refuses(
        "cvm DescribeInstances --Filters '[{\"Name\": 5}]'",
        "must be a String",
    ),
    refuses(
        "cvm DescribeInstances --Limit 1_0",
        "`--Limit` must be an Integer",
    ),
    refuses("cvm RunInstances --DryRun 1", "must be true or false"),
    // tccli sends the request, and then prints no response.
    refuses(
        "cvm DescribeZones --filter 'ZoneSet['",
        "is not a JMESPath expression",
    ),
    // Other users of the machine can read arguments. tccli writes them to a log, too.
    refuses(
        "cvm DescribeZones --secretId AKIDOPS --secretKey ops-key",
        "a secret in an argument",
    ),
];
