# The Discord bot in an image: docs/operating.md. `script/image-steps` runs these very lines without a container engine,
# so that commands name no place but their working directory and those beside it.

FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements.lock .
# The exact packages of the lock, each held against its hash; what follows takes none from elsewhere.
RUN pip wheel --quiet --require-hashes --wheel-dir wheels --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY retrieval retrieval
COPY bot bot
RUN pip wheel --quiet --no-index --find-links wheels --no-deps --wheel-dir wheels .
WORKDIR /opt/onrecord
RUN python -m venv --without-pip .
RUN pip --python bin/python install --quiet --no-index --find-links ../../build/wheels "onrecord[chart]"
WORKDIR /var/lib/onrecord

FROM python:3.13-slim
COPY --from=build /opt/onrecord /opt/onrecord
COPY --from=build --chown=10001:10001 /var/lib/onrecord /var/lib/onrecord
ENV PATH=/opt/onrecord/bin:$PATH PYTHONUNBUFFERED=1 MPLCONFIGDIR=/tmp/matplotlib
ENV ONRECORD_DATA_DIR=/var/lib/onrecord ONRECORD_HTTP_PORT=8080
USER 10001:10001
WORKDIR /var/lib/onrecord
VOLUME /var/lib/onrecord
HEALTHCHECK --interval=60s --timeout=5s --start-period=120s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['ONRECORD_HTTP_PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["onrecord"]
CMD ["bot"]
