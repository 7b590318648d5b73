#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/config_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct said fault;
	struct config config;
	char *text = malloc(size + 1);
	memcpy(text, data, size);
	text[size] = '\0';
	(void)config_text_read(&config, text, "fuzz.conf", &fault);
	free(text);
	return 0;
}
