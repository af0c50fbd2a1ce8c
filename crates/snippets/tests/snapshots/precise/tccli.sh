# pip install tccli
tccli as CreateOrder \
    --version 2020-01-02 \
    --region ap-guangzhou \
    --Customer '{"Name":"Ada"}' \
    --Discount 0.123456789012345
