tc3 organization DescribeOrganization --Version 2021-03-31 --endpoint http://organization.emulator
