tccli cannot send requests over http; choose another language
