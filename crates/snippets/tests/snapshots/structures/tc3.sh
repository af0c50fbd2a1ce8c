tc3 --site mainland as CreateOrder --Version 2020-01-02 --region ap-guangzhou --Customer.Name Ada \
    --Customer.Uin 18446744073709551615 --Customer.Friend.Name Grace --Customer.Friend.Friend.Name Mary \
    --Customer.Friend.Friends '[]' --Customer.Friends.0.Name Joan --Discount 0.5 --Rates 1.5 2.0 \
    --Grid.0 1 2 --Grid.1 '[]' --Words.0 a --type self --Urgent true --Notes '@:{%22free%22:[%22form%22,1]}'
