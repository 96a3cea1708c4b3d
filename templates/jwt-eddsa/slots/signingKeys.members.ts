kty: z.literal("OKP"),
crv: z.literal("Ed25519"),
x: z.string(),
d: z.string(),
