# earful - see `make help`. Everything built lies under build/<compiler>-<flavour>/.
CC      := gcc
SAN     :=
FAULT   :=
COVERAGE :=
RUNNER  :=
PREFIX  := /usr/local
DESTDIR :=

# A sanitizer looks into its own process, which the sandbox ends; what was covered is written
# at the end beside the objects.
ifneq ($(SAN)$(COVERAGE),)
export EARFUL_SANDBOX := off
export EARFUL_SKIP := hostile-packed sandbox-modes
endif

comma   := ,
FLAVOUR := $(notdir $(CC))-$(if $(SAN),$(subst $(comma),-,$(SAN)),$(if \
             $(COVERAGE),coverage,release))$(if $(FAULT),-fault)
B       := build/$(FLAVOUR)
VERSION := $(shell sed -n 's/^\#define EF_VERSION "\(.*\)"/\1/p' include/earful/earful.h)
# The number of the shared library's interface; it has nothing to do with VERSION.
SONAME  := libearful.so.0

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
OPTIMIZE := $(if $(SAN),-O1 -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer,$(if \
              $(COVERAGE),-O0 --coverage -fprofile-update=atomic,-O2))
# gcc clears and copies structs of a few hundred bytes by an instruction that takes 30 cycles to
# begin; stores do it at once. Other compilers do not know the option, nor need it.
STORES   := unrolled_loop:512:noalign,libcall:-1:noalign
STORES   := -mmemset-strategy=$(STORES) -mmemcpy-strategy=$(STORES)
STORES   := $(shell $(CC) $(STORES) -E -x c /dev/null >/dev/null 2>&1 && echo '$(STORES)')
BASEFLAGS = -std=c17 -D_GNU_SOURCE -fno-math-errno -g $(OPTIMIZE) $(STORES) $(WARNINGS) -fPIC -fvisibility=hidden \
            $(if $(FAULT),-DEF_FAULT) -pthread -Iinclude -MMD -MP -ffile-prefix-map=$(CURDIR)=.
CFLAGS   :=
LDLIBS   := -lutf8proc -lz -lexpat -lpcre2-8 -lpthread -ldl -lm

# While it builds, make says what; V=1 shows how.
Q  := $(if $(V),,@)
say = @$(if $(V)$(findstring s,$(firstword -$(MAKEFLAGS))),:,printf '  %-5s %s\n' $(1) $@)

# What the library's rooms hold. tools/ holds programs of the build, cli/ the program.
ROOMS        := base sandbox kernels text lexicon model score input follow state aggregate \
                alert tally findings audit report views review pipeline
LIB_SOURCES  := $(sort $(wildcard $(ROOMS:%=src/%/*.c)))
CLI_SOURCES  := $(sort $(wildcard src/cli/*.c))
NOTIFY_SOURCES := $(sort $(wildcard src/notify/*.c))
TEST_SOURCES := $(sort $(wildcard tests/*/test_*.c))
FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/fuzz_*.c))
LIB_OBJECTS  := $(LIB_SOURCES:%.c=$(B)/%.o) $(B)/src/score/embedded.o \
                $(B)/src/audit/embedded_templates.o
CLI_OBJECTS  := $(CLI_SOURCES:%.c=$(B)/%.o)
NOTIFY_OBJECTS := $(NOTIFY_SOURCES:%.c=$(B)/%.o)
TEST_OBJECTS := $(TEST_SOURCES:%.c=$(B)/%.o)
FUZZ_TARGETS := $(FUZZ_SOURCES:tests/fuzz/fuzz_%.c=%)
TOOL_OBJECTS := $(filter $(foreach room,base kernels text lexicon,$(B)/src/$(room)/%), \
                  $(LIB_OBJECTS))

# The default lexicon and model are inside the library. Until a model is there, the
# library is built without: training needs a program, too.
LEXICON := $(sort $(wildcard lexicons/*.tsv))
MODEL   := $(firstword $(wildcard models/en.efm) $(B)/no-model)

.PHONY: all help deps demo models dev-table emotion-table signals-table agreement \
        sandbox-test film-folds own-model-table changed-table bench bench-build speed test redaction canary reproducible check lint cases replay \
        sanitize msan memcheck traps fail-nth fail-some coverage coverage-build guard page-check install-test readme install clean \
        test-aarch64 stress \
        $(FUZZ_TARGETS:%=fuzz-%) \
        $(FUZZ_TARGETS:%=keep-%)
.SECONDARY:
.DELETE_ON_ERROR:

## all: the programs, the static and the shared library
all: $(B)/earful $(B)/earful-notify $(B)/libearful.a $(B)/$(SONAME)

## help: this list
help:
	@sed -n 's/^## //p' Makefile

## deps: installs the packages that building and testing need, if any is missing
deps:
	@.ci/deps build check

## demo: scores the reviews of an invented shop, shows some, reports on all, explains one
demo: $(B)/earful
	@tests/tools/demo.sh $<

$(B)/earful: $(CLI_OBJECTS) $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $(CLI_OBJECTS) $(B)/libearful.a $(LDLIBS)

# The one program with network code in it; it takes `base` from the library.
$(B)/earful-notify: $(NOTIFY_OBJECTS) $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ -lcurl -lcjson -lpthread -ldl

$(B)/libearful.a: $(LIB_OBJECTS)
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcs $@ $^

$(B)/$(SONAME): $(LIB_OBJECTS)
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -shared -Wl,-soname,$(SONAME) -o $@ $^ $(LDLIBS)
	@ln -sf $(SONAME) $(B)/libearful.so

# --- objects -------------------------------------------------------------------------

# With make -j, too, packages come before what needs them.
$(LIB_OBJECTS) $(CLI_OBJECTS) $(TEST_OBJECTS) $(FUZZ_SOURCES:%.c=$(B)/%.o) \
  $(B)/src/tools/lexicon_image.o: | $(filter deps,$(MAKECMDGOALS))

# What cannot be false has no second branch to reach.
$(LIB_OBJECTS) $(CLI_OBJECTS) $(NOTIFY_OBJECTS): BASEFLAGS += $(if $(COVERAGE),-DNDEBUG -w)

# The program sees the public headers only.
$(B)/src/cli/%.o: src/cli/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -c -o $@ $<

# On other CPUs these files are empty.
AVX2 = $(if $(findstring x86_64,$(shell $(CC) -dumpmachine)), \
         -mavx2 -mbmi -mbmi2 -mlzcnt -mpopcnt)
$(B)/src/%_avx2.o: src/%_avx2.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(BASEFLAGS) -Isrc $(AVX2) $(CFLAGS) -c -o $@ $<

AVX512 = $(if $(AVX2),$(AVX2) $(addprefix -mavx512,f bw dq vl vbmi vbmi2))
$(B)/src/%_avx512.o: src/%_avx512.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(BASEFLAGS) -Isrc $(AVX512) $(CFLAGS) -c -o $@ $<

$(B)/src/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(BASEFLAGS) -Isrc $(CFLAGS) -c -o $@ $<

$(B)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(BASEFLAGS) -Isrc $(CFLAGS) -c -o $@ $<

# --- the built-in lexicon and model --------------------------------------------------

$(B)/lexicon_image: $(B)/src/tools/lexicon_image.o $(TOOL_OBJECTS)
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(B)/lexicon.image: $(B)/lexicon_image $(LEXICON)
	$(call say,MAKE)
	$(Q)$(RUNNER) $< $@ $(LEXICON)

$(B)/no-model:
	@mkdir -p $(@D)
	@: >$@

$(B)/src/score/embedded.o: src/score/embedded.S $(B)/lexicon.image $(MODEL)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) -DEF_LEXICON_IMAGE='"$(B)/lexicon.image"' -DEF_MODEL_FILE='"$(MODEL)"' -c -o $@ $<

# What `earful audit` puts into sentences, one file after the other.
AUDIT := $(sort $(wildcard lexicons/audit/*.ini))

$(B)/audit.ini: $(AUDIT)
	@mkdir -p $(@D)
	$(call say,MAKE)
	$(Q)cat $(AUDIT) >$@

$(B)/src/audit/embedded_templates.o: src/audit/embedded_templates.S $(B)/audit.ini
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) -DEF_TEMPLATES='"$(B)/audit.ini"' -c -o $@ $<

# Texts are never part of the repository: they come from an archive beside it, or a folder
# that holds train and dev is named: TEXTS=FOLDER.
TEXTS   := build/data/split
ARCHIVE := ../shared/data/train_dev.tar.zst
build/data/split: $(wildcard $(ARCHIVE))
	@[ -e $(ARCHIVE) ] || \
	  { echo "no texts here: TEXTS=FOLDER names a folder that holds train and dev" >&2; exit 1; }
	@mkdir -p $(@D)
	zstd -d -q --long=27 -c $< | tar x -C $(@D)
	@touch $@

## models: trains the models again, English and German; the same texts give the same bytes
models: $(B)/earful $(TEXTS)
	$< train --recipe models/en.recipe --name en --feature-bits 19 -o models/en.efm \
	  $(TEXTS)/train
	$< train --language languages/de --recipe languages/de/recipe --name de \
	  -o languages/de/model.efm $(TEXTS)/train

$(B)/dev_table: $(B)/src/tools/dev_table.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## dev-table: accuracy on sets that no model was trained on, as Markdown
dev-table: $(B)/dev_table $(TEXTS)
	@$< models/en.efm models/dev.recipe models/references.tsv $(TEXTS)/dev

$(B)/emotion_table: $(B)/src/tools/emotion_table.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## emotion-table: emotions named in sets that no model was trained on, as Markdown
emotion-table: $(B)/emotion_table $(TEXTS)
	@$< models/en.efm models/dev_emotions.recipe $(TEXTS)/dev

$(B)/signals_table: $(B)/src/tools/signals_table.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## signals-table: precision of the signals by hand-made labels, as Markdown; DUMPS=FOLDER
DUMPS := $(TEXTS)/..
signals-table: $(B)/signals_table $(TEXTS)
	@$< table tests/data/signals/sources.tsv tests/data/signals/labels.tsv $(TEXTS)/train $(DUMPS)

$(B)/split_export: $(B)/src/tools/split_export.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## own-model-table: what one's own stars add, on EXPORTS=FOLDER, as Markdown; minutes
own-model-table: $(B)/earful $(B)/split_export $(TEXTS)
	@tests/tools/own_models.sh $(B) '$(EXPORTS)' $(TEXTS)

$(B)/review_table: $(B)/src/tools/review_table.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

.PHONY: review-table
## review-table: what labels teach by how texts were chosen, on EXPORTS=FOLDER; 20 minutes
review-table: $(B)/review_table $(B)/split_export
	@tests/tools/review_table.sh $(B) '$(EXPORTS)'

$(B)/agreement_table: $(B)/src/tools/agreement_table.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## film-folds: a model of film reviews alone, five folds by film, REVIEWS=FILE; a minute
film-folds: $(B)/earful
	@tests/tools/film_folds.sh $< '$(REVIEWS)'

# --- benches -------------------------------------------------------------------------

BENCH_OBJECTS := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard bench/bench*.c)))

$(B)/bench/%.o: bench/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(BASEFLAGS) -Isrc -I. $(CFLAGS) -c -o $@ $<

$(B)/bench.run: $(BENCH_OBJECTS) $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS) -lcjson

$(B)/bench-texts: $(B)/bench/make_texts.o $(B)/bench/text_words.o
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ -lz

## bench-build: what `make bench` runs
bench-build: $(B)/bench.run $(B)/bench-texts $(B)/earful

## bench: times everything beside wc -w; a few minutes; BENCH_QUICK=1, ROWS=score for a look
bench: bench-build
	@CC='$(CC)' bench/run.sh $(B)

## speed: make bench, then others on the same texts (PEERS_NPM=1 fetches npm's), then README's table
speed: bench
	@CC='$(CC)' bench/peers.sh $(B)
	@UPDATE='$(if $(BENCH_QUICK),,1)' CC='$(CC)' bench/readme.sh $(B)

$(B)/alert-tables: $(B)/bench/alert_tables.o $(B)/bench/simulate.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## alert-tables: false alarms and delays of the rules on simulated streams; some minutes
alert-tables: $(B)/alert-tables
	@$<

$(B)/changed-table: $(B)/bench/changed_table.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## changed-table: what a report finds of planted changes, and of none; half a minute
changed-table: $(B)/changed-table
	@$<

# What belongs to the program and is made by it.
FOR_READERS := $(B)/earful.1 $(B)/earful.bash $(B)/_earful $(B)/earful.fish

# --- tests ---------------------------------------------------------------------------

$(B)/unit-tests: $(TEST_OBJECTS) $(filter-out %/main.o,$(CLI_OBJECTS)) \
  $(filter-out %/notify.o,$(NOTIFY_OBJECTS)) $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS) -lcurl -lcjson -lcriterion

# A test file is a suite; those of one room are told to Criterion as @(suite|suite)/*.
empty  :=
space  := $(empty) $(empty)
SUITES := $(patsubst test_%.c,%,$(notdir $(wildcard tests/$(ROOM)/test_*.c)))
FILTER := $(if $(ROOM),--filter '@($(subst $(space),|,$(strip $(SUITES))))/*')

# What the reference mode is compared with; never part of the repository either.
LEXICONS        := build/data/lexicons
LEXICON_ARCHIVE := ../shared/data/lexicons.tar.zst
REFERENCE       := $(and $(wildcard $(LEXICON_ARCHIVE)),$(shell command -v zstd), \
                     build/data/lexicons)
build/data/lexicons: $(wildcard $(LEXICON_ARCHIVE))
	@mkdir -p $(@D)
	zstd -d -q -c $< | tar x -C $(@D)
	@touch $@

## agreement: our valences beside published ratings, as a check; LEXICONS=FOLDER
RATINGS := AFINN-111.txt AFINN-en-165.txt vader_lexicon.txt positive-words.txt negative-words.txt
agreement: $(B)/agreement_table $(REFERENCE)
	@$< $(RATINGS:%=$(LEXICONS)/%)

## test: unit tests; ROOM=text runs the suites of tests/text only
test: $(B)/unit-tests $(B)/earful-notify $(REFERENCE)
	LSAN_OPTIONS=suppressions=tests/tools/leaks.supp:print_suppressions=0 \
	  EARFUL_LEXICONS=$(LEXICONS) EARFUL_NOTIFY=$(B)/earful-notify $< $(FILTER)

## redaction: precision and recall of --redact on both samples of tests/data/redact, by kind
redaction: $(B)/unit-tests
	@$< --filter 'redact_sample/*' --verbose 2>&1 | sed 's/^\[....\] //' | \
	  grep -v -e ': Test is disabled$$' -e '^Running ' -e '^Criterion '

## cases: runs the program as people do; CASE=name for some, UPDATE=1 rewrites what they give
cases: $(B)/earful $(B)/earful-notify
	@tests/tools/cli_cases.sh $(B)/earful $(CASE)

## sandbox-test: the CLI cases in the closed sandbox, and what an intruder can do there
sandbox-test: $(B)/earful $(B)/earful-notify $(B)/intruder.so $(B)/without
ifeq ($(SAN),)
	@tests/tools/sandbox.sh $(B)
else
	@echo "sandbox: skipped, a sanitizer looks into its own process"
endif

## canary: planted strings show up where they were asked for and nowhere else
canary: $(B)/earful $(B)/earful-notify
	@tests/tools/canary.sh $<

## reproducible: two builds in different folders give the same bytes; two builds long
reproducible:
	@CC='$(CC)' MAKE='$(MAKE)' tests/tools/reproducible.sh

## replay: the fuzz targets over the inputs that were kept, with an ordinary compiler
replay: $(FUZZ_TARGETS:%=$(B)/replay-%)
	@tests/tools/replay.sh $^

# What of earful-notify takes foreign bytes.
NOTIFY_READERS := $(B)/src/notify/body.o $(B)/src/notify/sinks_file.o
$(B)/replay-notify $(B)/fuzz-notify: $(NOTIFY_READERS)

$(B)/replay-%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/replay.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $(filter-out %.a,$^) $(B)/libearful.a $(LDLIBS) -lcjson

## lint: the rules of this source tree that a program can check
lint: $(B)/libearful.a
	@CC='$(CC)' tests/tools/lint.sh $(B)/libearful.a
	@tests/tools/threats.sh

$(B)/intruder.so: tests/sandbox/intruder.c
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) -fvisibility=default $(CFLAGS) -shared -o $@ $< -ldl

$(B)/without: $(B)/tests/sandbox/without.o
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $<

$(B)/fail_alloc.so: tests/nth/fail_alloc.c
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) -fvisibility=default $(CFLAGS) -shared -o $@ $<

$(B)/fail-nth: $(patsubst %,$(B)/tests/nth/%.o,fail_nth case folder trace)
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^

## traps: linear time in instructions (with valgrind), small stack, little memory
traps: $(B)/earful
ifeq ($(SAN),)
	@tests/tools/limits.sh $<
	@tests/tools/linear.sh $<
else
	@echo "traps: skipped, a sanitizer takes stack and memory of its own"
endif

# --- who watches -----------------------------------------------------------------------

## sanitize: unit tests, CLI cases and kept fuzz inputs with ASan and UBSan, the first error ends
sanitize:
	@$(MAKE) -s SAN=address,undefined test cases replay

# Parsers that no library writes for: what utf8proc, PCRE2, zlib or libcurl wrote looks as if
# nobody had. The image of the lexicon, too, is made by another build.
MSAN_PARSERS := audit chatjson csv json labels lines model ndjson own part redact rules state times
MSAN_B       := build/clang-memory

## msan: the kept fuzz inputs of our own parsers with MemorySanitizer (clang)
msan: $(B)/lexicon.image
	@mkdir -p $(MSAN_B) && cp $< $(MSAN_B)/lexicon.image
	@$(MAKE) -s CC=clang SAN=memory -o $(MSAN_B)/lexicon.image $(MSAN_PARSERS:%=$(MSAN_B)/replay-%)
	@tests/tools/replay.sh $(MSAN_PARSERS:%=$(MSAN_B)/replay-%)

## memcheck: the CLI cases under valgrind, one set of kernels; CASE=name for some
memcheck: $(B)/earful $(B)/earful-notify
	@EARFUL_RUNNER='valgrind -q --error-exitcode=9 --trace-children=yes' EARFUL_SANDBOX=off \
	  EARFUL_TEST_KERNELS=avx2 tests/tools/cli_cases.sh $(B)/earful $(CASE)

# --- everything fails once -------------------------------------------------------------

STEP := 1
FAIL_NTH := $(B)/earful $(B)/earful-notify $(B)/fail-nth $(B)/fail_alloc.so

## fail-nth: each allocation and each system call fails in turn; STEP=7 each 7th, CASE=name
fail-nth: $(FAIL_NTH)
ifeq ($(SAN),)
	@tests/nth/all.sh $(B) $(STEP) $(CASE)
else
	@echo "failing in turn: skipped, a sanitizer has an allocator of its own"
endif

# What of it is run with every check.
fail-some: $(FAIL_NTH)
	@$(MAKE) -s fail-nth STEP=41

# --- where Criterion does not run ----------------------------------------------------

# The same test files as a program with an ordinary main: tests/plain/criterion/criterion.h.
PLAIN_TESTS := $(sort $(wildcard tests/kernels/test_*.c))

$(B)/plain/%.o: tests/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(BASEFLAGS) -Itests/plain -Isrc $(CFLAGS) -c -o $@ $<

$(B)/plain-tests: $(PLAIN_TESTS:tests/%.c=$(B)/plain/%.o) $(B)/plain/plain/plain.o \
  $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## test-aarch64: kernels and the CLI cases on ARM, by qemu; says what is not installed
test-aarch64: $(B)/earful $(B)/earful-notify
	@NATIVE='$(B)' MAKE='$(MAKE)' tests/tools/aarch64.sh $(CASE)

$(B)/stress-threads: $(B)/tests/stress/threads.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## stress: many threads, and the CLI cases on eight; meant for SAN=thread
stress: $(B)/stress-threads $(B)/plain-tests $(B)/bench-texts $(B)/earful $(B)/earful-notify
	@mkdir -p $(B)/stress-texts && $(B)/bench-texts $(B)/stress-texts 2
	@$(B)/plain-tests
	@$(B)/stress-threads tests/data/demo/reviews.csv $(B)/stress-texts/reviews.ndjson
	@EARFUL_THREADS=8 tests/tools/cli_cases.sh $(B)/earful $(CASE)

$(B)/guard-paths: $(B)/tests/guard/paths.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## guard: instructions of the main paths beside those recorded; UPDATE=1 records (gcc 12)
guard: $(B)/guard-paths $(B)/bench-texts $(B)/earful
ifeq ($(SAN)$(CFLAGS),)
	@CC='$(CC)' tests/tools/guard.sh $(B)
else
	@echo "guard: skipped, the record is of an ordinary build"
endif

# --- following under torture ---------------------------------------------------------

# The loop in a world of its own needs the build in which the world may fail.
FAULT_B := build/$(notdir $(CC))-$(if $(COVERAGE),coverage,release)-fault
PROGRAMS := 120
LIVES    := 12 150 10000 4

$(B)/live: $(B)/tests/follow/live.o
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $<

$(B)/programs: $(B)/tests/follow/programs.o $(B)/tests/follow/logs.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -o $@ $^ $(LDLIBS)

## follow-test: kills, rotations, full disks, random programs; make torture does it for long
follow-test: $(B)/earful $(B)/earful-notify $(B)/live
ifeq ($(SAN),)
	@$(MAKE) -s FAULT=1 $(FAULT_B)/earful $(FAULT_B)/programs
	@tests/follow/all.sh $(B) $(FAULT_B) $(PROGRAMS) $(LIVES)
else
	@echo "follow-test: skipped, a fault build has no sanitizer"
endif

## torture: 200 kills, rotations every tenth of a second, 5,000 programs; about 20 minutes
torture:
	@EARFUL_TORTURE=1 $(MAKE) -s follow-test PROGRAMS=5000 LIVES='200 100 50000 60'
	@EARFUL_TORTURE=1 $(MAKE) -s test ROOM=state

TABLES := $(patsubst %,$(B)/%_table,agreement dev emotion signals) $(B)/split_export

## coverage: lines and branches of src/ that the tests reach, by room; 90 % and 80 % at least
coverage:
	@$(MAKE) -s COVERAGE=1 all coverage-build
	@tests/tools/coverage.sh '$(MAKE)' build/gcc-coverage build/gcc-coverage-fault 90 80

coverage-build: $(B)/unit-tests $(FUZZ_TARGETS:%=$(B)/replay-%) $(FAIL_NTH) $(TABLES)

## page-check: the report's page in a browser, with a validator and axe; with npm, no part of check
page-check: $(B)/earful
	@tests/tools/page_check.sh $<

## install-test: what `make install` gives, used as somebody else would
install-test: all $(FOR_READERS)
ifeq ($(SAN),)
	@CC='$(CC)' MAKE='$(MAKE)' tests/tools/install_test.sh $(VERSION)
else
	@echo "installation: skipped, what a sanitizer needs is not in earful.pc"
endif

## readme: runs the commands of README.md and of the model's card; UPDATE=1 rewrites what they give
readme: all $(FOR_READERS)
ifeq ($(SAN),)
	@CC='$(CC)' MAKE='$(MAKE)' tests/tools/readme_test.sh
else
	@echo "README: skipped, what a sanitizer needs is not in earful.pc"
endif

## check: lint and all tests, the README's commands too; must pass before a commit
check: lint test cases sandbox-test replay canary traps fail-some guard follow-test install-test readme

## fuzz-NAME: fuzzes tests/fuzz/fuzz_NAME.c with clang for FUZZ_SECONDS (600)
FUZZ_B       := build/clang-fuzzer-no-link-address-undefined
FUZZ_SECONDS := 600
FUZZ_BUILD    = $(MAKE) CC=clang SAN=fuzzer-no-link,address,undefined $(FUZZ_B)/fuzz-$*
FUZZ_DICT     = $(patsubst %,-dict=%,$(wildcard tests/fuzz/$*.dict))
$(FUZZ_TARGETS:%=fuzz-%): fuzz-%:
	$(FUZZ_BUILD)
	@mkdir -p tests/fuzz/corpus/$* $(FUZZ_B)/corpus-$*
	$(FUZZ_B)/fuzz-$* -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 \
	  $(FUZZ_DICT) -artifact_prefix=$(FUZZ_B)/found-$*- -print_final_stats=1 \
	  $(FUZZ_B)/corpus-$* tests/fuzz/corpus/$*

## keep-NAME: keeps what fuzz-NAME has collected, as few inputs as reach all edges
# Inputs with a name of words were put there by hand and stay.
$(FUZZ_TARGETS:%=keep-%): keep-%:
	$(FUZZ_BUILD)
	@rm -rf $(FUZZ_B)/keep-$* && mkdir -p tests/fuzz/corpus/$* $(FUZZ_B)/keep-$*
	$(FUZZ_B)/fuzz-$* -set_cover_merge=1 -use_counters=0 $(FUZZ_B)/keep-$* \
	  tests/fuzz/corpus/$* $(FUZZ_B)/corpus-$*
	@find tests/fuzz/corpus/$* -type f -regextype egrep -regex '.*/[0-9a-f]{40}' -delete
	cp -n $(FUZZ_B)/keep-$*/* tests/fuzz/corpus/$*

$(B)/fuzz-%: $(B)/tests/fuzz/fuzz_%.o $(B)/libearful.a
	$(call say,LINK)
	$(Q)$(CC) $(BASEFLAGS) $(CFLAGS) -fsanitize=fuzzer -o $@ $(filter-out %.a,$^) $(B)/libearful.a $(LDLIBS) -lcjson

# --- what users get ------------------------------------------------------------------

$(B)/earful.1: $(B)/earful
	@$< help man >$@

$(B)/earful.bash: $(B)/earful
	@$< completions bash >$@

$(B)/_earful: $(B)/earful
	@$< completions zsh >$@

$(B)/earful.fish: $(B)/earful
	@$< completions fish >$@

BIN  := $(DESTDIR)$(PREFIX)/bin
LIB  := $(DESTDIR)$(PREFIX)/lib
INC  := $(DESTDIR)$(PREFIX)/include/earful
DATA := $(DESTDIR)$(PREFIX)/share

PACKS := $(patsubst %/model.efm,%,$(sort $(wildcard languages/*/model.efm)))

## install: programs, libraries, headers, manual, completions; DESTDIR, PREFIX=/usr/local
install: all $(FOR_READERS)
	install -d $(BIN) $(LIB)/pkgconfig $(INC)/app $(DATA)/man/man1 \
	  $(PACKS:%=$(DATA)/earful/%) \
	  $(DATA)/bash-completion/completions $(DATA)/zsh/site-functions \
	  $(DATA)/fish/vendor_completions.d
	install -m 755 $(B)/earful $(BIN)/earful
	install -m 755 $(B)/earful-notify $(BIN)/earful-notify
	install -m 644 $(B)/libearful.a $(LIB)/libearful.a
	install -m 755 $(B)/$(SONAME) $(LIB)/$(SONAME)
	ln -sf $(SONAME) $(LIB)/libearful.so
	install -m 644 include/earful/*.h $(INC)
	install -m 644 include/earful/app/*.h $(INC)/app
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS@|$(LDLIBS)|' \
	  earful.pc.in >$(LIB)/pkgconfig/earful.pc
	chmod 644 $(LIB)/pkgconfig/earful.pc
	for pack in $(PACKS); do \
	  install -m 644 $$pack/*.tsv $$pack/model.efm $$pack/README.md $(DATA)/earful/$$pack; \
	done
	install -m 644 $(B)/earful.1 $(DATA)/man/man1/earful.1
	install -m 644 $(B)/earful.bash $(DATA)/bash-completion/completions/earful
	install -m 644 $(B)/_earful $(DATA)/zsh/site-functions/_earful
	install -m 644 $(B)/earful.fish $(DATA)/fish/vendor_completions.d/earful.fish

## clean: removes everything that was built
clean:
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
