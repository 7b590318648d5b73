#include "web/form.h"

#include <ctype.h>
#include <string.h>

#include "core/text.h"

void form_init(struct form *ret, const struct request *request, const char *const names[])
{
	json_t *typed = json_pack("{s:s, s:s}", "pw", "", "pw2", "");
	for (size_t i = 0; names[i]; i++)
		json_object_set_new(typed, names[i], json_string(request_field(request, names[i])));
	*ret = (struct form){ .data = json_pack("{s:o, s:{}}", "form", typed, "fault") };
}

void form_fault(struct form *form, const char *field, const char *say, int n, int n2)
{
	json_t *fault =
		json_pack("{s:s, s:s, s:i, s:i}", "field", field, "say", say, "n", n, "n2", n2);
	json_t *list = json_object_get(json_object_get(form->data, "faults"), "list");
	if (!list) {
		list = json_array();
		json_object_set_new(form->data, "faults", json_pack("{s:o}", "list", list));
	}
	if (field[0])
		json_object_set(json_object_get(form->data, "fault"), field, fault);
	json_array_append_new(list, fault);
	form->faults++;
}

void form_finish(struct form *form)
{
	json_decref(form->data);
	form->data = NULL;
}

int text_letters(const char *text)
{
	int letters = 0;
	for (; *text; text++)
		letters += ((unsigned char)*text & 0xc0) != 0x80;
	return letters;
}

/* What everybody tries first at this length: few letters again and again, a row of keys, our own
 * name. */
static bool is_common(const char *password)
{
	static const char *const rows[] = { "0123456789", "abcdefghijklmnopqrstuvwxyz",
		"qwertyuiop", "asdfghjkl", "zxcvbnm", "incheckpaal", "wachtwoord", "password",
		"welkom", "welcome", "organisatie", "perron038" };
	char folded[1024];
	bool met[256] = { false };
	int different = 0;
	text_fold(folded, sizeof folded, password);
	for (const char *c = folded; *c; c++) {
		different += !met[(unsigned char)*c];
		met[(unsigned char)*c] = true;
	}
	if (different < 5)
		return true;
	/* Take every such row out; is anything left that somebody thought of? */
	size_t left = 0;
	for (const char *c = folded; *c;) {
		size_t taken = 0;
		for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
			const size_t length = strlen(rows[i]);
			if (length > taken && strncmp(c, rows[i], length) == 0)
				taken = length;
		}
		if (!taken && isalpha((unsigned char)*c))
			left++;
		c += taken ? taken : 1;
	}
	return left < 5;
}

const char *password_trouble(const char *password, int *ret_n)
{
	*ret_n = text_letters(password);
	if (*ret_n == 0)
		return "required";
	if (*ret_n < SECRET_PASSWORD_MIN)
		return "pw.short";
	if (*ret_n > SECRET_PASSWORD_MAX)
		return "pw.long";
	return is_common(password) ? "pw.common" : NULL;
}
