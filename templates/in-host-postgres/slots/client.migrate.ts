await runMigrations(client);
