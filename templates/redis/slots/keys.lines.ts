console.log(`REDIS_PASSWORD=${randomBytes(32).toString("base64url")}`);
