curl -s -w "$SHOW" -H "Authorization: Bearer $TOKEN" $API/auth/me
