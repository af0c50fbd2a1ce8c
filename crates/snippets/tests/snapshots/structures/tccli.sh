tccli cannot send undocumented parameters and values of the wrong type; choose another language
