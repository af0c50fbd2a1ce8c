PHP cannot send integers outside the signed 64-bit range, as in `Customer`; choose another language
