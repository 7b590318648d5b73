#!/bin/sh
# Fails when an #include crosses a line that tests/layers.txt does not draw.
status=0
while read -r folder allowed; do
	case $folder in '' | \#*) continue ;; esac
	for header in $(cat "$folder"/*.[ch] 2>/dev/null | sed -nE 's/^[[:space:]]*#[[:space:]]*include ["<]([^">]+)[">].*/\1/p' | sort -u); do
		grep -qxF "$header" tests/libc.headers && continue
		case " $allowed " in *" $header "*) continue ;; esac
		owner=${header%%/*}
		case $header in */*) ;; *) owner= ;; esac
		case " ${folder##*/} $allowed " in *" $owner "*) [ -n "$owner" ] && continue ;; esac
		echo "layers: $folder includes $header"
		status=1
	done
done < tests/layers.txt
exit $status
