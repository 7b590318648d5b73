#!/bin/sh
# Reads the sources without running them: format, clang-tidy, cppcheck. $1 is the compiler, the rest the files; PKGS: the
# libraries whose headers they include.
set -u
shift
status=0
sources=$(for file in "$@"; do case $file in *.c) echo "$file" ;; esac; done)
# shellcheck disable=SC2086 # a list of words
flags="-std=c11 -D_GNU_SOURCE -Ifirmware -Iui -Itests -I. -Ibuild/gen -DINCHECKPAAL_FONTS_DIR=__FILE__ -DINCHECKPAAL_PRIVACY_DIR=__FILE__ $(pkg-config --cflags $PKGS)"

clang-format --dry-run -Werror "$@" || status=1
# shellcheck disable=SC2086 # both are lists of words
printf '%s\n' $sources | xargs -P 2 -n 8 sh -c 'clang-tidy --quiet "$@" -- '"$flags"' 2>/dev/null' sh || status=1
# cppcheck does not read jansson's loops, and takes an array that a call is to fill for one it reads.
cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	--suppress=missingIncludeSystem --suppress=ctuuninitvar -D_GNU_SOURCE \
	'-Djson_array_foreach(array,index,value)=if ((index = 0, value = json_array_get(array, index)))' \
	'-Djson_object_foreach(object,key,value)=if ((key = json_object_iter_key(object), value = json_object_get(object, key)))' \
	-Ifirmware -Iui -Ibuild/gen -j 2 firmware ui tests/pn532 || status=1
# The other compiler warns of other things.
make -s CC=clang OUT=build/clang BIN=build/clang/bin WERROR=-Werror all > build/clang.log 2>&1 || { tail -n 20 build/clang.log; status=1; }
[ "$status" = 0 ] && echo "lint: nothing to say"
exit $status
