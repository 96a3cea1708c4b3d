curl -s -w "$SHOW" {{join "readme.refreshWith"}} $API/auth/refresh
