# Needs Python 3.11 or later and make; all else goes into .venv. `make help` lists the targets.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint types requirements accuracy formats bench bench-batch bench-cluster torture fuzz attacks clean

PYTHON ?= python3
# The documents with references that `make accuracy` scores; without them it is skipped.
SHARED ?= ../shared
COUNT ?= 10000
BLOWS ?= 200
TARGET ?= text
RUNS ?= 20000
STEP ?= 1
NODE_JUDGES := vnu-jar@26.9.27 axe-core@4
BIN := .venv/bin
INSTALLED := .venv/installed
LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command 'make requirements' --output-file

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

demo: $(INSTALLED) ## convert samples/ into out/
	$(BIN)/unres convert samples --out out
	@echo "The results are in $(CURDIR)/out: open a .docx in Word, a .md in any editor, an .xml in a browser."

test: lint types ## the whole check: ruff, mypy, pytest with doctests
	$(BIN)/pytest -n 2

lint: $(INSTALLED) ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED) ## mypy, strict
	$(BIN)/mypy

ifneq ($(wildcard $(SHARED)/corpus),)
accuracy: $(INSTALLED) ## score real documents against their references
	$(BIN)/python benchmarks/accuracy.py $(SHARED)
	$(BIN)/python benchmarks/references.py $(SHARED)
	$(BIN)/python benchmarks/roundtrips.py $(SHARED)
	$(BIN)/python benchmarks/akn.py $(SHARED)

formats: $(INSTALLED) ## every format held to judges of others, a table; STEP=10 for each tenth document
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[judges]'
	command -v npm >/dev/null && npm install --silent --no-audit --no-fund --no-save --prefix .venv $(NODE_JUDGES) || true
	$(BIN)/python benchmarks/formats.py $(SHARED) --step $(STEP)
else
accuracy formats:
	@echo "skipped: no corpus at $(SHARED)/corpus"
endif

bench: $(INSTALLED) ## speed and memory, beside pandoc and PDFium
	$(BIN)/python benchmarks/bench.py $(SHARED)

bench-batch: $(INSTALLED) ## many documents: rate, memory, a second run; COUNT=10000
	$(BIN)/python benchmarks/batch.py $(COUNT)

bench-cluster: $(INSTALLED) ## the same documents locally and by a Dask cluster on this machine
	$(BIN)/python -m benchmarks.cluster

torture: $(INSTALLED) ## kill runs and let the disk fail, again and again; BLOWS=200
	$(BIN)/python benchmarks/torture.py $(BLOWS)

fuzz: $(INSTALLED) ## feed a reader with what Atheris makes of the samples; TARGET=text RUNS=20000
	$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	$(BIN)/python benchmarks/fuzz.py $(TARGET) $(RUNS)

attacks: $(INSTALLED) ## time and memory that hostile files take
	$(BIN)/python benchmarks/attacks.py

requirements: $(INSTALLED) ## versions and digests of what an image installs, made anew
	$(BIN)/python -c 'import uv' 2>/dev/null || $(BIN)/python -m pip install --quiet uv
	$(LOCK) requirements/run.lock pyproject.toml
	printf 'hatchling\n' | $(LOCK) requirements/build.lock -

clean: ## remove everything that is made
	rm -rf .venv out dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
