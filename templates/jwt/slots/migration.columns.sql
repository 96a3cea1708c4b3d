`secret_hash` text,
`previous_secret_hash` text,
`rotated_at` integer,
