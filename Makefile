# Everything a person types. `make help` lists it.

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory
SHELL := /bin/bash

CC      := gcc
CLANG   ?= clang
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo 0)
parallel = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

# V=1 shows the commands.
quiet := $(if $(V),,@)

## Sources ------------------------------------------------------------------

sources   := $(shell find server -name '*.c' | LC_ALL=C sort)
generated := build/queries.c build/schema.c
queries   := $(sort $(wildcard sql/query/*.sql))
schema    := $(sort $(wildcard sql/migration/*.sql)) $(sort $(wildcard sql/function/*.sql)) sql/seed/demo.sql
pages     := $(shell find static -type f)

## Flags --------------------------------------------------------------------

packages := libmicrohttpd libpq jansson libsodium zlib libbrotlienc
libs     := $(shell pkg-config --libs $(packages) 2>/dev/null) -lm -pthread

warning_flags := -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wundef -Wvla \
            -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wcast-qual \
            -Wwrite-strings -Wno-missing-field-initializers
warning_flags_gcc := -Wformat-signedness -Wduplicated-cond -Wduplicated-branches -Wlogical-op \
                -Warith-conversion -Wcast-align=strict -Wimplicit-fallthrough=5 -Wbidi-chars=any

hardening := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
             -fstack-clash-protection -ftrivial-auto-var-init=zero -fPIE
hardening += $(if $(filter x86_64,$(shell uname -m)),-fcf-protection=full)
hardening_link := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code

CPPFLAGS := -D_GNU_SOURCE -Iserver -Ibuild $(shell pkg-config --cflags $(packages) 2>/dev/null)
CFLAGS   := -std=gnu17 -g -fno-strict-aliasing -fno-strict-overflow -pthread $(warning_flags)

release_flags := -O2 $(warning_flags_gcc) $(hardening)
asan_flags    := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
tsan_flags    := -O1 -fsanitize=thread -fno-omit-frame-pointer
fuzz_flags    := -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all

## The program --------------------------------------------------------------

.PHONY: all build static
all: build static
build: build/aftersalesd ## Compile the program, build/aftersalesd.
	@:
static: build/static.done ## Bundle and compress the pages into build/static.
	@:

# The one failure a newcomer to `make build` meets.
build/packages.ok:
	@mkdir -p build
	@pkg-config --exists $(packages) && command -v $(CC) >/dev/null || \
	    { echo "Packages are missing: type 'make packages' first, it installs them."; exit 1; }
	@touch $@

build/queries.c: sql/queries.awk $(queries)
	@mkdir -p build
	$(quiet)awk -v out=build -f sql/queries.awk $(queries)
build/queries.h build/queries.sql: build/queries.c ;

build/schema.c: sql/embed.awk $(schema)
	@mkdir -p build
	$(quiet)awk -f sql/embed.awk $(schema) >$@

build/static.done: $(pages)
	$(quiet)static/build.sh
	@touch $@

# Only the files that tell the version are compiled anew when it changes.
build/version.h: always
	@mkdir -p build
	@echo '#define AFTERSALES_VERSION "$(VERSION)"' | cmp -s - $@ || \
	    echo '#define AFTERSALES_VERSION "$(VERSION)"' >$@
.PHONY: always
always:

versioned := $(shell grep -rl --include='*.c' '"http/version.h"' server)

# One folder of objects for each way to compile: $(call variant,folder,compiler,flags,link flags)
define variant
$(1)_objects := $$(patsubst %.c,build/$(1)/%.o,$$(sources) $$(generated))

build/$(1)/%.o: %.c Makefile | build/packages.ok $$(generated)
	@mkdir -p $$(@D)
	@echo '  $(1) $$<'
	$$(quiet)$(2) -MMD -MP $$(CPPFLAGS) $$(CFLAGS) $(3) $$(EXTRA) -c $$< -o $$@

$$(versioned:%.c=build/$(1)/%.o): build/version.h
$$(versioned:%.c=build/$(1)/%.o): CPPFLAGS += -include build/version.h

build/$(1)/libserver.a: $$(filter-out %/main.o,$$($(1)_objects))
	@rm -f $$@
	$$(quiet)$(AR) rcs $$@ $$^

build/$(1)/aftersalesd: $$($(1)_objects)
	$$(quiet)$(2) $(3) $(4) $$^ $$(libs) -o $$@

-include $$($(1)_objects:.o=.d)
endef

$(eval $(call variant,obj,$(CC),$(release_flags),$(hardening_link)))
$(eval $(call variant,asan,$(CC),$(asan_flags)))
$(eval $(call variant,tsan,$(CC),$(tsan_flags)))
$(eval $(call variant,fuzz,$(CLANG),$(fuzz_flags)))

build/aftersalesd: build/obj/aftersalesd
	@cp $< $@.new && mv $@.new $@

## Running it ---------------------------------------------------------------

.PHONY: run migrate demo packages
packages: ## Install the Debian packages that are missing.
	@server/setup/packages.sh run

run: packages ## Install what is missing, build, make a database, load demo data and serve on http://localhost:8080.
	@+$(MAKE) $(parallel) build static
	@exec server/setup/run.sh

migrate: packages ## Bring the database (the private one, or DATABASE_URL) to this version.
	@+$(MAKE) $(parallel) build
	@server/setup/with.sh build/aftersalesd migrate

demo: migrate ## Load the demo data, unless they are there.
	@server/setup/with.sh build/aftersalesd demo

## Testing it ---------------------------------------------------------------

unit_tests := $(patsubst tests/%.c,build/%,$(shell find tests/unit -name '*_test.c' 2>/dev/null))
fuzzers    := $(patsubst tests/%.c,build/%,$(wildcard tests/fuzz/*_fuzz.c))

build/unit/%_test: tests/unit/%_test.c build/asan/libserver.a
	@mkdir -p $(@D)
	@echo '  unit $<'
	$(quiet)$(CC) -MMD -MP $(CPPFLAGS) -Itests/unit $(CFLAGS) $(asan_flags) $< \
	    build/asan/libserver.a -lcmocka $(libs) -o $@

build/fuzz/%_fuzz: tests/fuzz/%_fuzz.c build/fuzz/libserver.a
	@mkdir -p $(@D)
	@echo '  fuzz $<'
	$(quiet)$(CLANG) -MMD -MP $(CPPFLAGS) $(CFLAGS) $(fuzz_flags) -fsanitize=fuzzer $< \
	    build/fuzz/libserver.a $(libs) -o $@

-include $(unit_tests:=.d) $(fuzzers:=.d) build/load/detect.d

.PHONY: test check unit-tests fuzzers test-packages asan tsan bench bench-analytics bench-import bench-detection fuzz lint format format-check
test-packages:
	@tests/setup.sh

unit-tests: $(unit_tests)
fuzzers: $(fuzzers)

test: test-packages ## Install what the tests need and run all of them.
	@+tests/run.sh

check: test-packages ## Run the fast tests, in less than a minute: lint, units, SQL.
	@+tests/run.sh build lint unit sql js

asan: ## Run the unit and API tests under AddressSanitizer and UBSan.
	@+tests/run.sh asan unit api-asan

tsan: ## Run the program under ThreadSanitizer with load on it.
	@+tests/run.sh tsan

bench: test-packages ## Measure the service against pgbench on a big database; results go to tests/load/RESULTS.md.
	@+$(MAKE) $(parallel) build static
	@tests/load/bench.sh

bench-analytics: test-packages ## Measure the analyses on histories of 100 thousand and 10 million units.
	@+$(MAKE) $(parallel) build static
	@BENCH_MAIN=analytics tests/load/bench.sh

bench-import: test-packages ## Measure imports beside psql's \copy.
	@+$(MAKE) $(parallel) build static
	@BENCH_MAIN=imports tests/load/bench.sh

build/load/detect: tests/load/detect.c build/obj/libserver.a
	@mkdir -p $(@D)
	@echo '  load $<'
	$(quiet)$(CC) -MMD -MP $(CPPFLAGS) -Itests/unit/line $(CFLAGS) $(release_flags) $(hardening_link) $< \
	    build/obj/libserver.a $(libs) -o $@

bench-detection: test-packages ## Measure how soon a bad lot is named in synthetic histories, and how often a good one is.
	@+$(MAKE) $(parallel) build/load/detect
	@node tests/load/detect.js

fuzz: test-packages ## Fuzz every parser for a minute each; FUZZ_SECONDS changes that.
	@+$(MAKE) $(parallel) fuzzers
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-60} tests/fuzz/run.sh

## Reading it ---------------------------------------------------------------

formatted := $(shell find server tests/unit tests/fuzz tests/load -name '*.[ch]' 2>/dev/null)

lint: ## Check layers, names, sizes, formats, shell scripts and deployment, and compile with all warnings as errors.
	@+tests/run.sh lint

format: ## Format the C sources.
	@clang-format -i $(formatted)

format-check: ## Tell which C sources are not formatted.
	@clang-format --dry-run -Werror $(formatted)

# Every file through both compilers, a warning being an error.
build/lint/gcc/%.o: %.c Makefile | build/packages.ok $(generated)
	@mkdir -p $(@D)
	$(quiet)$(CC) -MMD -MP $(CPPFLAGS) $(CFLAGS) $(release_flags) -Werror -c $< -o $@
build/lint/clang/%.o: %.c Makefile | build/packages.ok $(generated)
	@mkdir -p $(@D)
	$(quiet)$(CLANG) -MMD -MP -MF $(@:.o=.d) -MT $@ $(CPPFLAGS) $(CFLAGS) -Werror -fsyntax-only $<
	@touch $@

lint_objects = $(patsubst %.c,build/lint/$(1)/%.o,$(sources) $(generated))
-include $(patsubst %.o,%.d,$(call lint_objects,gcc) $(call lint_objects,clang))
.PHONY: warnings-gcc warnings-clang
warnings-gcc: $(call lint_objects,gcc)
warnings-clang: $(call lint_objects,clang)

## Housekeeping -------------------------------------------------------------

.PHONY: clean help
clean: ## Remove what was built; the data in .data stay.
	rm -rf build

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
