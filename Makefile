# Two commands for a fresh machine with Python 3.11 or newer and make: `make serve`, `make test`.
# Each sets up its own environment below .environments/ from a lock file: the versions that were
# tested, by name and hash. `make lock` moves them on.

PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
HOST ?= 127.0.0.1
PORT ?= 8000
SERVE := .environments/serve
DEV := .environments/test
UV := .environments/uv/bin/uv
UV_VERSION := 0.13.9
PYTEST := bin/pytest --numprocesses auto --dist loadfile
BROWSERLESS := --ignore tests/browser --ignore tests/test_wheel.py
PIP := -m pip --disable-pip-version-check --quiet install
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --group build pyproject.toml

# Compiled modules are kept, wherever that is switched off: tests start the advisor many times.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help serve test fast tests checks browser bench test-proxy golden moved verify refresh lock test-lowest test-newest clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: $(SERVE)/.ready ## serve on http://127.0.0.1:8000 (HOST, PORT and RULES can be set)
	$(SERVE)/bin/advisor serve --host $(HOST) --port $(PORT) $(if $(RULES),--rules $(RULES))

# Some tests only wait for a server; the checks run meanwhile.
test: browser ## set up what is needed and run every check and test
	@$(MAKE) --no-print-directory --jobs 2 checks tests

fast: ## the same without the browser, the built wheel and the tests marked slow
	@HYPOTHESIS_PROFILE=brief $(MAKE) --no-print-directory --jobs 2 checks tests LEFT_OUT='$(BROWSERLESS) -m "not slow"'

tests: $(DEV)/.ready
	$(DEV)/$(PYTEST) $(LEFT_OUT)

checks: $(DEV)/.ready
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	PATH="$(CURDIR)/$(DEV)/bin:$$PATH" $(DEV)/bin/lint-imports --no-cache
	$(DEV)/bin/mypy
	$(DEV)/bin/advisor lint
	$(DEV)/bin/advisor test

# Pages are tested in a real one: the system's, else Debian's, else the one that Playwright brings.
browser: $(DEV)/.ready
	@command -v chromium >/dev/null \
	|| { test "$$(id -u)" = 0 && command -v apt-get && apt-get update && apt-get install -y chromium; } \
		>/dev/null 2>&1 \
	|| $(DEV)/bin/python -m playwright install chromium \
	|| { echo "No browser for the tests: install Chromium by hand, so that 'chromium' starts it."; exit 2; }

bench: $(DEV)/.ready ## measure the engine and the pages, and print the figures
	$(DEV)/bin/python -m benchmarks

test-proxy: $(DEV)/.ready ## test it behind nginx and HAProxy; both and openssl have to be installed
	$(DEV)/bin/pytest -s tests/proxy/through_proxies.py

golden: $(DEV)/.ready ## record anew what the advisor tells, once a change of it is wanted
	PYTHONPATH=tests $(DEV)/bin/python -m golden.record

moved: $(DEV)/.ready ## show what the advisor tells otherwise than at the commit last recorded
	PYTHONPATH=tests $(DEV)/bin/python -m golden.record --moved

verify: $(UV) $(DEV)/.ready ## run the probes and compare with the records (ARGS="--plan LEAD:SHIPPER" and others)
	PATH="$(CURDIR)/.environments/uv/bin:$$PATH" $(DEV)/bin/advisor verify $(ARGS)

refresh: $(UV) $(DEV)/.ready ## list what is behind the package index (ARGS=--write puts the versions in)
	PATH="$(CURDIR)/.environments/uv/bin:$$PATH" $(DEV)/bin/advisor refresh $(ARGS)

lock: $(UV) ## move what is installed on to the newest versions; run `make test` afterwards
	$(COMPILE) --upgrade --output-file requirements/serve.txt
	$(COMPILE) --upgrade --extra dev --output-file requirements/test.txt

test-lowest: $(UV) browserless-lowest-direct ## test with the lowest versions that pyproject.toml allows
test-newest: $(UV) browserless-highest ## test with the newest versions there are

browserless-%: $(UV)
	rm -rf .environments/$*
	$(UV) venv --quiet --python $(PYTHON) .environments/$*
	$(UV) pip install --quiet --python .environments/$* --resolution $* --editable ".[dev]"
	.environments/$*/$(PYTEST) $(BROWSERLESS)

clean: ## remove the environments
	rm -rf .environments

$(UV):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=..."; exit 2; }
	$(PYTHON) -m venv .environments/uv
	.environments/uv/bin/python $(PIP) uv==$(UV_VERSION)

# Editable, so that the served pages follow the checkout; again whenever the lock changes.
$(SERVE)/.ready $(DEV)/.ready: .environments/%/.ready: requirements/%.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=..."; exit 2; }
	$(PYTHON) -m venv .environments/$*
	.environments/$*/bin/python $(PIP) --require-hashes --requirement $<
	.environments/$*/bin/python $(PIP) --no-index --no-deps --no-build-isolation --editable .
	@touch $@
