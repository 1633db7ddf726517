# Each target works on a fresh clone: Python 3.11 or newer, make and a network are enough.

VENV ?= .venv
BIN := $(VENV)/bin
ADDR ?= 127.0.0.1:8000
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := python -m pip --quiet --disable-pip-version-check
# The locks are complete; pip would refuse what [tool.uv] overrides.
LOCKED := --require-hashes --no-deps --only-binary :all:
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
  --python-version 3.11 $(UPGRADE)
SBOM := .build/sbom
# Browsers, servers and clocks are often waited for: one more worker than there are cores.
CORES = $(shell $(BIN)/python -c "import os; print(min(3, os.cpu_count() or 1))")
WORKERS = -n $$(($(CORES) + 1)) --dist worksteal
FAST_WORKERS = -n $(CORES) --dist worksteal
SLIPCOVER = -m slipcover --source helpcentre,macros --skip-covered
COVERAGE = $(if $(shell ls -d $(VENV)/lib/python3*/site-packages/slipcover 2>/dev/null),$(SLIPCOVER))
FAST := "not site and not browser and not slow"
export NO_MKDOCS_2_WARNING := 1

# After an upgrade of Python the environment is broken: make a new one.
ifeq ($(wildcard $(BIN)/python),)
$(shell rm -f $(VENV)/*.stamp)
endif

.DEFAULT_GOAL := help
.PHONY: help serve new-page check translations values impact phrasings insights overdue test test-fast format lock upgrade audit build \
  publish verify

help:
	@sed -n -e 's/^## \(.*\)/\n\1/p' -e 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | \
	  awk -F'|' 'NF == 2 {printf "%-17s %s\n", $$1, $$2; next} {print}'

## Write
serve: $(VENV)/build.stamp ## Show the help centre at 127.0.0.1:8000, rebuilt on every change (ADDR=)
	$(BIN)/mkdocs serve --dev-addr $(ADDR)

new-page: $(VENV)/build.stamp ## Start a page: asks for its question and topic (FROM=folder imports articles as drafts)
	@$(BIN)/python -m helpcentre.content.$(if $(FROM),importing "$(FROM)",new_page)

check: $(VENV)/dev.stamp $(VENV)/npm.stamp ## Check pages and values, and format, lint and types of the code (make format: fix)
	@$(BIN)/codespell docs content languages/en theme README.md CONTRIBUTING.md; spelling=$$?; \
	  $(BIN)/python -m helpcentre.deploy.check && exit $$spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.node tests/npm biome check
	$(BIN)/python -m tests.node tests/npm eslint --config tests/npm/eslint.config.mjs theme
	$(BIN)/python -m tests.node tests/npm stylelint --config tests/npm/stylelint.config.mjs theme/assets/style.css

translations: $(VENV)/build.stamp ## Show which pages each language lacks, or has behind their original (TAG=es names all)
	@$(BIN)/python -m helpcentre.deploy.translations $(TAG)

values: $(VENV)/build.stamp ## Show every value, its state, and its pages (make overdue: what is due for a check)
	@$(BIN)/python -m helpcentre.site.values

impact: $(VENV)/build.stamp ## Show every sentence that a change rewrites (BASE=main or SITE_AS_OF=2027-01-15)
	@$(BIN)/python -m helpcentre.deploy.impact $(if $(BASE),--base $(BASE))

phrasings: build $(VENV)/dev.stamp ## Show what search phrases are worth, and what yours change before you commit them
	@$(BIN)/python -m helpcentre.search.phrasings tests/search/judged.jsonl

insights: build $(VENV)/dev.stamp ## Show what shoppers asked and did not find: LOG=insights.log (SINCE= UNTIL= PHRASINGS=1)
	@$(BIN)/python -m helpcentre.insights $(if $(SINCE),--since $(SINCE)) $(if $(UNTIL),--until $(UNTIL)) \
	  $(if $(PHRASINGS),--as-phrasings tests/search/judged.jsonl) -- $(LOG)

# Not listed by `make help`, which has fifteen targets at most: `values` names it.
overdue: $(VENV)/build.stamp
	@$(BIN)/python -m helpcentre.lint

## Develop
test: $(VENV)/dev.stamp $(VENV)/npm.stamp ## Run all tests (finds browsers and servers, or installs them)
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.servers
	$(BIN)/python -m tests.engines
	$(BIN)/python $(COVERAGE) -m pytest $(FAST_WORKERS) -m $(FAST)
	$(BIN)/pytest $(WORKERS) -m "site or browser or slow"

test-fast: $(VENV)/dev.stamp ## Run the tests that need neither a built site nor a browser
	$(BIN)/pytest $(FAST_WORKERS) -m $(FAST)

format: $(VENV)/dev.stamp $(VENV)/npm.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m tests.node tests/npm biome check --write

lock: $(VENV)/dev.stamp ## Pin what pyproject.toml names, and keep what is pinned (make upgrade: pin the newest)
	$(COMPILE) pyproject.toml -o requirements/build.txt
	$(COMPILE) -c requirements/build.txt --group dev pyproject.toml -o requirements/dev.txt
	$(COMPILE) --group sbom -o requirements/sbom.txt

upgrade:
	@$(MAKE) lock UPGRADE=--upgrade

audit: $(VENV)/dev.stamp ## List what the site is built from, with licences and known vulnerabilities
	@rm -rf $(SBOM)
	@for part in sbom build; do $(BIN)/uv venv --quiet --python $(BIN)/python $(SBOM)/$$part && $(BIN)/uv pip install --quiet $(LOCKED) \
	  --python $(SBOM)/$$part/bin/python -r requirements/$$part.txt || exit; done
	$(SBOM)/sbom/bin/cyclonedx-py environment $(SBOM)/build/bin/python --pyproject pyproject.toml \
	  --output-reproducible --output-file $(SBOM)/sbom.cdx.json
	$(SBOM)/sbom/bin/pip-licenses --python $(SBOM)/build/bin/python --from mixed --with-urls \
	  --format markdown --output-file $(SBOM)/licences.md
	$(SBOM)/sbom/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/build.txt

## Publish
build: $(VENV)/build.stamp ## Build the help centre into site/, whole or not at all
	$(BIN)/python -m helpcentre.deploy.build

publish: $(if $(ROLLBACK),$(VENV)/build.stamp,build) ## Build and publish: TO=user@host:/folder, TO=s3://bucket or TO=github (ROLLBACK=1 undoes)
	@$(BIN)/python -m helpcentre.deploy.publish $(if $(ROLLBACK),--rollback) "$(TO)"

verify: $(VENV)/build.stamp ## Verify a deployment against its own list of files: URL=https://help.example.com/
	@$(BIN)/python -m helpcentre.deploy.verify $(URL)

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed: install it, or set PYTHON=/path/to/python3"; exit 1; fi
	@rm -f $(VENV)/*.stamp
	$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/build.stamp: requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what $< lists ..."
	@$(BIN)/$(PIP) install $(LOCKED) -r $<
	@$(BIN)/$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/build.stamp
	@echo "Installing what $< lists ..."
	@$(BIN)/$(PIP) install $(LOCKED) -r $<
	@touch $@

$(VENV)/npm.stamp: tests/npm/package-lock.json $(VENV)/dev.stamp
	@echo "Installing what $< lists ..."
	@$(BIN)/python -m tests.node $(<D)
	@touch $@
