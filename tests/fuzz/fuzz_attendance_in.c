#include <stdio.h>
#include <stdlib.h>

#include "exchange/attendance_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	enum attendance_format format;
	char *row = NULL, log_id[ATTENDANCE_ID_SIZE];
	size_t row_size = 0;
	int64_t seq;
	if (!in)
		return 0;
	if (!attendance_in_format(in, &format))
		format = (enum attendance_format)(size % ATTENDANCE_FORMAT_COUNT);
	while (attendance_in_row(in, format, &row, &row_size) >= 0) {
		(void)attendance_in_key(row, format, log_id, &seq);
		(void)attendance_in_personal(row, format);
		(void)attendance_in_difference(row, "a,b", format);
	}
	free(row);
	fclose(in);
	return 0;
}
