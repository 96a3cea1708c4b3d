console.log(`JWT_PRIVATE_KEYS=${await drawSigningKey()}`);
