/** The SQLite file, relative to the working directory. */
DATABASE_URL: z
  .string()
  .regex(/^file:./, "must be file: and a path, such as file:./data/app.db")
  .default("file:./data/app.db"),
