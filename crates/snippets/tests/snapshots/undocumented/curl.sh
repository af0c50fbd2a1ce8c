#!/bin/sh
# Needs curl, openssl, and the credential in TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.
set -eu

host=organization.emulator
payload='{"Offset":0,"Limit":10,"NodeId":"not a number","Tags":[{"TagKey":"a","TagValue":"b","Color":{"0":[1.5,true,"\"double\" '\''single'\'' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u202e \u2028 \ufeff \u0085 \u001b[1m \u007f \r\n\tend\u00012\n",{}]}}],"Extra":{"__proto__":null,"big":"123456789012345678901"}}'

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
scope=$date/organization/tc3_request
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
key=$(hmac "$key" organization)
key=$(hmac "$key" tc3_request)
signature=$(hmac "$key" "$string_to_sign")

printf %s "$payload" | curl --silent --show-error "http://$host/" \
    --header "Host: $host" \
    --header 'Content-Type: application/json' \
    --header "Authorization: TC3-HMAC-SHA256 Credential=$TENCENTCLOUD_SECRET_ID/$scope, SignedHeaders=$signed, Signature=$signature" \
    --header 'X-TC-Action: DescribeOrganizationMembers' \
    --header 'X-TC-Version: 2021-03-31' \
    --header "X-TC-Timestamp: $timestamp" \
    --data-binary @-
