# Everything one does with Gisa; `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help install run test faults lint bench parity overhead restore relevance entities elasticsearch page-load pictures hostile fuzz lock clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
UV := $(shell command -v uv)
ARTICLES ?= 20000
SIZES ?= 20000 100000
PORT ?= 9200
FOLDS ?= 0
URL ?= http://127.0.0.1:8000
CASES ?= 2000
QUERIES ?= 2000000
SECONDS ?= 600

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  Python: make PYTHON=/path/to/python3.11 …   Settings: GISA_* variables, see docs/configuration.md"

install: $(VENV)/.runtime ## install Gisa into .venv, from the locked and hashed requirements

run: install ## start the service at http://127.0.0.1:8000, with sample articles where there are none yet
	@data="$${GISA_DATA_DIR:-gisa-data}"; \
	if [ -z "$$(ls -A "$$data" 2>/dev/null)" ]; then $(BIN)/gisa import samples; fi; \
	exec $(BIN)/gisa serve

test: $(VENV)/.development ## run every test
	$(BIN)/pytest -n 2 --dist worksteal

faults: $(VENV)/.development ## every fault at full size: 200 kills, 50 restarts; needs what `make elasticsearch` needs, an hour
	GISA_TEST_KILLS=200 GISA_TEST_KILLED_WRITES=20000 GISA_TEST_RESTARTS=50 GISA_TEST_NODE_RESTARTS=20 GISA_TEST_HUNG_REQUESTS=4000 GISA_TEST_BULK_ARTICLES=20000 \
	GISA_TEST_REQUIRE_ELASTICSEARCH=1 GISA_TEST_REQUIRE_TMPFS=1 $(BIN)/pytest -rP tests/faults tests/elasticsearch/test_outage.py \
	tests/elasticsearch/test_retries.py tests/elasticsearch/test_cluster.py tests/unit/engines/embedded/test_damage.py

lint: $(VENV)/.development ## check style, format, types and YAML
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/yamllint --strict .

bench: $(VENV)/.bench ## measure beside its peers: make bench CORPUS_GENERATOR=path/to/make_corpus.py [SIZES="20000 100000"], beside `make elasticsearch`
	@test -n "$(CORPUS_GENERATOR)" || { echo "Name the generator of the articles: make bench CORPUS_GENERATOR=path/to/make_corpus.py"; exit 2; }
	$(BIN)/python -m bench --generator "$(CORPUS_GENERATOR)" --articles $(SIZES) --url "http://127.0.0.1:$(PORT)"
	$(BIN)/python -m bench.document

parity: $(VENV)/.development ## compare both engines over the whole shared corpus; needs what `make elasticsearch` needs, 15 minutes
	GISA_TEST_PARITY=whole GISA_TEST_REQUIRE_ELASTICSEARCH=1 $(BIN)/pytest -rP tests/elasticsearch/test_parity.py

overhead: $(VENV)/.development ## what the service adds to a search of Elasticsearch: make overhead CORPUS_GENERATOR=… beside `make elasticsearch` [PORT=9200]
	@test -n "$(CORPUS_GENERATOR)" || { echo "Name the generator of the articles: make overhead CORPUS_GENERATOR=path/to/make_corpus.py"; exit 2; }
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	(cd "$(dir $(CORPUS_GENERATOR))" && "$(CURDIR)/$(BIN)/python" "$(notdir $(CORPUS_GENERATOR))" $(ARTICLES) "$$folder/corpus.jsonl.gz") && \
	$(BIN)/python -m bench.overhead --url "http://127.0.0.1:$(PORT)" --corpus "$$folder/corpus.jsonl.gz"

restore: $(VENV)/.development ## how long a backup beside a writer and a restore take: make restore CORPUS=FILE.jsonl.gz [ARTICLES=20000]
	@test -n "$(CORPUS)" || { echo "Name the articles: make restore CORPUS=path/to/corpus.jsonl.gz"; exit 2; }
	$(BIN)/python -m bench.restore --corpus "$(CORPUS)" --articles $(ARTICLES)

relevance: $(VENV)/.development ## how far up the right article stands, on each engine: make relevance JUDGED=FOLDER [PORT=9200], beside `make elasticsearch`
	@test -n "$(JUDGED)" || { echo "Name the folder with corpus.jsonl.gz and queries.*.jsonl: make relevance JUDGED=path/to/folder"; exit 2; }
	@$(BIN)/python -m bench.relevance "$(JUDGED)" --elasticsearch "http://127.0.0.1:$(PORT)"

entities: $(VENV)/.development ## measure how names are found on labelled sentences: make entities DATA=FILE [FOLDS=5]
	@test -n "$(DATA)" || { echo "Name the labelled sentences: make entities DATA=path/to/sentences.jsonl.gz"; exit 2; }
	@$(BIN)/python -m training.measure --data "$(DATA)" --folds $(FOLDS)

hostile: $(VENV)/.development ## hostile input at full size, on both engines: make hostile [CASES=20000] [QUERIES=2000000]
	GISA_TEST_HOSTILE=whole GISA_TEST_SCHEMATHESIS_EXAMPLES=$$(( $(CASES) / 20 )) GISA_TEST_PARSED_QUERIES=$(QUERIES) GISA_TEST_ASKED_QUERIES=$$(( $(QUERIES) / 100 )) \
		$(BIN)/pytest -rP -n 2 tests/hostile tests/web/test_schemathesis.py

fuzz: $(VENV)/.development ## fuzz the readers of press copy, queries and NDJSON, each so long: make fuzz [SECONDS=3600]
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

elasticsearch: $(VENV)/.development ## start a real Elasticsearch with nori at http://127.0.0.1:9200 [PORT=9200]; needs a JDK 21 or newer and Maven
	$(BIN)/python -m tests.elasticsearch_node --port $(PORT)

page-load: $(VENV)/.development ## first result painted and transfer of the page in a chromium, beside a running service: make page-load [URL=http://127.0.0.1:8000]
	@$(BIN)/python -m bench.page_load --url "$(URL)"

pictures: $(VENV)/.development ## take the pictures of the documentation anew from the running page; needs a chromium
	$(BIN)/python -m docs.pictures

lock: ## write uv.lock anew and the requirements out of it (needs uv)
	uv lock
	uv export --quiet --locked --no-dev --no-emit-project --no-header --no-annotate --output-file requirements.txt
	uv export --quiet --locked --only-group build --no-emit-project --no-header --no-annotate --output-file requirements-build.txt
	uv export --quiet --locked --only-group bench --no-emit-project --no-header --no-annotate --output-file requirements-bench.txt
	uv export --quiet --locked --no-dev --extra tracing --no-emit-project --no-header --no-annotate --output-file requirements-tracing.txt
	uv export --quiet --locked --extra tracing --no-emit-project --no-header --no-annotate --output-file requirements-dev.txt

clean: ## remove .venv and whatever tools left behind; articles stay
	rm -rf $(VENV) dist build bench/results .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find service schemas index_mappings tests bench -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.runtime: requirements.txt pyproject.toml
	$(call install_from,requirements.txt)
	@touch $@

$(VENV)/.development: requirements-dev.txt pyproject.toml
	$(call install_from,requirements-dev.txt)
	@touch $@ $(VENV)/.runtime

$(VENV)/.bench: $(VENV)/.development requirements-bench.txt
	@if [ -n "$(UV)" ]; then "$(UV)" pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.txt; \
	else $(BIN)/python -m pip install --quiet --require-hashes -r requirements-bench.txt; fi
	@touch $@

# uv where there is one, as it takes seconds; else the venv and pip that come with Python.
define install_from
	@test -n "$(PYTHON)" || { echo "There is no Python here. Gisa needs Python 3.11: install it and run make again."; exit 1; }
	@$(PYTHON) -c "$$CHECK_PYTHON"
	@if [ -e $(VENV) ] && [ "$$($(BIN)/python -c "$$VERSION" 2>&1)" != "$$($(PYTHON) -c "$$VERSION")" ]; then \
		echo "$(VENV) was made by another Python and is made anew."; rm -rf $(VENV); \
	fi
	@if [ -n "$(UV)" ]; then \
		"$(UV)" venv --quiet --allow-existing --python "$(PYTHON)" $(VENV) && \
		"$(UV)" pip install --quiet --python $(BIN)/python --require-hashes -r $(1) && \
		"$(UV)" pip install --quiet --python $(BIN)/python --no-deps --editable .; \
	else \
		echo "Installing $(1) into $(VENV); this takes a minute or two."; \
		"$(PYTHON)" -m venv $(VENV) && \
		$(BIN)/python -m pip install --quiet --require-hashes -r $(1) && \
		$(BIN)/python -m pip install --quiet --no-deps --editable .; \
	fi
endef

define CHECK_PYTHON
import sys
found = "%d.%d" % sys.version_info[:2]
if sys.version_info < (3, 11):
    sys.exit("Gisa needs Python 3.11, and this is Python " + found + ". Install 3.11 and run: make PYTHON=python3.11 …")
if sys.version_info >= (3, 13):
    sys.exit("Gisa needs Python 3.11, and this is Python " + found + ", for which its Korean analyser has no package yet. "
        "Install 3.11 and run: make PYTHON=python3.11 …")
if sys.version_info >= (3, 12):
    sys.stderr.write("Gisa is tested on Python 3.11, and this is Python " + found + ": it goes on. Should anything fail, "
        "install 3.11 and run: make clean install PYTHON=python3.11\n")
endef
export CHECK_PYTHON
export VERSION := import sys; print(sys.version_info[:2])
