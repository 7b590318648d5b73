#include <stdint.h>
#include <string.h>

#include "web/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every template with whatever data: no value may open a tag of its own. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *values = json_loadb((const char *)data, size, 0, NULL);

	for (size_t i = 0; values && i < organiser_pages.template_count; i++) {
		struct text_out out = { 0 };

		template_render(organiser_pages.templates[i].name, values,
			(enum language)(size % 2), &out, NULL);
		if (out.data && strstr(out.data, "<fuzz"))
			__builtin_trap();
		text_out_finish(&out);
	}
	json_decref(values);
	return 0;
}
