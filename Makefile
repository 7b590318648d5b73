# Incheckpaal. `make run` shows it, `make test` proves it, `make help` lists the rest.

# The whole program is its folders: a module added to one is built with it.
FOLDERS := firmware/core firmware/base firmware/reader firmware/store firmware/exchange firmware/kiosk firmware/cli firmware/web firmware/sync \
           ui/face ui/sdl tests/screens tests/pn532
$(foreach folder,$(FOLDERS),$(eval $(folder) := $(filter-out selftest,$(patsubst $(folder)/%.c,%,$(sort $(wildcard $(folder)/*.c))))))

PURE_FOLDERS := firmware/core ui/face
PKGS_base     := libsodium inih
PKGS_reader   := libnfc
PKGS_store    := sqlite3
PKGS_exchange := jansson zlib
PKGS_calendar := libical
PKGS_cli      := jansson
PKGS_web      := jansson libmicrohttpd gnutls
PKGS_sync     := libpq
PKGS_sdl      := sdl2 SDL2_ttf fribidi libpng libdrm
PKGS_kiosk    := jansson libqrencode
# libcsv is unknown to pkg-config, and in Debian 13 libxlsxwriter's entry asks for a package that it does not bring.
LIBS_exchange := -lcsv -lxlsxwriter
PKGS := $(PKGS_base) $(PKGS_reader) $(PKGS_store) $(PKGS_exchange) $(PKGS_calendar) $(PKGS_web) $(PKGS_sync) $(PKGS_sdl) $(PKGS_kiosk)

# `make VARIANT=asan check` builds a second tree beside the first.
VARIANT ?= release
# Under a sanitizer gcc loses track of ranges and warns of truncation that can not be: the release build looks for it.
FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
FLAGS_asan    := -Wno-format-truncation -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_tsan    := -Wno-format-truncation -O1 -g -fsanitize=thread
FLAGS_cover   := -Wno-format-truncation -O0 -g --coverage

OUT  := build/$(VARIANT)
BIN  := $(if $(filter release,$(VARIANT)),build/bin,$(OUT)/bin)
GEN  := build/gen
WARN := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
        -Wpointer-arith -Wwrite-strings -Wswitch-enum -Wvla
# Warnings are errors where we prove the program, never where somebody builds it with a newer compiler.
WERROR := $(if $(CI),-Werror)
PREFIX     ?= /usr
UNIT_DIR   ?= $(PREFIX)/lib/systemd/system
FONTS_DIR  ?= $(PREFIX)/share/incheckpaal/fonts
PRIVACY_DIR ?= $(PREFIX)/share/incheckpaal/privacy

# A cross build names its pkg-config, and in RUN how its programs run here.
PKG_CONFIG ?= pkg-config

# CPPFLAGS, CFLAGS, LDFLAGS and LDLIBS stay the builder's own and come last.
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE -Ifirmware -Iui -Itests -I. -I$(GEN) \
          -DINCHECKPAAL_FONTS_DIR='"$(FONTS_DIR)"' -DINCHECKPAAL_PRIVACY_DIR='"$(PRIVACY_DIR)"' $(PKG_FLAGS) \
          $(WARN) $(WERROR) $(FLAGS_$(VARIANT)) $(LOOPS) $(CPPFLAGS) $(CFLAGS)
LINK    = $(CC) $(FLAGS_$(VARIANT)) $(CFLAGS) $(LDFLAGS)
pkg_libs = $(shell $(PKG_CONFIG) --libs $(1) 2>/dev/null)

objects = $(foreach folder,$(1),$(patsubst %,$(OUT)/$(folder)/%.o,$($(folder))))
without_main = $(filter-out %/main.o,$(call objects,$(1)))

PROGRAMS := incheckpaal incheckpaal-kiosk incheckpaal-reader incheckpaal-web incheckpaal-sync pn532
BINARIES := $(addprefix $(BIN)/,$(PROGRAMS))

all: packages programs
programs: $(BINARIES) fonts

# Which folders each program links is what it may do: the reader has no database, the kiosk no libnfc.
$(BIN)/incheckpaal-reader: $(call objects,firmware/reader) $(OUT)/libbase.a $(OUT)/libpure.a
	@mkdir -p $(@D)
	$(Q)$(LINK) $^ $(call pkg_libs,$(PKGS_base) $(PKGS_reader)) $(LDLIBS) -o $@
$(BIN)/incheckpaal-kiosk: $(call objects,firmware/kiosk firmware/store ui/sdl) $(OUT)/libbase.a $(OUT)/libpure.a
	@mkdir -p $(@D)
	$(Q)$(LINK) $^ $(call pkg_libs,$(PKGS_base) $(PKGS_store) $(PKGS_sdl) $(PKGS_kiosk)) -pthread -lm $(LDLIBS) -o $@
$(BIN)/incheckpaal: $(call objects,firmware/cli firmware/store firmware/exchange) $(OUT)/libbase.a $(OUT)/libpure.a
	@mkdir -p $(@D)
	$(Q)$(LINK) $^ $(call pkg_libs,$(PKGS_base) $(PKGS_store) $(PKGS_exchange) $(PKGS_calendar) $(PKGS_cli)) $(LIBS_exchange) -lm $(LDLIBS) -o $@
# No SDL, no libnfc, and no reader of calendars: what the page can not reach, nobody reaches through it.
WEB_OBJECTS = $(filter-out %/icalendar.o,$(call without_main,firmware/web firmware/store firmware/exchange)) $(OUT)/gen/pages_table.o
$(BIN)/incheckpaal-web: $(OUT)/firmware/web/main.o $(WEB_OBJECTS) $(OUT)/libbase.a $(OUT)/libpure.a
	@mkdir -p $(@D)
	$(Q)$(LINK) $^ $(call pkg_libs,$(PKGS_base) $(PKGS_store) $(PKGS_exchange) $(PKGS_web)) $(LIBS_exchange) -pthread -lm $(LDLIBS) -o $@
# The network, and the log to be read: no screen, no reader, no page.
$(BIN)/incheckpaal-sync: $(call objects,firmware/sync firmware/store) $(OUT)/libbase.a $(OUT)/libpure.a
	@mkdir -p $(@D)
	$(Q)$(LINK) $^ $(call pkg_libs,$(PKGS_base) $(PKGS_store) $(PKGS_sync)) -pthread $(LDLIBS) -o $@
$(BIN)/pn532: $(call objects,tests/pn532)
	@mkdir -p $(@D)
	$(Q)$(LINK) $^ $(LDLIBS) -o $@

$(OUT)/libpure.a: $(call objects,$(PURE_FOLDERS)) $(OUT)/gen/words_table.o
	$(Q)rm -f $@ && $(AR) rcs $@ $^
$(OUT)/libbase.a: $(call objects,firmware/base)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# Rewritten only when it changes, so that a commit does not rebuild the world.
$(GEN)/version.h: FORCE
	@mkdir -p $(@D)
	@version=$${INCHECKPAAL_VERSION:-$$(git describe --always --dirty 2>/dev/null || echo unknown)}; \
	  echo "#define INCHECKPAAL_VERSION \"$$version\"" | cmp -s - $@ || \
	  echo "#define INCHECKPAAL_VERSION \"$$version\"" > $@
FORCE:

# The words of the screen: one table made of the catalogues, which refuses a missing or unused key.
$(GEN)/words_table.c $(GEN)/words_table.h &: ui/words/words.sh $(wildcard ui/words/*.po ui/face/*.c)
	@mkdir -p $(GEN)
	$(Q)sh ui/words/words.sh $(GEN)
# The organiser's page: templates, its words and what is served as it is, checked and made one table.
$(GEN)/pages_table.c: $(wildcard ui/organiser/* ui/words/web.*.po ui/words/*.sh firmware/web/*.c)
	@mkdir -p $(GEN)
	$(Q)sh ui/organiser/pages.sh $(GEN)
$(OUT)/gen/%_table.o: $(GEN)/%_table.c Makefile | $(GEN)/words_table.h
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c $< -o $@

$(OUT)/%.o: %.c Makefile | $(GEN)/words_table.h $(GEN)/version.h
	@mkdir -p $(@D)
	$(if $(Q),@echo "  $(CC) $<")
	$(Q)$(COMPILE) -MMD -MP -c $< -o $@

# The painter's loops over pixels pay for vectors.
$(OUT)/ui/sdl/%.o: LOOPS := $(if $(filter release,$(VARIANT)),-O3)

fonts: build/fonts/.staged
build/fonts/.staged: fonts/stage.sh fonts/fonts.list
	$(Q)sh fonts/stage.sh build/fonts && touch $@

# Unit tests: every tests/unit/test_NOUN.c offers `int test_NOUN(void)`; main.c is made of that list. `unit NOUN...` runs only those.
UNIT_NOUNS := $(sort $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c)))
UNIT_OBJECTS := $(patsubst %,$(OUT)/tests/unit/test_%.o,$(UNIT_NOUNS))
$(GEN)/unit_main.c: tests/unit/main.sh $(wildcard tests/unit/test_*.c) Makefile
	@mkdir -p $(@D)
	$(Q)sh tests/unit/main.sh $(UNIT_NOUNS) > $@
$(OUT)/gen/unit_main.o: $(GEN)/unit_main.c
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -c $< -o $@
$(OUT)/unit: $(OUT)/gen/unit_main.o $(UNIT_OBJECTS) $(filter-out %/stage.o,$(call without_main,firmware/store firmware/exchange firmware/cli firmware/kiosk firmware/reader firmware/web)) \
             $(OUT)/gen/pages_table.o \
             $(OUT)/libbase.a $(OUT)/libpure.a
	$(Q)$(LINK) $^ $(call pkg_libs,$(PKGS)) -lcmocka $(LIBS_exchange) -pthread -lm $(LDLIBS) -o $@
$(OUT)/pn532-selftest: $(OUT)/tests/pn532/selftest.o $(call without_main,tests/pn532)
	$(Q)$(LINK) $^ -lcmocka $(LDLIBS) -o $@
# The page's server in the tester's own process, so that the route table is the list of what is walked.
$(OUT)/web-walk: $(OUT)/tests/web/walk.o $(OUT)/tests/web/harness.o $(WEB_OBJECTS) $(OUT)/libbase.a $(OUT)/libpure.a
	$(Q)$(LINK) $^ $(call pkg_libs,$(PKGS_base) $(PKGS_store) $(PKGS_exchange) $(PKGS_web)) -lcmocka $(LIBS_exchange) -pthread -lm $(LDLIBS) -o $@
$(OUT)/screens: $(call objects,tests/screens) $(call objects,ui/sdl) $(OUT)/libbase.a $(OUT)/libpure.a
	$(Q)$(LINK) $^ $(call pkg_libs,$(PKGS_base) $(PKGS_sdl)) -pthread -lm $(LDLIBS) -o $@
$(OUT)/%-bench: $(OUT)/tests/bench/%.o $(patsubst %.c,$(OUT)/%.o,$(wildcard tests/screens/scenes*.c)) $(call without_main,firmware/store firmware/exchange) $(call objects,ui/sdl) $(OUT)/libbase.a $(OUT)/libpure.a
	$(Q)$(LINK) $^ $(call pkg_libs,$(PKGS)) $(LIBS_exchange) -pthread -lm $(LDLIBS) -o $@

TESTERS := $(OUT)/unit $(OUT)/pn532-selftest $(OUT)/screens $(OUT)/web-walk

# What must hold, without setting anything up and without touching the network.
check: $(BINARIES) $(TESTERS) fonts layers listed $(if $(filter release,$(VARIANT)),purity)
	$(Q)BIN=$(BIN) OUT=$(OUT) sh tests/check.sh

# The same under the sanitizers, and the package, which a tree without its history can not name: what CI runs.
test: packages
	$(Q)$(MAKE) check WERROR=-Werror
	$(Q)$(MAKE) VARIANT=asan check WERROR=-Werror
	$(Q)$(MAKE) VARIANT=tsan check-threads WERROR=-Werror
	$(Q)if git rev-parse -q --verify HEAD > /dev/null 2>&1; then DEB_BUILD_OPTIONS=nocheck $(MAKE) deb; \
	  else echo 'no history of git here: the package was not built'; fi
	$(Q)sh tests/summary.sh build

# ThreadSanitizer looks at threads only, so it gets the stories in which the kiosk runs.
check-threads: $(BINARIES) $(OUT)/web-walk fonts
	$(Q)BIN=$(BIN) OUT=$(OUT) TESTERS=threads STORIES=$(THREAD_STORIES) sh tests/check.sh
THREAD_STORIES := '3[0-9]-*'

run: packages $(BINARIES) fonts
	$(Q)READER=$(READER) sh tests/demo/run.sh $(BIN)

packages:
	@sh tests/packages.sh

layers:
	@sh tests/layers.sh
# The lists of what tests hold of the page name tests that there are.
listed:
	@sh tests/web/listed.sh
# What the core asks of libc is listed in tests/pure.symbols; it keeps no variables of its own.
purity: $(OUT)/libpure.a
	@nm --defined-only $< 2>/dev/null | awk 'NF == 3 { print $$3 }' | cat - tests/pure.symbols > $(OUT)/pure.known
	@! nm -u $< | awk '$$1 == "U" { print $$2 }' | sort -u | grep -vxFf $(OUT)/pure.known | sed 's/^/purity: the pure code asks for /' | grep .
	@! objdump -t $< | grep -E ' O \.(data|bss)[[:space:]]' | sed 's/^/purity: a variable: /' | grep .

SOURCES := $(shell git ls-files '*.c' '*.h' 2>/dev/null)
lint: packages layers $(GEN)/words_table.h $(GEN)/version.h
	$(Q)PKGS="$(PKGS)" sh tests/lint.sh "$(CC)" $(SOURCES)
format:
	clang-format -i $(SOURCES)

cover:
	$(Q)$(MAKE) VARIANT=cover build/cover/unit && find build/cover -name '*.gcda' -delete && build/cover/unit >/dev/null
	$(Q)gcovr -r . --branches --fail-under-branch 100 --fail-under-line 100 --filter 'firmware/core/' build/cover

bench: packages $(BINARIES) $(patsubst tests/bench/%.c,$(OUT)/%-bench,$(wildcard tests/bench/*.c)) fonts
	$(Q)BIN=$(BIN) OUT=$(OUT) sh tests/bench/bench.sh
# The long proofs, before an issue is closed: about half an hour.
prove: packages $(BINARIES) $(TESTERS) fonts fuzz
	$(Q)$(MAKE) cover
	$(Q)$(MAKE) web-test
	$(Q)BIN=$(BIN) OUT=$(OUT) PROVE=1 LIMIT=5400 sh tests/check.sh

FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,build/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 60
FUZZ_SOURCES := $(foreach f,firmware/core firmware/base firmware/exchange firmware/reader,$(patsubst %,$(f)/%.c,$(filter-out main,$($(f)))))
FUZZ_WEB := $(addprefix firmware/web/,template.c template_filter.c text_out.c) $(GEN)/pages_table.c ui/face/words.c $(GEN)/words_table.c
build/fuzz/%: tests/fuzz/fuzz_%.c $(FUZZ_SOURCES) $(FUZZ_WEB) $(GEN)/words_table.h
	@mkdir -p $(@D)
	$(Q)clang -std=c11 -D_GNU_SOURCE -Ifirmware -Iui -I. -I$(GEN) $(PKG_FLAGS) $(WARN) -g -O1 -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=all $< $(FUZZ_SOURCES) $(FUZZ_WEB) $(call pkg_libs,$(PKGS)) $(LIBS_exchange) -lm -o $@
# The handlers are reached through libmicrohttpd itself.
FUZZ_SERVER := $(foreach f,firmware/web firmware/store,$(patsubst %,$(f)/%.c,$(filter-out main template template_filter text_out,$($(f))))) \
               tests/web/harness.c
build/fuzz/web: tests/fuzz/fuzz_web.c tests/web/harness.c $(FUZZ_SOURCES) $(FUZZ_WEB) $(FUZZ_SERVER) $(GEN)/words_table.h $(GEN)/version.h
	@mkdir -p $(@D)
	$(Q)clang -std=c11 -D_GNU_SOURCE -Ifirmware -Iui -Itests -I. -I$(GEN) $(PKG_FLAGS) $(WARN) -g -O1 -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=all $< $(FUZZ_SOURCES) $(FUZZ_WEB) $(FUZZ_SERVER) $(call pkg_libs,$(PKGS)) $(LIBS_exchange) -lm -o $@
fuzz: packages $(FUZZERS)
	$(Q)sh tests/fuzz/fuzz.sh $(FUZZ_SECONDS) $(FUZZERS)

# The organiser's page in a browser; installs Chromium, its driver and LibreOffice.
web-test: packages $(BINARIES) fonts
	$(Q)BIN=$(BIN) OUT=$(OUT) sh tests/web/test.sh

screens: packages $(OUT)/screens fonts
	$(Q)SDL_VIDEODRIVER=dummy INCHECKPAAL_FONTS=build/fonts $(OUT)/screens gallery build/screens && echo "build/screens/index.html"

install: $(BINARIES) fonts
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(FONTS_DIR) $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 755 $(filter-out %/pn532,$(BINARIES)) $(DESTDIR)$(PREFIX)/bin
	install -d $(DESTDIR)$(PRIVACY_DIR) && install -m 644 board/privacy/*.md $(DESTDIR)$(PRIVACY_DIR)
	install -m 644 build/fonts/*.[ot]t[fc] $(DESTDIR)$(FONTS_DIR)
	for page in $(MANUALS); do \
	  $(RUN) $(BIN)/incheckpaal manual $$page > $(DESTDIR)$(PREFIX)/share/man/man1/$$page.1 || exit 1; done
	$(RUN) $(BIN)/incheckpaal manual incheckpaal.conf > $(DESTDIR)$(PREFIX)/share/man/man5/incheckpaal.conf.5
	RUN="$(RUN)" DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) UNIT_DIR=$(UNIT_DIR) sh board/install.sh $(filter-out %/pn532,$(BINARIES))
MANUALS := $(filter-out pn532,$(PROGRAMS))

# The package for this machine, the one for the Pi, and what must hold of them. Each sets up what it needs.
deb:
	$(Q)sh board/packages.sh deb && sh board/deb.sh native
deb-arm64:
	$(Q)sh board/packages.sh cross && sh board/deb.sh arm64
deb-test:
	$(Q)sh board/packages.sh deb && sh board/test/reproducible.sh

# The card: ARCH=arm64 for a Raspberry Pi, ARCH=amd64 its twin, quicker to try; and what must hold of it, in QEMU.
ARCH ?= arm64
image: $(if $(filter arm64,$(ARCH)),deb-arm64,deb)
	$(Q)sh board/packages.sh image && sh board/image/image.sh $(ARCH)
# An update, signed: the root of the image that was made last.
bundle:
	$(Q)sh board/packages.sh image && sh board/image/bundle.sh $(ARCH)
image-test: $(BIN)/pn532 $(BIN)/incheckpaal
	$(Q)sh board/packages.sh test && ARCH=$(ARCH) python3 board/test/image.py $(IMAGE_TESTS)
bundle-test:
	$(Q)sh board/packages.sh image && sh board/test/bundle.sh
# Power cuts on a disk that forgets what was not flushed, without a virtual machine.
cut-test: programs
	$(Q)sh board/packages.sh test && python3 board/test/cut.py
update-test: $(BIN)/pn532
	$(Q)sh board/packages.sh image test && ARCH=$(ARCH) python3 board/test/update.py $(UPDATE_TESTS)
# U-Boot's choice between the two roots, without an image.
boot-test:
	$(Q)sh board/packages.sh test && ARCH=$(ARCH) python3 board/test/boot.py

clean:
	rm -rf build

help:
	@echo 'make run      set up, build, and show the kiosk with a simulated reader (READER=auto: a real one)'
	@echo 'make test     set up, build, and prove everything: units, stories, screens; plain and under sanitizers; the package'
	@echo 'make          build                     make check    prove without setting up (VARIANT=asan|tsan)'
	@echo 'make lint     format, clang-tidy, cppcheck, layers'
	@echo 'make cover    branch coverage of the core; fails under 100 %'
	@echo 'make bench    the limits, as ratios     make prove    the long proofs (about half an hour)'
	@echo 'make fuzz     each parser for FUZZ_SECONDS (60)'
	@echo 'make web-test the organiser'\''s page in a browser (Chromium, axe, LibreOffice)'
	@echo 'make screens  every screen as a picture in build/screens'
	@echo 'make install  DESTDIR and PREFIX        make clean    removes build/'
	@echo 'make deb      a Debian package in build/deb; make deb-arm64: for the Pi; make deb-test: is it reproducible'
	@echo 'make image    a card for the Pi (ARCH=arm64), or its twin (ARCH=amd64); make image-test boots it in QEMU; make cut-test cuts its power'

Q := $(if $(V),,@)
PKG_FLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all programs cut-test image image-test boot-test bundle bundle-test update-test deb deb-arm64 deb-test fonts check test check-threads run packages layers listed purity lint format cover bench prove fuzz web-test screens install clean help
# The Debians that the package and the image are made of lie in build too.
-include $(shell find build \( -path build/cross -o -path build/image \) -prune -o -type f -name '*.d' -print 2>/dev/null)
