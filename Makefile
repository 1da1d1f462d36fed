# Shoreline: the two commands are `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
STAMP := $(VENV)/.shoreline-ready
KERNELS := $(wildcard studio/raster/kernels/*.[ch] studio/raster/kernels/build.py)
# How many processes tests run in is said in tests/conftest.py; more than four would want more memory than machines have.
SPREAD := -n auto --maxprocesses 4 --dist worksteal
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run setup test test-all bench lint packages clean

run: $(STAMP)
	@$(PY) -m studio run

setup: $(STAMP)

$(STAMP): pyproject.toml setup.py $(KERNELS)
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Shoreline needs Python 3.11 or newer; set PYTHON=/path/to/python3.')"
	@echo "Making the environment in $(VENV); the first time this downloads PyTorch (several GB on Linux)."
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed; on Debian and Ubuntu install python3-venv."; exit 1; }
	@$(PY) -m pip install --quiet --upgrade pip
	@# The compiler of the kernels is installed once, not once more beside it.
	@$(PY) -m pip install --quiet "setuptools>=77" "ziglang>=0.13"
	@PYTHONWARNINGS=ignore $(PY) -m pip install --quiet --no-build-isolation -e ".[dev]"
	@# Else Qt for Python unpacks and compiles a part of itself at every start.
	@SBK_EMBED=0 $(PY) -c "import compileall, pathlib, shiboken6; compileall.compile_dir(pathlib.Path(shiboken6.__file__).with_name('files.dir'), quiet=1)"
	@touch $(STAMP)

test: lint
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -m "not slow" $(SPREAD)

test-all: lint
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest $(SPREAD)

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@for plugin in plugins/*/; do $(BIN)/mypy $$plugin || exit 1; done
	@$(BIN)/lint-imports

bench: $(STAMP)
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.bench

# Everything that this system can make, in dist/; packaging/README.md says what each package needs.
packages: $(STAMP)
	@$(PY) -m pip install --quiet -e ".[package]"
	@QT_QPA_PLATFORM=offscreen $(PY) packaging/build.py all

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
