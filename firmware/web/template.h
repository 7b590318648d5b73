/**
 * Pages from templates (ui/organiser/NAME.html) and data (a JSON object).
 *
 * Templates are compiled to tables by ui/organiser/pages.sh, which refuses whatever does not hold
 * together, so that nothing is parsed here. In a template stands:
 *
 *   {{keys a b.c}}           the data it uses; anything else is refused at build time
 *   {{a}} {{b.c}} {{.}}      a value, HTML-escaped; {{a|number}} by a filter (template_table.h)
 *   {{#a}}…{{/a}}            once per item of an array, with the item's keys before the others;
 *                            else once when there is something: not false, null, "", 0, {}, []
 *   {{#a=x}}…{{/a}}          when the text or number is x
 *   {{^a}}…{{/a}} {{^a=x}}…  the contrary
 *   {{_ key n=a t=b|time}}   a message of ui/words/web.*.po, its places filled; what is not bound
 *                            is a key. A message with plural forms is said as fits n
 *   {{_ kind.[a]}}           the message named by a value
 *   {{>part}}                another template; {{>part x=y}}: its text, {x} replaced by y
 *   {{! remark }}
 *
 * Values are always escaped; nothing a visitor or a file brought can become markup. Pure apart from
 * memory; any thread.
 */
#ifndef WEB_TEMPLATE_H
#define WEB_TEMPLATE_H

#include <jansson.h>

#include "core/config.h"
#include "web/template_table.h"
#include "web/text_out.h"

/* 0; -ENOENT no such template; -ENOMEM; -ENOKEY when a value that a template shows is not in
 * @data at all (null is fine): the page is whole but for it, and @ret_missing, which may be NULL,
 * says which. */
int template_render(const char *name, const json_t *data, enum language language,
	struct text_out *ret, const char **ret_missing);
/* The same with other tables; a partial that @set lacks is left out. */
int template_render_from(const struct template_set *set, const char *name, const json_t *data,
	enum language language, struct text_out *ret, const char **ret_missing);

/* The words called @key, HTML of our own with its {places}; @key itself when there are none. */
const char *web_word(enum language language, const char *key);

/* The form that fits @n, with the number in the place {n}. */
void web_word_number(char *ret, size_t size, enum language language, const char *key, int64_t n);

#endif
