`data` text,
