console.log(`SESSION_SECRETS=${randomBytes(32).toString("base64url")}`);
