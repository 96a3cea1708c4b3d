const MIGRATIONS = new URL("../../migrations", import.meta.url);
