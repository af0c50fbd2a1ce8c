tc3 organization UpdateUser --Version 2021-03-31 --endpoint http://organization.emulator --ZoneId z-1 \
    --UserId u-1 --NeedResetPassword false
