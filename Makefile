# make crawl            crawl the sample newspaper into sample/ and show what was found
# make crawl URL=…      crawl an article, home page, feed or sitemap (several: with commas between) into out/<site>/
# make test             run the tests, but for those marked slow
# make test-slow        run those: kills, full disks, browsers
# make test-versions    run the tests of the add-on and of crawls with the oldest and the newest dependencies allowed
# make lint | types     ruff, import-linter (the floor plan), format of the rule files | mypy
# make format           format the code and the rule files
# make eval             measure on the evaluation pages, where NEWSCRAWL_EVAL_DIR (default ../shared/eval) has them
# make floor            fail where a figure of the evaluation fell below tests/eval_floor.toml
# make fast             compile the pure rooms with mypyc, in place (needs gcc and Python's headers); clean-fast undoes it
# make test-compiled    compile, test the pure rooms so, compare the digests of all evaluation sets with plain Python's
# make same             compare the records of all evaluation sets with those of BASE=<commit> (default: HEAD)
# make train-check      train the page models on the sample newspaper, in an environment of its own (.venv-train)
# make docs             write docs/settings.md and docs/record.schema.json again from the code
# make golden           write the golden records of tests/golden again (CASE=host/slug for one); read the diff
# make soak           kill 40 crawls of 2,000 articles at random moments, then look whether all is there once
# make cluster-up       start RabbitMQ and PostgreSQL on loopback for a try, data in .cluster (cluster-down stops them)
# make cluster-test     test the cluster against real servers; skipped with a line where they are not installed
# make s3-test          test the segments on S3, in an environment of their own (.venv-s3: boto3 and moto's server)
# make cluster-trial    3 workers, 60 sites, 2,000 articles, kills and restarts; is all there once? (ARGS='--ratio')
# make soak-faults     crawl a newspaper whose server fails at random (ARGS="--minutes 30 --plot docs/soak-faults.svg")
# make fuzz             fuzz each target (ARGS='--minutes 10 --jobs 2'); findings are printed
# make audit            look up known vulnerabilities of the pinned packages, where a database can be reached
# make bench            measure speed and memory against the peers (ARGS='--pages 300 --write')
# make constraints      pin the whole set again
# What is missing is set up in .venv first; once that is done nothing of this needs the network but real URLs.

ROOT := $(if $(wildcard scrapy.cfg),.,$(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST)))))
PYTHON ?= python3
IN := cd "$(ROOT)" &&
RUN := $(IN) .venv/bin/python -m
export NEWSCRAWL_EVAL_DIR ?= ../shared/eval
VERSION_TOOLS := pytest pytest-xdist pydantic jsonschema setuptools
VERSION_TESTS := tests/scrapy_internals tests/test_addon.py tests/test_api.py tests/commands/test_crawl.py
NOT_HERE := --ignore=tests/evaluation --ignore=tests/cluster/test_servers.py --ignore=tests/cluster/test_s3.py
SETS ?= aeb fundus traf htmldate wcxb suites daniel widgets

.PHONY: cluster-up cluster-down cluster-test cluster-trial s3-test
.PHONY: train-check crawl same test test-slow test-versions lint types format eval floor docs golden soak bench constraints fuzz audit soak-faults
.PHONY: fast clean-fast test-compiled
.DELETE_ON_ERROR:

crawl: $(ROOT)/.venv/.installed
	@$(RUN) scrapy quickstart $(if $(URL),--url="$$URL")

test: $(ROOT)/.venv/.installed-dev
	@$(RUN) pytest -q -n auto --dist worksteal -m "not slow" $(NOT_HERE)

test-slow: $(ROOT)/.venv/.installed-dev
	@$(RUN) pytest -q -n auto --dist worksteal -m slow $(NOT_HERE)

test-versions: $(ROOT)/.venv-oldest/.installed $(ROOT)/.venv-newest/.installed
	@$(IN) for end in oldest newest; do echo "== the $$end versions"; \
	.venv-$$end/bin/python -m pytest -q -n auto --dist worksteal -p no:cacheprovider $(VERSION_TESTS) || exit 1; done

lint: $(ROOT)/.venv/.installed-dev
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(IN) .venv/bin/python docs/format_rules.py --check
	@$(IN) PYTHONPATH=. .venv/bin/lint-imports --no-cache >.import-linter.log 2>&1 || { cat .import-linter.log; exit 1; }

format: $(ROOT)/.venv/.installed-dev
	@$(RUN) ruff check --fix .
	@$(RUN) ruff format .
	@$(IN) .venv/bin/python docs/format_rules.py

types: $(ROOT)/.venv/.installed-dev
	@$(RUN) mypy

eval: $(ROOT)/.venv/.installed
	@$(IN) if [ -f "$$NEWSCRAWL_EVAL_DIR/evaluate.py" ]; \
	then .venv/bin/python "$$NEWSCRAWL_EVAL_DIR/evaluate.py" --sets $(SETS); \
	else echo "skipped: there are no evaluation pages in $$NEWSCRAWL_EVAL_DIR (set NEWSCRAWL_EVAL_DIR)"; fi

floor: $(ROOT)/.venv/.installed-dev
	@$(RUN) pytest -q -rs -n auto --dist loadfile tests/evaluation

train-check: $(ROOT)/.venv-train/.installed
	@$(IN) .venv-train/bin/python -m training.check

docs: $(ROOT)/.venv/.installed
	@$(IN) .venv/bin/python docs/make.py
	@$(RUN) newscrawl.record.schema > docs/record.schema.json

golden: $(ROOT)/.venv/.installed-dev
	@$(RUN) tests.golden.make $(CASE)

bench: $(ROOT)/.venv/.installed
	@$(RUN) benchmarks $(ARGS)

same: $(ROOT)/.venv/.installed-dev
	@$(RUN) tests.same $(if $(BASE),--base $(BASE)) $(ARGS)

fast: $(ROOT)/.venv/.installed-dev
	@$(IN) NEWSCRAWL_COMPILE=1 .venv/bin/python setup.py -q build_ext --inplace --parallel 2 >.compile.log 2>&1 || \
	{ tail -20 .compile.log >&2; exit 1; }
	@$(IN) .venv/bin/python -c 'from newscrawl.compiled import form; print("newscrawl now runs as:", form())'

test-compiled: fast
	@$(IN) NEWSCRAWL_PLAIN=0 .venv/bin/python -m pytest -q -n auto --dist loadfile \
	$(addprefix tests/,text urls parsing dates widgets record extraction)
	@$(RUN) tests.digests --both

clean-fast: $(ROOT)/.venv/bin/python
	@$(IN) NEWSCRAWL_COMPILE=1 .venv/bin/python setup.py --inplace

soak: $(ROOT)/.venv/.installed-dev
	@$(RUN) tests.soak --runs 40 --articles 2000 $(ARGS)

cluster-up: $(ROOT)/.venv/.installed-cluster
	@$(RUN) tests.cluster.local up

cluster-down: $(ROOT)/.venv/.installed
	@$(RUN) tests.cluster.local down

cluster-test: $(ROOT)/.venv/.installed-dev $(ROOT)/.venv/.installed-cluster
	@$(RUN) pytest -q -rs tests/cluster/test_servers.py

cluster-trial: $(ROOT)/.venv/.installed-dev $(ROOT)/.venv/.installed-cluster
	@$(RUN) tests.cluster $(ARGS)

s3-test: $(ROOT)/.venv-s3/.installed
	@$(IN) .venv-s3/bin/python -m pytest -q -rs tests/cluster/test_s3.py

soak-faults: $(ROOT)/.venv/.installed-dev
	@$(RUN) tests.soak_faults $(ARGS)

fuzz: $(ROOT)/.venv/.installed-dev
	@$(RUN) tests.fuzz $(ARGS)

audit:
	@$(IN) test -x .venv-audit/bin/pip-audit || { $(PYTHON) -m venv --clear .venv-audit && \
	.venv-audit/bin/python -m pip install -q --disable-pip-version-check 'pip-audit>=2.10,<3'; }
	@$(IN) .venv-audit/bin/pip-audit --strict --disable-pip --no-deps --progress-spinner off -r constraints.txt

constraints:
	@$(IN) rm -rf .venv-pins && $(PYTHON) -m venv .venv-pins
	@$(IN) .venv-pins/bin/python -m pip install -q -r requirements-dev.txt -r requirements-cluster.txt
	@$(IN) { sed -n '/^#/p' constraints.txt; .venv-pins/bin/python -m pip freeze; } > constraints.new
	@$(IN) mv constraints.new constraints.txt && rm -rf .venv-pins

$(ROOT)/.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else \
	"newscrawl needs Python 3.11 or newer: make crawl PYTHON=python3.12")'
	@$(IN) $(PYTHON) -m venv --clear .venv || { \
	echo "no virtual environment could be made: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }

$(ROOT)/.venv/.installed: $(ROOT)/requirements.txt $(ROOT)/constraints.txt | $(ROOT)/.venv/bin/python
	@echo "Setting up .venv …"
	@$(RUN) pip install -q --disable-pip-version-check -r requirements.txt -c constraints.txt
	@touch "$@"

$(ROOT)/.venv/.installed-dev: $(ROOT)/requirements-dev.txt $(ROOT)/.venv/.installed
	@$(RUN) pip install -q --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch "$@"

$(ROOT)/.venv/.installed-cluster: $(ROOT)/requirements-cluster.txt $(ROOT)/.venv/.installed
	@$(RUN) pip install -q --disable-pip-version-check -r requirements-cluster.txt -c constraints.txt
	@touch "$@"

$(ROOT)/.venv-oldest/.installed: $(ROOT)/pyproject.toml $(ROOT)/constraints-oldest.txt
	@echo "Setting up .venv-oldest …"
	@$(IN) $(PYTHON) -m venv --clear .venv-oldest
	@$(IN) .venv-oldest/bin/python -m pip install -q --disable-pip-version-check -e . $(VERSION_TOOLS) \
	-c constraints-oldest.txt
	@touch "$@"

# Whatever the index has now, so it is made each time.
.PHONY: $(ROOT)/.venv-newest/.installed
$(ROOT)/.venv-newest/.installed: $(ROOT)/pyproject.toml
	@echo "Setting up .venv-newest …"
	@$(IN) $(PYTHON) -m venv --clear .venv-newest
	@$(IN) .venv-newest/bin/python -m pip install -q --disable-pip-version-check -e . $(VERSION_TOOLS)

# boto3 takes no python-dateutil as new as the tested set's, so constraints.txt is left out.
$(ROOT)/.venv-s3/.installed: $(ROOT)/requirements-dev.txt $(ROOT)/requirements-cluster.txt
	@echo "Setting up .venv-s3 …"
	@$(IN) $(PYTHON) -m venv --clear .venv-s3
	@$(IN) .venv-s3/bin/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt \
	-r requirements-cluster.txt boto3 'moto[s3]' flask flask-cors
	@touch "$@"

$(ROOT)/.venv-train/.installed: $(ROOT)/requirements-train.txt $(ROOT)/requirements.txt
	@echo "Setting up .venv-train …"
	@$(IN) $(PYTHON) -m venv --clear .venv-train
	@$(IN) .venv-train/bin/python -m pip install -q --disable-pip-version-check -r requirements-train.txt -c constraints.txt
	@touch "$@"
