# The database is on a volume: nothing in the image changes, and a new image keeps the data.
ENV DATABASE_URL=file:/data/app.db
RUN mkdir /data && chown node:node /data
VOLUME /data
