#!/bin/sh
# Runs each fuzzer for SECONDS on its corpus (tests/fuzz/corpus/NAME if there is one). Any finding fails.
set -eu
seconds=$1
shift
for fuzzer in "$@"; do
	name=$(basename "$fuzzer")
	work=build/fuzz/corpus-$name
	mkdir -p "$work"
	seeds=
	[ -d "tests/fuzz/corpus/$name" ] && seeds=tests/fuzz/corpus/$name
	# shellcheck disable=SC2086 # seeds is one word or none
	"$fuzzer" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 -artifact_prefix=build/fuzz/ \
		"$work" $seeds > "build/fuzz/$name.log" 2>&1 || { tail -40 "build/fuzz/$name.log"; exit 1; }
	echo "fuzz $name: $(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "build/fuzz/$name.log") inputs, nothing found"
done
