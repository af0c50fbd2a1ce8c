# pip install tccli
tccli as CreateOrder \
    --version 2020-01-02 \
    --region ap-guangzhou \
    --Customer '{"Name":"Ada","Uin":1,"Friend":{"Name":"Grace"}}' \
    --Discount 0.1 \
    --Rates '[1.5,2.0]' \
    --Grid '[[1,2],[]]' \
    --Words '[["a"],[]]' \
    --type self \
    --Urgent True \
    --Flags '[true,false]' \
    --Outcome '{"Code":"a?"}'
