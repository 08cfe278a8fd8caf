FROM node:22-slim AS build
# Prisma's own install script would download an engine that nothing uses; any existing executable stops it.
ENV PRISMA_SCHEMA_ENGINE_BINARY=/usr/local/bin/node
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
COPY tools tools
COPY prisma prisma
COPY src src
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:22-slim
ENV NODE_ENV=production CANDLECHAT_DATA_DIR=/data CANDLECHAT_HEALTH_PORT=8080
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY prisma prisma
COPY locales locales
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
