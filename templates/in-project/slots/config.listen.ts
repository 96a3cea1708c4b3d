HOST: z.string().optional(),
PORT: z.coerce.number().int().min(0).max(65535).default(3000),
