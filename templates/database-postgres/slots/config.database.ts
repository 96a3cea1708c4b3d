/** The PostgreSQL server, its database and user; the password may stand apart, in DATABASE_PASSWORD. */
DATABASE_URL: z
  .string()
  .regex(/^postgres(?:ql)?:\/\/./, "must be like postgres://user@host:5432/database")
  .refine(URL.canParse, "is no address")
  .default("postgres://api@127.0.0.1:5432/api"),
DATABASE_PASSWORD: z.string().optional(),
DATABASE_TLS: z.enum(["verify", "off"]).optional(),
DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(1000).default(10),
