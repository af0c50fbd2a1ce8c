tc3 organization DescribeOrganizationMembers --Version 2021-03-31 --region ap-guangzhou --endpoint http://organization.emulator \
    --Offset 0 --Limit 10 --SearchKey Ada --NodeId 9007199254740993
