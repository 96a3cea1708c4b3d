
const logoutBody = z.strictObject({ refreshToken: z.string().max(256).optional() }).optional();
