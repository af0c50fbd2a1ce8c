tc3 organization CreateOrganizationMember --Version 2021-03-31 --endpoint http://organization.emulator \
    --Name Ada --PolicyType Financial --PermissionIds 1 18446744073709551615 --NodeId -9223372036854775808 \
    --AccountName=--ada --IdentityRoleID '[]' --Tags.0.TagKey team --Tags.0.TagValue research \
    --Tags.1.TagKey= --Tags.1.TagValue @%-
