# Pages, then packages, then an image that holds neither compiler nor Node.
FROM node:22-bookworm-slim AS pages
WORKDIR /app/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web/ ./
RUN npm run build

# Locked production packages first, so that a change of ours doesn't fetch them again. The VAD model
# comes inside its package. Bytecode is compiled here: the final file system is read-only.
FROM python:3.12-slim-bookworm AS packages
RUN pip install --no-cache-dir uv==0.13.8
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --frozen --no-dev --no-install-project
COPY tools/wheel_assets.py tools/
COPY src/ src/
COPY prompts/ prompts/
COPY --from=pages /app/web/dist web/dist
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="Silent Coach" \
      org.opencontainers.image.description="Listens to the partner of a two-person video session and writes short hints that only the facilitator sees." \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --uid 10001 --no-create-home --home-dir /data coach && install -d -o coach /data
COPY --from=packages /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=2 \
    COACH_HOME=/data
WORKDIR /data
VOLUME /data
USER 10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ.get(\"COACH_PORT\", 8080)}/healthz', timeout=4)"]
CMD ["coach", "start"]
