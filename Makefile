# Each target works by itself on a fresh clone: Python 3.11 or newer, make and a network are enough.

VENV ?= .venv
BIN := $(VENV)/bin
ADDR ?= 127.0.0.1:8000
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UPGRADE := --upgrade
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
  --python-version 3.11 $(UPGRADE)
WHEELS := --quiet --disable-pip-version-check --require-hashes --only-binary :all:
INSTALL := python -m pip install $(WHEELS)
PARTS := .build/parts
# One more than there are cores, for tests wait a lot: for browsers, servers and clocks.
AT_ONCE = -n $(shell $(BIN)/python -c "import os; print(min(4, (os.cpu_count() or 1) + 1))") --dist loadfile
export NO_MKDOCS_2_WARNING := 1

# After an upgrade of Python the environment is an empty shell: begin anew.
ifeq ($(wildcard $(BIN)/python),)
$(shell rm -f $(VENV)/*.stamp)
endif

.DEFAULT_GOAL := help
.PHONY: help serve build test test-fast test-release check values impact new-page due github-pages \
  release rollback s3 verify parts audit format pictures bench zensical bench-serve bench-weight \
  bench-lighthouse bench-load bench-search bench-search-scale lock clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "make %-18s %s\n", $$1, $$2}'

serve: $(VENV)/site.stamp ## Build the help centre, show it at 127.0.0.1:8000, rebuild on every change
	$(BIN)/mkdocs serve --dev-addr $(ADDR)

build: $(VENV)/site.stamp ## Build the help centre into site/, whole or not at all
	$(BIN)/python -m publish.build

test: $(VENV)/dev.stamp $(VENV)/npm.stamp ## Run all tests (finds a Chrome or Chromium, or gets one)
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.servers
	$(BIN)/pytest $(AT_ONCE)

test-fast: $(VENV)/dev.stamp ## Run the tests that need neither a built site nor a browser
	$(BIN)/pytest $(AT_ONCE) -m "not site and not browser and not slow"

test-release: $(VENV)/dev.stamp ## Kill each way of publishing 100 times, while it is read (some minutes)
	$(BIN)/python -m tests.servers
	KILLS=100 $(BIN)/pytest -s tests/publish -k never_gets_half

check: $(VENV)/dev.stamp ## Check formatting, lint, types, policy values and pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/codespell docs flows overrides policy.yml facts.yml README.md CONTRIBUTING.md
	$(BIN)/python -m checks

values: $(VENV)/site.stamp ## Show every value, its state, and the pages that state it
	@$(BIN)/python -m checks.values

impact: $(VENV)/site.stamp ## Show every sentence that a change rewrites (SINCE=main, or SITE_AS_OF=2027-01-15)
	@$(BIN)/python -m publish.impact $(if $(SINCE),--since $(SINCE))

new-page: $(VENV)/site.stamp ## Begin a page: asks for its question and its topic
	@$(BIN)/python -m checks.new_page

github-pages: build ## Publish site/ to the branch gh-pages of origin, if it changed
	@$(BIN)/python -m publish site --meta-policy
	@$(BIN)/python -m publish.github_pages

release: build ## Publish site/ to a server by rsync: TO=user@host:/srv/help-centre
	@$(BIN)/python -m publish site --compress
	@$(BIN)/python -m publish.release "$(TO)"

rollback: $(VENV)/site.stamp ## Publish the release before again: TO=user@host:/srv/help-centre
	@$(BIN)/python -m publish.release --back "$(TO)"

s3: build $(VENV)/s3.stamp ## Publish site/ to a bucket of S3: TO=s3://bucket or s3://bucket/folder
	@$(BIN)/python -m publish.s3 "$(TO)"

verify: $(VENV)/site.stamp ## Hold a live site against what was built: URL=https://help.example.com/
	@$(BIN)/python -m publish.verify $(URL)

parts: $(VENV)/bin/python ## List what the site is built from, with licences (.build/parts/)
	@rm -rf $(PARTS)
	@$(BIN)/python -m venv $(PARTS)/tools
	@$(PARTS)/tools/bin/$(INSTALL) -r requirements-parts.txt
	@$(BIN)/python -m venv --without-pip $(PARTS)/site
	@$(PARTS)/tools/bin/python -m pip --python $(PARTS)/site/bin/python install $(WHEELS) -r requirements.txt
	$(PARTS)/tools/bin/cyclonedx-py environment $(PARTS)/site/bin/python --pyproject pyproject.toml \
	  --output-reproducible --output-file $(PARTS)/sbom.cdx.json
	$(PARTS)/tools/bin/pip-licenses --python $(PARTS)/site/bin/python --from mixed --with-urls \
	  --format markdown --output-file $(PARTS)/licences.md

audit: parts ## Ask which of these have known holes (asks a service of PyPI)
	$(PARTS)/tools/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.txt

due: $(VENV)/site.stamp ## Show what is due to be checked again
	@$(BIN)/python -m checks due

format: $(VENV)/dev.stamp ## Mend formatting and what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: $(VENV)/dev.stamp ## Draw the README's picture, the card of shared links and the icon anew
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.pictures

bench: $(VENV)/bench.stamp ## Compare builds of 1,000 to 10,000 articles with other builders' (some minutes)
	$(BIN)/python -m bench.build

zensical: $(VENV)/bench.stamp ## Report how far Zensical builds this site (publish/way-out.md)
	@$(BIN)/python -m bench.zensical

bench-serve: $(VENV)/dev.stamp ## Show how soon an edit is seen, beside Material's own
	$(BIN)/python -m bench.serve

bench-weight: $(VENV)/dev.stamp ## Show what a first visit fetches, beside Material's own look
	$(BIN)/python -m tests.browser
	$(BIN)/python -m bench.weight

bench-lighthouse: $(VENV)/dev.stamp ## Show what Lighthouse says of each page on a slow phone (some minutes)
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.servers
	$(BIN)/python -m tests.node bench/npm
	$(BIN)/python -m bench.lighthouse

bench-load: $(VENV)/dev.stamp ## Show what nginx bears with our configuration, while releases are published
	$(BIN)/python -m tests.servers
	$(BIN)/python -m bench.load

bench-search: $(VENV)/bench.stamp ## Compare our search with others: right pages, bytes, time
	$(BIN)/python -m tests.browser
	$(BIN)/python -m bench.search

bench-search-scale: $(VENV)/dev.stamp ## Show what search costs at 1,000 to 10,000 articles (some minutes)
	$(BIN)/python -m tests.browser
	$(BIN)/python -m bench.search_scale

lock: $(VENV)/dev.stamp ## Pin all dependencies anew, for every platform (UPGRADE= keeps what is pinned)
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt
	$(COMPILE) -c requirements-dev.txt --group s3 -o requirements-s3.txt
	$(COMPILE) -c requirements-dev.txt --group bench -o requirements-bench.txt
	$(COMPILE) --group parts -o requirements-parts.txt

clean: ## Remove everything that was built or installed here
	rm -rf $(VENV) .build site site-preview .hypothesis .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed: install it, or say PYTHON=/path/to/python3"; exit 1; fi
	@rm -f $(VENV)/*.stamp
	$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/site.stamp: requirements.txt | $(VENV)/bin/python
	@echo "Installing what $< lists ..."
	@$(BIN)/$(INSTALL) -r $<
	@touch $@

$(VENV)/npm.stamp: tests/npm/package-lock.json $(VENV)/dev.stamp
	@echo "Installing what $< lists ..."
	@$(BIN)/python -m tests.node $(<D)
	@touch $@

$(VENV)/bench.stamp: $(VENV)/dev.stamp
$(VENV)/%.stamp: requirements-%.txt $(VENV)/site.stamp
	@echo "Installing what $< lists ..."
	@$(BIN)/$(INSTALL) -r $<
	@touch $@
