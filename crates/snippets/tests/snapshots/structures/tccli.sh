tccli cannot send what is not documented, or does not fit its documented type; choose another language
