#!/bin/sh
# Whether each test that the lists of tests/web name is there: a function of a test, a story by its number, a file.
# shellcheck disable=SC2016 # the backticks are of the lists
status=0
for list in tests/web/asvs.md tests/web/checks.md; do
	for name in $(grep -o '`[^`]*`' "$list" | tr -d '`' | grep -E '^[a-z0-9]+(_[a-z0-9]+){2,}$' | sort -u); do
		grep -rqE "static void $name\(" tests/unit tests/web || { echo "$list: no test is called $name"; status=1; }
	done
	for file in $(grep -oE '`(tests|firmware|ui)/[^`]*`' "$list" | tr -d '`' | sort -u); do
		[ -e "$file" ] || { echo "$list: there is no $file"; status=1; }
	done
	for story in $(sed -n 's/.*|\([^|]*\)|$/\1/p' "$list" | grep -oE '(^|[ ,])[2-8][0-9]([ ,(]|$)' | tr -cd '0-9\n' | sort -u) \
		$(grep -oE '[2-8][0-9]-[a-z]+(-[a-z]+)+' "$list" | sort -u); do
		ls tests/story/"$story"*.sh > /dev/null 2>&1 || { echo "$list: there is no story $story"; status=1; }
	done
done
exit $status
