#include <errno.h>
#include <string.h>

#include "core/text.h"
#include "exchange/schedule_formats.h"

#define DAY_MS (24LL * 3600 * 1000)

static const struct {
	const char *name;
	schedule_reader *read;
} formats[] = {
	[SCHEDULE_UNKNOWN] = { "unknown", NULL },
	[SCHEDULE_ICALENDAR] = { "iCalendar", NULL },
	[SCHEDULE_JSON] = { "schedule.json", schedule_json_read },
	[SCHEDULE_CSV] = { "CSV", schedule_csv_read },
};

enum schedule_format schedule_recognise(const char *bytes, size_t length)
{
	static const char mark[] = "\xEF\xBB\xBF", calendar[] = "BEGIN:VCALENDAR";
	if (length >= 3 && memcmp(bytes, mark, 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	while (length > 0 && strchr(" \t\r\n", *bytes) && *bytes) {
		bytes++;
		length--;
	}
	if (length == 0)
		return SCHEDULE_UNKNOWN;
	if (length >= sizeof calendar - 1 && strncmp(bytes, calendar, sizeof calendar - 1) == 0)
		return SCHEDULE_ICALENDAR;
	if (*bytes == '{')
		return SCHEDULE_JSON;
	const char *end = memchr(bytes, '\n', length);
	const size_t first = end ? (size_t)(end - bytes) : length;
	return memchr(bytes, ',', first) || memchr(bytes, ';', first) || memchr(bytes, '\t', first)
		       ? SCHEDULE_CSV
		       : SCHEDULE_UNKNOWN;
}

const char *schedule_format_name(enum schedule_format format)
{
	return formats[format].name;
}

int schedule_read(const char *bytes, size_t length, const struct schedule_limits *limits,
	const struct schedule_sink *sink, struct rejection *ret_refusal)
{
	const enum schedule_format format = schedule_recognise(bytes, length);
	schedule_reader *read =
		format == SCHEDULE_ICALENDAR ? limits->calendar : formats[format].read;
	if (read)
		return read(bytes, length, limits, sink, ret_refusal);
	*ret_refusal = (struct rejection){ .fault = FAULT_NO_SCHEDULE };
	return -EINVAL;
}

void schedule_limits_at(struct schedule_limits *ret, int64_t now_ms,
	int32_t (*offset_min_at)(int64_t wall_ms), schedule_reader *calendar)
{
	*ret = (struct schedule_limits){ .from_ms = now_ms - 3650 * DAY_MS,
		.to_ms = now_ms + 1825 * DAY_MS,
		.offset_min_at = offset_min_at,
		.default_zone = "Europe/Amsterdam",
		.calendar = calendar };
}

bool venue_time_parse(const struct schedule_limits *limits, const char *text, int64_t *ret_ms,
	int32_t *ret_offset_min)
{
	bool has_offset;
	if (!time_parse(ret_ms, ret_offset_min, &has_offset, text))
		return false;
	if (!has_offset) {
		const int32_t near_min = limits->offset_min_at(*ret_ms);
		*ret_offset_min = limits->offset_min_at(*ret_ms - near_min * 60000LL);
		*ret_ms -= *ret_offset_min * 60000LL;
	}
	return true;
}

bool title_is_break(const char *title)
{
	static const char *const words[] = { "pauze", "lunch", "koffie", "borrel", "inloop",
		"break", "coffee", "drinks", "registration", "diner", "dinner" };
	char folded[SESSION_TITLE_SIZE];
	text_fold(folded, sizeof folded, title);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		const char *at = strstr(folded, words[i]);
		if (at && (at == folded || at[-1] == ' '))
			return true;
	}
	return false;
}

bool cluster_from_words(char ret[CLUSTER_CODE_SIZE], const char *words)
{
	static const char *const names[][2] = {
		{ "ict-ecommerce", "ict-ecommerce" },
		{ "ict & e-commerce", "ict-ecommerce" },
		{ "ict", "ict-ecommerce" },
		{ "health", "health" },
		{ "zorg", "health" },
		{ "creative-making", "creative-making" },
		{ "maakindustrie", "creative-making" },
		{ "creatieve & slimme (maak-)industrie", "creative-making" },
		{ "creative & smart manufacturing", "creative-making" },
		{ "logistics", "logistics" },
		{ "logistiek", "logistics" },
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (text_equal_loosely(names[i][0], words)) {
			utf8_clip(ret, CLUSTER_CODE_SIZE, names[i][1]);
			return true;
		}
	}
	return false;
}
