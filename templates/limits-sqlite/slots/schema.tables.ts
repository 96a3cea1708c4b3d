
/** Counted failures, in the columns that rate-limiter-flexible expects. */
export const limits = sqliteTable("limits", {
  key: text("key").primaryKey(),
  points: integer("points").notNull().default(0),
  expire: time("expire"),
});
