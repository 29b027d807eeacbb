# The two commands of the README: `make demo` and `make test`. They need Python 3.11, make and git.
PYTHON ?= python3
BIN := .venv/bin
RUNTIME := .venv/.runtime
DEV := .venv/.dev

.PHONY: demo test faults bench run lint format lock clean

demo: $(RUNTIME)
	$(BIN)/python -m bot demo $(ARGS)

run: $(RUNTIME)
	$(BIN)/python -m bot run $(ARGS)

# Half of the machine's cores or two, whichever is more: the tests start servers of their own.
test: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

# The promise, tried: workers killed, Slack and databases failing, at full length. A quarter of an
# hour: three at a time, because many of them wait.
faults: $(DEV)
	$(BIN)/python -m pytest tests/faults --long -n 3 --dist worksteal --timeout 600 $(ARGS)

# The numbers of the README, each beside its floor; about ten minutes on a quiet machine.
# ARGS=--write puts them into both READMEs.
bench: $(DEV)
	$(BIN)/python -m tests.bench $(ARGS)

lint: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# A new lock after a change of pyproject.toml. It names no index, so it works against any.
LOCK := uv pip compile pyproject.toml --universal --generate-hashes --no-header --quiet \
	--no-emit-index-url --no-emit-find-links
lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf .venv test-output

$(RUNTIME): requirements.lock | .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

.venv:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Goen needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
