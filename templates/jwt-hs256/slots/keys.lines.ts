console.log(`JWT_SECRETS=${randomBytes(32).toString("base64url")}`);
