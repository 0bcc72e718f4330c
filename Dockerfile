# Stage 1: the locked and hashed requirements and the project itself, into one virtual environment. What builds the wheel is hashed too.
FROM python:3.11.14-slim-trixie AS build
# requirements-tracing.txt has what GISA_TRACES_URL needs as well.
ARG REQUIREMENTS=requirements.txt
WORKDIR /src
RUN python -m venv --without-pip /opt/gisa
COPY requirements.txt requirements-tracing.txt requirements-build.txt ./
RUN pip --python /opt/gisa/bin/python install --no-cache-dir --require-hashes -r "$REQUIREMENTS" \
    && pip install --no-cache-dir --require-hashes -r requirements-build.txt
COPY . .
RUN python -m hatchling build -t wheel -d /wheel \
    && pip --python /opt/gisa/bin/python install --no-cache-dir --no-index --no-deps /wheel/*.whl

# Stage 2: what runs, without build tools, as a user of its own. It runs on a read-only root file system: it writes to /data, where the
# command also leaves what an import refuses, and to /tmp, where the answers of a bulk wait beyond the first MiB.
FROM python:3.11.14-slim-trixie
ENV PATH=/opt/gisa/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GISA_DATA_DIR=/data \
    GISA_HOST=0.0.0.0 \
    GISA_LOG_FORMAT=json
# At 0.0.0.0 it starts only with a key (`gisa keys create NAME` on the volume), or open where GISA_OPEN_ACCESS=anywhere says that this is meant.
RUN useradd --system --uid 10001 --user-group --no-create-home gisa \
    && install --directory --owner gisa --group gisa --mode 0750 /data
COPY --from=build /opt/gisa /opt/gisa
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
# Whether the process answers: what acts on it starts the container anew, which would not bring back a cluster that is away (/readyz says that).
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ.get('GISA_PORT', '8000') + '/livez', timeout=4)"]
CMD ["gisa", "serve"]
