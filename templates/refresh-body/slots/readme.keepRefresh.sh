REFRESH=$(node -p 'JSON.parse(process.argv[1]).refreshToken' "$ANSWER")
