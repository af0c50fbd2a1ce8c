tc3 --site mainland as CreateOrder --Version 2020-01-02 --region ap-guangzhou --Customer.Name Ada \
    --Customer.Uin 1 --Customer.Friend.Name Grace --Discount 0.1 --Rates 1.5 2.0 --Grid.0 1 2 --Grid.1 '[]' \
    --Words.0 a --Words.1 '[]' --type self --Urgent true --Flags true false --Outcome.Code 'a?'
