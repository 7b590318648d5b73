# Compiles the templates to steps (firmware/web/template_table.h) and checks them; called by pages.sh.
function fault(text) {
	print "pages: " current ".html: " text > "/dev/stderr"
	bad = 1
}
function quoted(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	gsub(/\n/, "\\n", text)
	return "\"" text "\""
}
function step(op, text, path, filter, number) {
	steps[current] = steps[current] sprintf("\t{ %s, %s, %s, %s, %d },\n", op, text == "" ? "NULL" : text,
		path == "" ? "NULL" : quoted(path), filter == "" ? "FILTER_NONE" : filter, number)
	return count[current]++
}
function plain(text) {
	if (text != "") step("STEP_TEXT", quoted(text))
}
# PATH or PATH|FILTER; sets @path and @filter.
function value(text, bar) {
	bar = index(text, "|")
	path = bar ? substr(text, 1, bar - 1) : text
	filter = ""
	if (bar) {
		filter = substr(text, bar + 1)
		if (!(filter in filters)) fault("no such filter: " filter)
		filter = "FILTER_" toupper(filter)
	}
	if (path !~ /^(\.|[a-z][a-z0-9_]*(\.[a-z0-9_]+)*)$/) fault("not a key: " path)
	use_key(path)
}
function use_key(key) {
	used_key[current, key] = 1
	if (!((current, key) in declared)) fault("the key " key " is not declared")
}
# KEY [NAME=PATH[|FILTER]]...; the key's last part may be the value [PATH].
function message(text, n, words_, i, key, at, bound, rest, name) {
	n = split(text, words_, " ")
	key = words_[1]
	for (i = 2; i <= n; i++) {
		at = index(words_[i], "=")
		if (!at) { fault("not NAME=KEY: " words_[i]); return }
		bound[substr(words_[i], 1, at - 1)] = substr(words_[i], at + 1)
	}
	at = index(key, "[")
	if (at) {
		rest = substr(key, 1, at - 1)
		value(substr(key, at + 1, length(key) - at - 1))
		found = 0
		for (name in number_of) if (index(name, rest) == 1) { used_word[name] = 1; found = 1; fill(name, bound, 0) }
		if (!found) fault("no message starts with " rest)
		step("STEP_MESSAGE_OF", quoted(rest), path)
	} else {
		if (!(key in number_of)) { fault("no such message: " key); return }
		used_word[key] = 1
		step("STEP_MESSAGE", "", "", "", number_of[key])
		fill(key, bound, 1)
	}
	for (name in bound) {
		value(bound[name])
		step("STEP_ARGUMENT", quoted(name), path, filter)
	}
}
# Every place of a message is bound by name, or is a key of the template.
function fill(key, bound, strict, text, place, name, seen) {
	text = dutch[key]
	while (match(text, /\{[a-z0-9]+\}/)) {
		place = substr(text, RSTART + 1, RLENGTH - 2)
		text = substr(text, RSTART + RLENGTH)
		seen[place] = 1
		if (!(place in bound)) use_key(place)
	}
	if (strict) for (name in bound) if (!(name in seen)) fault("the message " key " has no place for " name)
}
# A partial with values is written in place, {NAME} replaced; one without is a call.
function partial(text, name, rest, at, quote, argument, val, body) {
	at = index(text, " ")
	name = at ? substr(text, 1, at - 1) : text
	if (!(name in source)) { fault("no such partial: " name); return }
	used_partial[name] = 1
	if (!at) {
		calls[current] = calls[current] " " name
		step("STEP_PARTIAL", quoted(name))
		return
	}
	body = source[name]
	rest = substr(text, at + 1)
	while (match(rest, /^ *[a-z0-9_]+=/)) {
		argument = substr(rest, RSTART, RLENGTH - 1)
		gsub(/ /, "", argument)
		rest = substr(rest, RLENGTH + 1)
		quote = substr(rest, 1, 1)
		if (quote == "'" || quote == "\"") {
			rest = substr(rest, 2)
			at = index(rest, quote)
			val = substr(rest, 1, at - 1)
			rest = substr(rest, at + 1)
		} else {
			at = index(rest, " ")
			val = at ? substr(rest, 1, at - 1) : rest
			rest = at ? substr(rest, at) : ""
		}
		if (!index(body, "{" argument "}")) fault("the partial " name " has no {" argument "}")
		body = replaced(body, "{" argument "}", val)
	}
	if (rest !~ /^ *$/) fault("not NAME=VALUE: " rest)
	if (match(body, /[^{]\{[a-z0-9_]+\}[^}]/)) fault("the partial " name " wants " substr(body, RSTART + 1, RLENGTH - 2))
	compile(body)
}
function replaced(text, what, by, at, done) {
	done = ""
	while ((at = index(text, what)) > 0) {
		done = done substr(text, 1, at - 1) by
		text = substr(text, at + length(what))
	}
	return done text
}
function section(op, text, at, path_, equals) {
	at = index(text, "=")
	equals = at ? substr(text, at + 1) : ""
	path_ = at ? substr(text, 1, at - 1) : text
	value(path_)
	depth++
	opened[depth] = path_
	opened_at[depth] = step(op, at ? quoted(equals) : "", path_)
}
function close_section(text) {
	if (depth == base_depth || opened[depth] != text) { fault("{{/" text "}} closes nothing"); return }
	jump[current, opened_at[depth]] = step("STEP_END")
	depth--
}
function declare(text, n, words_, i) {
	n = split(text, words_, " ")
	for (i = 1; i <= n; i++) declared[current, words_[i]] = 1
}
function compile(text, at, close_at, tag, mark, was, level) {
	was = base_depth
	base_depth = level = depth
	while ((at = index(text, "{{")) > 0) {
		plain(substr(text, 1, at - 1))
		text = substr(text, at + 2)
		close_at = index(text, "}}")
		if (!close_at) { fault("{{ without }}"); break }
		tag = substr(text, 1, close_at - 1)
		text = substr(text, close_at + 2)
		mark = substr(tag, 1, 1)
		if (mark == "#") section("STEP_SECTION", substr(tag, 2))
		else if (mark == "^") section("STEP_UNLESS", substr(tag, 2))
		else if (mark == "/") close_section(substr(tag, 2))
		else if (mark == ">") partial(substr(tag, 2))
		else if (mark == "_") message(substr(tag, 3))
		else if (mark == "!") continue
		else if (tag ~ /^keys /) { declare(substr(tag, 6)); sub(/^\n/, "", text) }
		else { value(tag); step("STEP_VALUE", "", path, filter) }
	}
	plain(text)
	if (depth != level) fault("{{#" opened[depth] "}} is not closed")
	depth = level
	base_depth = was
}
function reaches(from, to, level, n, names, i) {
	if (level > 8) return 1
	n = split(calls[from], names, " ")
	for (i = 1; i <= n; i++) if (names[i] == to || reaches(names[i], to, level + 1)) return 1
	return 0
}
function form(text) {
	return text == "" ? "NULL" : "\"" text "\""
}
function read_tables(line, fields) {
	n_words = 0
	while ((getline line < words) > 0) {
		split(line, fields, "\t")
		number_of[fields[1]] = n_words
		key_at[n_words] = fields[1]
		dutch[fields[1]] = fields[3] == "" ? fields[2] : fields[3]
		forms[fields[1]] = "{ " form(fields[2]) ", " form(fields[3]) " }, { " form(fields[4]) ", " form(fields[5]) " }"
		n_words++
	}
	while ((getline line < named) > 0) used_word[line] = 1
	split("number percent clock time date day weekday when iso_day decimal mark", fields, " ")
	for (line in fields) filters[fields[line]] = 1
}
FNR == 1 {
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.html$/, "", name)
	order[++n_files] = name
}
{
	sub(/^[ \t]+/, "")
	source[name] = source[name] (FNR > 1 && source[name] != "" ? "\n" : "") $0
}
END {
	read_tables()
	for (f = 1; f <= n_files; f++) {
		current = order[f]
		# A partial that takes values is only ever written in place.
		if (source[current] ~ /^\{\{inline\}\}/) { sub(/^\{\{inline\}\}\n?/, "", source[current]); inlined[current] = 1 }
	}
	for (f = 1; f <= n_files; f++) {
		current = order[f]
		if (current in inlined) continue
		depth = base_depth = 0
		compile(source[current])
		for (k in declared) {
			split(k, parts, SUBSEP)
			if (parts[1] == current && !((current, parts[2]) in used_key)) fault("the key " parts[2] " is declared but not used")
		}
	}
	for (f = 1; f <= n_files; f++) {
		current = order[f]
		if (reaches(current, current, 0)) fault("includes itself")
		if ((current ~ /^_/ || current in inlined) && !(current in used_partial)) fault("is used nowhere")
	}
	for (w = 0; w < n_words; w++) {
		if (!(key_at[w] in used_word)) { print "words: " key_at[w] " is used nowhere" > "/dev/stderr"; bad = 1 }
	}
	if (bad) exit 1
	print "static const struct web_word page_words[] = {"
	for (w = 0; w < n_words; w++) {
		printf "\t{ \"%s\", { %s } },\n", key_at[w], forms[key_at[w]]
	}
	print "};"
	for (f = 1; f <= n_files; f++) {
		current = order[f]
		if (current in inlined) continue
		symbol[current] = "steps_" current
		gsub(/[^a-z0-9_]/, "_", symbol[current])
		n = split(steps[current], lines, "\n")
		print "static const struct template_step " symbol[current] "[] = {"
		for (i = 1; i < n; i++) {
			if ((current, i - 1) in jump) sub(/, 0 \},$/, ", " jump[current, i - 1] " },", lines[i])
			print lines[i]
		}
		print "\t{ STEP_STOP, NULL, NULL, FILTER_NONE, 0 },\n};"
	}
	print "static const struct web_template page_templates[] = {"
	for (f = 1; f <= n_files; f++) if (!(order[f] in inlined)) print "\t{ \"" order[f] "\", " symbol[order[f]] " },"
	print "};"
}
