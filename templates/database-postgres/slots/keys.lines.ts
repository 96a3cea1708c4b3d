console.log(`DATABASE_PASSWORD=${randomBytes(32).toString("base64url")}`);
