await migrate(drizzle(client), { migrationsFolder: fileURLToPath(MIGRATIONS) });
