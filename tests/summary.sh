#!/bin/sh
# Adds up what each variant's check said, as the last line of `make test`.
cat "$1"/*/summary.txt | awk '{ passed += $1; failed += $3 } END { print passed " passed, " failed " failed" }'
