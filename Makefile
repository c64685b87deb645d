# Every target does its own set-up, once; `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

UV := $(shell command -v uv 2>/dev/null || echo .tools/uv/bin/uv)
UV_VERSION := 0.13.8
PY := .venv/bin/python
STAMPS := .cache/stamps
PARTS = $(STAMPS)/python $(STAMPS)/pages-packages pages $(STAMPS)/browser $(STAMPS)/livekit
PAGES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print)

.PHONY: help dev test faults cluster kill-rounds check fix pages eval bench load sizing soak screenshots page-figures production endurance audit sbom licences clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

dev: $(STAMPS)/python pages ## Run everything on this machine and print the two links
	@$(PY) -m coach dev

test: $(PARTS) ## Run every test but the lengthy ones of faults and cluster
	@cd web && npm test --silent
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

faults: $(STAMPS)/python $(STAMPS)/livekit ## Break every part on purpose; write docs/reliability.md
	@rm -rf .cache/reliability
	@$(PY) -m pytest tests/faults -m faults $(ARGS)
	@$(PY) tools/reliability.py

kill-rounds: $(STAMPS)/python $(STAMPS)/livekit ## Kill the worker fifty times in one session (12 minutes)
	@$(PY) -m tests.faults.kill_rounds $(ARGS)

cluster: $(STAMPS)/python pages $(STAMPS)/livekit ## Run two of each part; kill one of each, restart workers under load
	@$(PY) -m pytest tests/cluster -m faults -s $(ARGS)

check: $(STAMPS)/python $(STAMPS)/pages-packages ## Lint and check types, Python and pages
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/hadolint Dockerfile
	@cd web && npm run --silent check

fix: $(STAMPS)/python ## Format, and mend what the linter can mend
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

pages: web/dist/partner.html ## Build the pages

eval: $(STAMPS)/python ## Score the hint engine on the labelled sessions
	@$(PY) -m coach eval tests/evaluation/sessions $(if $(MODEL),--model $(MODEL))

bench: $(STAMPS)/python pages $(STAMPS)/livekit ## Time the hints, beside LiveKit's plain recipe
	@$(PY) -m bench $(ARGS)

load: $(STAMPS)/python pages $(STAMPS)/livekit ## Hold SESSIONS=5 at once, or SWEEP=1 ever more, beside the plain recipe
	@$(PY) -m bench.load $(if $(SWEEP),--sweep,--sessions $(or $(SESSIONS),5)) $(ARGS)

sizing: $(STAMPS)/python ## Compute what machines carry, from bench/figures.json into docs/scale.md
	@$(PY) -m bench.sizing bench/figures.json docs/scale.md

soak: $(STAMPS)/python pages $(STAMPS)/livekit ## Hold a session of an hour, at the speed of life
	@$(PY) -m tests.support.long_session $(ARGS)

screenshots: $(PARTS) ## Take the pages' pictures into docs/screens
	@$(PY) -m tools.screens

page-figures: $(PARTS) ## Weigh and time the pages
	@$(PY) -m tools.page_figures

production: $(STAMPS)/python $(STAMPS)/pages-packages $(STAMPS)/livekit ## Run the image's steps without Docker, and weigh a session
	@$(PY) -m tools.production

endurance: $(STAMPS)/python pages $(STAMPS)/livekit ## Hold thirty sessions in a row, and watch the memory
	@$(PY) -m tools.endurance $(ARGS)

audit: $(STAMPS)/python ## Ask for known vulnerabilities of every locked package
	@$(PY) -m tools.supply_chain audit

sbom: $(STAMPS)/python ## Write the bills of materials into dist/sbom
	@$(PY) -m tools.supply_chain sbom

licences: $(STAMPS)/python ## List the licences in docs/licences.md
	@$(PY) -m tools.supply_chain licences

clean: ## Remove everything that set-up and builds made
	rm -rf .venv .tools .cache web/node_modules web/dist .pytest_cache .mypy_cache .ruff_cache

$(STAMPS)/prerequisites: tools/prerequisites.sh
	@sh tools/prerequisites.sh
	@mkdir -p $(STAMPS) && touch $@

.tools/uv/bin/uv: | $(STAMPS)/prerequisites
	@echo "Fetching uv $(UV_VERSION)"
	@python3 -m venv .tools/uv
	@.tools/uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(STAMPS)/python: pyproject.toml uv.lock | $(STAMPS)/prerequisites $(UV)
	@echo "Installing the Python packages"
	@$(UV) sync --quiet --frozen --all-extras --compile-bytecode
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/pages-packages: web/package.json web/package-lock.json | $(STAMPS)/prerequisites
	@echo "Installing the pages' packages"
	@cd web && npm ci --silent --no-audit --no-fund
	@mkdir -p $(STAMPS) && touch $@

web/dist/partner.html: $(STAMPS)/pages-packages $(PAGES)
	@echo "Building the pages"
	@cd web && npm run --silent build
	@touch $@

$(STAMPS)/livekit: src/coach/livekit_server/install.py | $(STAMPS)/python
	@COACH_HOME=.cache/livekit $(PY) -m coach livekit install
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/browser: tools/browser.py | $(STAMPS)/python
	@$(PY) tools/browser.py
	@mkdir -p $(STAMPS) && touch $@
