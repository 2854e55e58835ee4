SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
ENGINE ?= mkdocs
ADDRESS ?= 127.0.0.1:8000
export NO_MKDOCS_2_WARNING := 1
# Compiled modules are kept, whatever the shell says: each test process would compile them anew.
unexport PYTHONDONTWRITEBYTECODE
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1763596800)

.PHONY: help serve new build test check due docs addresses sbom bench growth search lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{printf "  make %-10s %s\n", $$1, $$2}'

serve: $(VENV)/.ready ## Read the site at http://127.0.0.1:8000/ while you write; it reloads as you save
	@$(BIN)/rls-site serve --address $(ADDRESS)

new: $(VENV)/.ready ## Start an article and its line in the navigation: make new ARTICLE=massage/hot-stones
	@$(BIN)/rls-site new "$(ARTICLE)"

build: $(VENV)/.ready ## Check everything and build the site into site/ (ENGINE=zensical for the other engine)
	@$(BIN)/rls-site build --engine $(ENGINE)

check: $(VENV)/.ready ## Tell what is wrong in the articles, by file and line
	@$(BIN)/rls-site check

test: $(VENV)/.ready-tests ## Install what the tests need and run them all
	@$(BIN)/python -m pytest

due: $(VENV)/.ready ## List the reviews that come due in 60 days, by owner
	@$(BIN)/rls-site due

docs: $(VENV)/.ready ## Write what is generated: the schema, the lists in CONTRIBUTING.md, the table of faults
	@$(BIN)/rls-site docs

addresses: $(VENV)/.ready ## Add new pages to the list of every address ever published
	@$(BIN)/rls-site addresses

sbom: $(VENV)/.ready-tests ## List everything that is installed as build/sbom.json (CycloneDX)
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o build/sbom.json requirements.txt

bench: $(VENV)/.ready-tests ## Measure speed beside hand-written HTML and stock Material
	@$(BIN)/python bench/speed.py

growth: $(VENV)/.ready-tests ## Measure how long a build takes, and how that grows with the number of pages
	@$(BIN)/python bench/build.py

search: $(VENV)/.ready-tests ## Measure the search: right first, right in the first three, mean reciprocal rank
	@$(BIN)/python -m pytest tests/test_search.py -k right_pages --numprocesses=0

lock: $(VENV)/.ready ## Bring requirements.txt in line with pyproject.toml (UPGRADE=1 takes the newest of everything)
	@$(BIN)/python -m pip install --quiet uv==0.13.9
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --extra tests --no-annotate --no-header $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements.txt

clean: ## Remove what was built and installed
	@rm -rf $(VENV) site site.zensical build

$(VENV)/.ready: requirements.txt pyproject.toml
	@bash .ci/install $(VENV)
	@touch $@

$(VENV)/.ready-tests: $(VENV)/.ready
	@bash .ci/browser
	@touch $@
