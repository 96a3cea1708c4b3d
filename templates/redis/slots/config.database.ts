/** The Redis server; the password may stand apart, in REDIS_PASSWORD. */
REDIS_URL: z
  .string()
  .regex(/^rediss?:\/\/./, "must be like redis://host:6379")
  .refine(URL.canParse, "is no address")
  .default("redis://127.0.0.1:6379"),
REDIS_PASSWORD: z.string().optional(),
REDIS_TLS: z.enum(["verify", "off"]).optional(),
