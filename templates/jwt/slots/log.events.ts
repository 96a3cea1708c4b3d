| "token.refreshed"
| "token.reused"
