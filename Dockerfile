# Stage 1: the locked and hashed requirements and the project itself, into one virtual environment.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/gisa
COPY requirements.txt ./
RUN /opt/gisa/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN /opt/gisa/bin/pip install --no-cache-dir --no-deps .

# Stage 2: what runs, without build tools, as a user of its own.
FROM python:3.11-slim
ENV PATH=/opt/gisa/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GISA_DATA_DIR=/data \
    GISA_LOG_FORMAT=json
RUN useradd --system --uid 10001 --no-create-home gisa && install --directory --owner gisa --mode 0750 /data
COPY --from=build /opt/gisa /opt/gisa
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ.get('GISA_PORT', '8000') + '/readyz', timeout=4)"]
CMD ["gisa", "serve", "--host", "0.0.0.0"]
