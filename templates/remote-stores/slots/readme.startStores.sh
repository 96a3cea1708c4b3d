docker compose up --wait
