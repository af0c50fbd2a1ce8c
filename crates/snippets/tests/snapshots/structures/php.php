PHP cannot send integers of more than 64 bits with sign, as in `Customer`; choose another language
