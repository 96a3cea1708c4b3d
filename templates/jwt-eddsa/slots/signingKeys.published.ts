// RFC 8037 A.1
"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
