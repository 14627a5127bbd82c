# `make run` and `make test` need Python 3.11 and make; everything else they set up themselves.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
# Two processes at a time: each has its own test database.
WORKERS ?= 2

.PHONY: run test test-sqlite test-postgresql bench lint catalogues screenshots clean

# The address stands in feeds: it follows the port.
run: export AKIMAT_SITE_URL ?= http://127.0.0.1:$(PORT)
run: $(VENV)/.runtime catalogues var/static/.collected
	@$(PY) manage.py migrate --noinput --verbosity 0
	@$(PY) manage.py load_demo --if-empty
	@AKIMAT_SHOW_DEMO_SIGN_INS=1 AKIMAT_WORKER_BESIDE=1 exec $(PY) -m gunicorn --config akimat/gunicorn.py \
		--bind 127.0.0.1:$(PORT) akimat.wsgi

test: test-postgresql test-sqlite

test-sqlite: $(VENV)/.development catalogues
	$(PY) -m pytest -n $(WORKERS)

test-postgresql: $(VENV)/.development catalogues
	$(PY) -m tests.postgresql $(PY) -m pytest -n $(WORKERS) -m "not browser"

bench: $(VENV)/.development catalogues
	$(PY) -m benchmarks

lint: $(VENV)/.development
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	$(PY) -m djlint --quiet --lint templates
	$(PY) -m bandit --quiet --configfile pyproject.toml --recursive akimat meetings appeals
	$(PY) manage.py makemigrations --check --dry-run

screenshots: $(VENV)/.development catalogues
	$(PY) -m docs.screenshots

catalogues: $(VENV)/.runtime
	@$(PY) manage.py compile_catalogues

# Files of the interface are gathered again when one of them, or a package, has changed.
var/static/.collected: $(VENV)/.runtime $(shell find static -type f 2>/dev/null)
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' || \
		{ echo "Akimat needs Python 3.11; give it as make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --without-pip $(VENV)

# Debian's python3 may come without ensurepip: then the system's pip fills the environment.
PIP = $$($(PY) -m pip --version >/dev/null 2>&1 && echo "$(PY) -m pip" || echo "$(PYTHON) -m pip --python $(PY)")

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the site runs on…"
	@$(PIP) install --quiet --disable-pip-version-check --require-hashes -r requirements.txt || \
		{ echo "pip could not install. On Debian: apt-get install python3-venv python3-pip" >&2; exit 1; }
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests need…"
	@$(PIP) install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) var
