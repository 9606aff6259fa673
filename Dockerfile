# The command unres, and what it needs: no compiler, no pip, no network. docs/ci.md tells how to run it.
FROM python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ONLY_BINARY=:all:
WORKDIR /src
COPY requirements requirements
RUN python -m venv /opt/build \
    && /opt/build/bin/python -m pip install --require-hashes -r requirements/build.lock \
    && python -m venv --without-pip /opt/unres \
    && /opt/build/bin/python -m pip --python /opt/unres/bin/python install --no-compile \
        --require-hashes -r requirements/run.lock

COPY pyproject.toml README.md LICENSE ./
COPY docs/unres.1 docs/
COPY schemas schemas
COPY pipeline pipeline
# Compiled here, by content and not by time, since what runs cannot write; the same sources then make the same files.
RUN /opt/build/bin/hatchling build --target wheel --directory /tmp/wheel \
    && /opt/build/bin/python -m pip --python /opt/unres/bin/python install --no-compile --no-deps \
        --no-index --find-links /tmp/wheel unres \
    && /opt/unres/bin/python -m compileall -f -q --invalidation-mode unchecked-hash /opt/unres/lib

FROM python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d

COPY --from=build /opt/unres /opt/unres
ENV PATH=/opt/unres/bin:$PATH HOME=/tmp LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
# A number, so that a cluster can see it is not root; it owns no file of the image.
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["unres"]
CMD ["--help"]
