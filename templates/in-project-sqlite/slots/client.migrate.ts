const migrateAll = connection.transaction((steps: string[]) => {
  for (const step of steps) connection.exec(step);
});
await migrate(db, async (steps) => migrateAll.immediate(steps), {
  migrationsFolder: fileURLToPath(MIGRATIONS),
});
