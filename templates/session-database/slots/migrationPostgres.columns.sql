"data" text,
