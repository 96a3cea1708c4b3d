/** The newest refresh token of the family, and the one before it. */
secretHash: text("secret_hash"),
previousSecretHash: text("previous_secret_hash"),
rotatedAt: time("rotated_at"),
