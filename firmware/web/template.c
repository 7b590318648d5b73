#include "web/template.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "face/words.h"
#include "web/template_filter.h"
#include "web/template_table.h"

#define SCOPES_MAX 24
#define PATH_PART_SIZE 64

struct rendering {
	const struct template_set *set;
	struct text_out *out;
	enum language language;
	const json_t *scopes[SCOPES_MAX]; /* innermost last */
	size_t scope_count;
	const char *missing;
};

static const json_t *member(const json_t *object, const char **path)
{
	char part[PATH_PART_SIZE];
	const size_t length = strcspn(*path, ".");

	if (length >= sizeof part)
		return NULL;
	memcpy(part, *path, length);
	part[length] = '\0';
	const json_t *found = json_object_get(object, part);
	if (found)
		*path += length;
	return found;
}

/* The first part is sought from the innermost scope outwards, the rest inside what was found. */
static const json_t *find(const struct rendering *rendering, const char *path)
{
	const json_t *found = NULL;
	size_t scope = rendering->scope_count;

	if (strcmp(path, ".") == 0)
		return rendering->scopes[scope - 1];
	while (!found && scope > 0)
		found = member(rendering->scopes[--scope], &path);
	while (found && *path == '.') {
		path++;
		found = member(found, &path);
	}
	return found;
}

static bool is_something(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return json_object_size(value) > 0;
	case JSON_ARRAY:
		return json_array_size(value) > 0;
	case JSON_STRING:
		return json_string_length(value) > 0;
	case JSON_INTEGER:
		return json_integer_value(value) != 0;
	case JSON_REAL:
	case JSON_TRUE:
		return true;
	case JSON_FALSE:
	case JSON_NULL:
		break;
	}
	return false;
}

static void add_value(struct rendering *rendering, const char *path, enum template_filter filter)
{
	char text[FILTER_TEXT_SIZE];
	const json_t *value = find(rendering, path);

	if (!value)
		rendering->missing = path;
	else if (filter == FILTER_NONE && json_is_string(value))
		text_out_add_html(rendering->out, json_string_value(value));
	else
		text_out_add_html(rendering->out,
			template_filter(text, sizeof text, value, filter, rendering->language));
}

static int by_key(const void *key, const void *word)
{
	return strcmp(key, ((const struct web_word *)word)->key);
}

static const struct web_word *word_of(const struct template_set *set, const char *key)
{
	return bsearch(key, set->words, set->word_count, sizeof set->words[0], by_key);
}

const char *web_word(enum language language, const char *key)
{
	const struct web_word *word = word_of(&organiser_pages, key);

	return word ? word->text[language][0] : key;
}

void web_word_number(char *ret, size_t size, enum language language, const char *key, int64_t n)
{
	const struct web_word *word = word_of(&organiser_pages, key);
	const char *const *forms = word ? word->text[language] : NULL;
	const char *text = !forms ? key : forms[1] ? forms[word_form(language, n)] : forms[0];
	const char *place = strstr(text, "{n}");

	if (place)
		snprintf(ret, size, "%.*s%lld%s", (int)(place - text), text, (long long)n,
			place + 3);
	else
		snprintf(ret, size, "%s", text);
}

static const struct template_step *argument_of(
	const struct template_step *step, const char *name, size_t length)
{
	for (; step->op == STEP_ARGUMENT; step++)
		if (strlen(step->text) == length && strncmp(step->text, name, length) == 0)
			return step;
	return NULL;
}

/* The form for the place {n}. */
static const char *for_number(const struct rendering *rendering, const struct web_word *word,
	const struct template_step *arguments)
{
	const char *const *forms = word->text[rendering->language];
	const struct template_step *argument = argument_of(arguments, "n", 1);
	const json_t *n = forms[1] ? find(rendering, argument ? argument->path : "n") : NULL;

	if (!forms[1])
		return forms[0];
	return forms[json_is_integer(n) ? word_form(rendering->language, json_integer_value(n))
					: 1];
}

/* @name is a place's, up to @length. */
static void add_place(struct rendering *rendering, const struct template_step *arguments,
	const char *name, size_t length)
{
	char path[PATH_PART_SIZE];
	const struct template_step *argument = argument_of(arguments, name, length);

	if (argument) {
		add_value(rendering, argument->path, argument->filter);
		return;
	}
	snprintf(path, sizeof path, "%.*s", (int)length, name);
	const json_t *value = find(rendering, path);
	if (value) /* add_value keeps the path of what is missing only, and this is not */
		add_value(rendering, path, FILTER_NONE); /* NOLINT(clang-analyzer-core.*) */
	else
		rendering->missing = "a place of a message";
}

static void add_message(struct rendering *rendering, const struct web_word *word,
	const struct template_step *arguments)
{
	const char *text = for_number(rendering, word, arguments);
	const char *open, *close;

	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		text_out_add(rendering->out, text, (size_t)(open - text));
		add_place(rendering, arguments, open + 1, (size_t)(close - open - 1));
		text = close + 1;
	}
	text_out_add_text(rendering->out, text);
}

static void add_message_of(struct rendering *rendering, const struct template_step *step)
{
	char key[2 * PATH_PART_SIZE], last[FILTER_TEXT_SIZE];
	const json_t *value = find(rendering, step->path);

	if (!value) {
		rendering->missing = step->path;
		return;
	}
	template_filter(last, sizeof last, value, FILTER_NONE, rendering->language);
	snprintf(key, sizeof key, "%s%.60s", step->text, last);
	const struct web_word *word = word_of(rendering->set, key);
	if (word)
		add_message(rendering, word, step + 1);
	else
		text_out_add_html(rendering->out, last);
}

static bool equals(const struct rendering *rendering, const json_t *value, const char *text)
{
	char own[FILTER_TEXT_SIZE];

	return strcmp(template_filter(own, sizeof own, value, FILTER_NONE, rendering->language),
		       text) == 0;
}

static void render_steps(struct rendering *rendering, const struct template_step *first,
	const struct template_step *step);

static void render_inside(struct rendering *rendering, const struct template_step *first,
	const struct template_step *step, const json_t *scope)
{
	if (rendering->scope_count == SCOPES_MAX)
		return;
	rendering->scopes[rendering->scope_count++] = scope;
	render_steps(rendering, first, step + 1);
	rendering->scope_count--;
}

static void render_section(struct rendering *rendering, const struct template_step *first,
	const struct template_step *step)
{
	const json_t *value = find(rendering, step->path), *item;
	size_t index;

	if (!value) {
		if (step->text) /* that what is compared may be missing, nobody means */
			rendering->missing = step->path;
		return;
	}
	if (step->text) {
		if (equals(rendering, value, step->text))
			render_steps(rendering, first, step + 1);
	} else if (json_is_array(value)) {
		json_array_foreach((json_t *)value, index, item)
			render_inside(rendering, first, step, item);
	} else if (json_is_object(value) && is_something(value)) {
		render_inside(rendering, first, step, value);
	} else if (is_something(value)) {
		render_steps(rendering, first, step + 1);
	}
}

static bool is_unless(const struct rendering *rendering, const struct template_step *step)
{
	const json_t *value = find(rendering, step->path);

	if (!value)
		return true;
	return step->text ? !equals(rendering, value, step->text) : !is_something(value);
}

static const struct template_step *steps_of(const struct template_set *set, const char *name)
{
	for (size_t i = 0; i < set->template_count; i++)
		if (strcmp(set->templates[i].name, name) == 0)
			return set->templates[i].steps;
	return NULL;
}

static void render_partial(struct rendering *rendering, const char *name)
{
	const struct template_step *steps = steps_of(rendering->set, name);

	if (steps)
		render_steps(rendering, steps, steps);
}

/* From @step to the end of its section or template; sections are steps of @first by number. */
static void render_steps(struct rendering *rendering, const struct template_step *first,
	const struct template_step *step)
{
	for (;; step++) {
		switch (step->op) {
		case STEP_TEXT:
			text_out_add_text(rendering->out, step->text);
			break;
		case STEP_VALUE:
			add_value(rendering, step->path, step->filter);
			break;
		case STEP_SECTION:
			render_section(rendering, first, step);
			step = first + step->number;
			break;
		case STEP_UNLESS:
			if (is_unless(rendering, step))
				render_steps(rendering, first, step + 1);
			step = first + step->number;
			break;
		case STEP_PARTIAL:
			render_partial(rendering, step->text);
			break;
		case STEP_MESSAGE:
			add_message(rendering, &rendering->set->words[step->number], step + 1);
			break;
		case STEP_MESSAGE_OF:
			add_message_of(rendering, step);
			break;
		case STEP_ARGUMENT: /* the message before it took it */
			break;
		case STEP_END:
		case STEP_STOP:
			return;
		}
	}
}

int template_render_from(const struct template_set *set, const char *name, const json_t *data,
	enum language language, struct text_out *ret, const char **ret_missing)
{
	struct rendering rendering = {
		.set = set,
		.out = ret,
		.language = language,
		.scopes = { data },
		.scope_count = 1,
	};
	const struct template_step *steps = steps_of(set, name);

	if (!steps)
		return -ENOENT;
	render_steps(&rendering, steps, steps);
	if (ret->failed)
		return -ENOMEM;
	if (rendering.missing && ret_missing)
		*ret_missing = rendering.missing;
	return rendering.missing ? -ENOKEY : 0;
}

int template_render(const char *name, const json_t *data, enum language language,
	struct text_out *ret, const char **ret_missing)
{
	return template_render_from(&organiser_pages, name, data, language, ret, ret_missing);
}
