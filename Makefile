# earful - see `make help`. Everything built lies under build/<compiler>-<flavour>/.
CC      := gcc
SAN     :=
PREFIX  := /usr/local
DESTDIR :=

comma   := ,
FLAVOUR := $(notdir $(CC))-$(if $(SAN),$(subst $(comma),-,$(SAN)),release)
B       := build/$(FLAVOUR)
VERSION := $(shell sed -n 's/^\#define EF_VERSION "\(.*\)"/\1/p' include/earful/earful.h)

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
OPTIMIZE := $(if $(SAN),-O1 -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer,-O2)
BASEFLAGS = -std=c17 -D_GNU_SOURCE -g $(OPTIMIZE) $(WARNINGS) -fPIC -fvisibility=hidden \
            -pthread -Iinclude -MMD -MP -ffile-prefix-map=$(CURDIR)=.
CFLAGS   :=
LDLIBS   := -lutf8proc -lz -lexpat -lcjson -lpthread -ldl -lm

LIB_SOURCES  := $(sort $(wildcard src/base/*.c src/kernels/*.c src/text/*.c src/lexicon/*.c \
                  src/model/*.c src/score/*.c src/input/*.c src/report/*.c src/pipeline/*.c))
CLI_SOURCES  := $(sort $(wildcard src/cli/*.c))
TEST_SOURCES := $(sort $(wildcard tests/*/test_*.c))
LIB_OBJECTS  := $(LIB_SOURCES:%.c=$(B)/%.o)
CLI_OBJECTS  := $(CLI_SOURCES:%.c=$(B)/%.o)
TEST_OBJECTS := $(TEST_SOURCES:%.c=$(B)/%.o)

.PHONY: all help test clean
.SECONDARY:

## all: the program, the static and the shared library
all: $(B)/libearful.a

## help: this list
help:
	@sed -n 's/^## //p' Makefile

$(B)/libearful.a: $(LIB_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/src/cli/%.o: src/cli/%.c
	@mkdir -p $(@D)
	$(CC) $(BASEFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/src/%_avx2.o: src/%_avx2.c
	@mkdir -p $(@D)
	$(CC) $(BASEFLAGS) -Isrc -mavx2 -mbmi -mbmi2 -mlzcnt -mpopcnt $(CFLAGS) -c -o $@ $<

$(B)/src/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(BASEFLAGS) -Isrc $(CFLAGS) -c -o $@ $<

$(B)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(BASEFLAGS) -Isrc $(CFLAGS) -c -o $@ $<

$(B)/unit-tests: $(TEST_OBJECTS) $(B)/libearful.a
	$(CC) $(BASEFLAGS) -o $@ $(TEST_OBJECTS) $(B)/libearful.a $(LDLIBS) -lcriterion

## test: unit tests; ROOM=text runs the suites of tests/text only
test: $(B)/unit-tests
	$<

## clean: removes everything that was built
clean:
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
