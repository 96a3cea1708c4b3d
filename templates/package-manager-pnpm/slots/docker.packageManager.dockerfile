RUN npm install --global pnpm@12
