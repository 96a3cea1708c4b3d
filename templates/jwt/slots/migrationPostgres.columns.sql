"secret_hash" text,
"previous_secret_hash" text,
"rotated_at" timestamp (3) with time zone,
