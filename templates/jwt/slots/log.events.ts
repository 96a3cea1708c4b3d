| "token.reused"
