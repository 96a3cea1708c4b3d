RUN corepack enable
