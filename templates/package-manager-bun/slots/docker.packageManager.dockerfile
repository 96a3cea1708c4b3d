COPY --from=oven/bun:1-slim /usr/local/bin/bun /usr/local/bin/bun
