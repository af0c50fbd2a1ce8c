//! A shell script with curl and openssl.

use crate::call::Checked;
use crate::json;
use crate::text::shell;

pub(super) fn print(call: &Checked<'_>) -> String {
    let region = call
        .region
        .map(|region| format!("    --header 'X-TC-Region: {region}' \\\n"));
    let scheme = if call.is_http { "http" } else { "https" };
    TEMPLATE
        .replace("@SCHEME@", scheme)
        .replace("@HOST@", &shell(&call.host))
        .replace("@SERVICE@", &call.spec.service)
        .replace("@VERSION@", &call.spec.version)
        .replace("@ACTION@", call.action)
        .replace("@REGION@", &region.unwrap_or_default())
        // Replaced last, because it may contain other placeholders.
        .replace("@PAYLOAD@", &shell(&json::object(call.parameters)))
}

/// Template of the script. No program has a key as an argument, because other users of the machine can see arguments.
const TEMPLATE: &str = r#"#!/bin/sh
# Needs curl, openssl, and the credential in TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.
set -eu

host=@HOST@
payload=@PAYLOAD@

hex() { od -A n -v -t x1 | tr -d ' \n'; }
sha256() { openssl dgst -sha256 -binary; }

# Prints HMAC-SHA256 of the text $2 with the hexadecimal key $1, in hexadecimal. Avoids `openssl dgst -hmac`, because
# other users can see its arguments.
hmac() {
    key=$1 inner='' outer=''
    while [ ${#key} -lt 128 ]; do key=${key}00; done
    while [ -n "$key" ]; do
        rest=${key#??}
        byte=$((0x${key%"$rest"}))
        i=$((byte ^ 0x36)) o=$((byte ^ 0x5c))
        inner="$inner\\0$((i / 64))$((i / 8 % 8))$((i % 8))"
        outer="$outer\\0$((o / 64))$((o / 8 % 8))$((o % 8))"
        key=$rest
    done
    { printf %b "$outer"; { printf %b "$inner"; printf %s "$2"; } | sha256; } | sha256 | hex
}

now=$(date -u '+%s %Y-%m-%d')
timestamp=${now% *}
date=${now#* }
scope=$date/@SERVICE@/tc3_request
signed='content-type;host'

canonical_request="POST
/

content-type:application/json
host:$host

$signed
$(printf %s "$payload" | sha256 | hex)"
string_to_sign="TC3-HMAC-SHA256
$timestamp
$scope
$(printf %s "$canonical_request" | sha256 | hex)"

key=$(printf %s "TC3$TENCENTCLOUD_SECRET_KEY" | hex)
key=$(hmac "$key" "$date")
key=$(hmac "$key" @SERVICE@)
key=$(hmac "$key" tc3_request)
signature=$(hmac "$key" "$string_to_sign")

printf %s "$payload" | curl --silent --show-error "@SCHEME@://$host/" \
    --header "Host: $host" \
    --header 'Content-Type: application/json' \
    --header "Authorization: TC3-HMAC-SHA256 Credential=$TENCENTCLOUD_SECRET_ID/$scope, SignedHeaders=$signed, Signature=$signature" \
    --header 'X-TC-Action: @ACTION@' \
    --header 'X-TC-Version: @VERSION@' \
    --header "X-TC-Timestamp: $timestamp" \
@REGION@    --data-binary @-
"#;
