# Two commands for a fresh machine with Python 3.11 or newer and make: `make serve`, `make test`.
# Each sets up its own environment below .environments/ and installs what it needs there.

PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
HOST ?= 127.0.0.1
PORT ?= 8000
SERVE := .environments/serve
DEV := .environments/test
PIP := -m pip --disable-pip-version-check --quiet install

.PHONY: help serve test browser bench golden moved clean

help: ## print this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

serve: $(SERVE)/.ready ## serve on http://127.0.0.1:8000 (HOST, PORT and RULES can be set)
	$(SERVE)/bin/advisor serve --host $(HOST) --port $(PORT) $(if $(RULES),--rules $(RULES))

test: $(DEV)/.ready browser ## set up what is needed and run every check and test
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	PATH="$(CURDIR)/$(DEV)/bin:$$PATH" $(DEV)/bin/lint-imports --no-cache
	$(DEV)/bin/advisor lint
	$(DEV)/bin/advisor test
	$(DEV)/bin/pytest

# Pages are tested in a real one: the system's, else Debian's, else the one that Playwright brings.
browser: $(DEV)/.ready
	@command -v chromium >/dev/null \
	|| { test "$$(id -u)" = 0 && command -v apt-get && apt-get update && apt-get install -y chromium; } \
		>/dev/null 2>&1 \
	|| $(DEV)/bin/python -m playwright install chromium \
	|| { echo "No browser for the tests: install Chromium by hand, so that 'chromium' starts it."; exit 2; }

bench: $(DEV)/.ready ## measure the engine and the pages, and print the figures
	$(DEV)/bin/python -m benchmarks

golden: $(DEV)/.ready ## record anew what the advisor tells, once a change of it is wanted
	PYTHONPATH=tests $(DEV)/bin/python -m golden.record

moved: $(DEV)/.ready ## show what the advisor tells otherwise than at the commit last recorded
	PYTHONPATH=tests $(DEV)/bin/python -m golden.record --moved

clean: ## remove the environments
	rm -rf .environments

# Editable, so that the served pages follow the checkout; again whenever the needs change.
$(SERVE)/.ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=..."; exit 2; }
	$(PYTHON) -m venv $(SERVE)
	$(SERVE)/bin/python $(PIP) --editable .
	@touch $@

$(DEV)/.ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=..."; exit 2; }
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/python $(PIP) --editable ".[dev]"
	@touch $@
