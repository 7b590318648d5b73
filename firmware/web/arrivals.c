#include "web/arrivals.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

/* The chart: x in percent, so that it fits any width while its letters keep their size; y in px. */
#define LEFT 5.0
#define BASE 212.0
#define TOP 34.0 /* a value above the highest bar stays below the labels of the marks */
#define LINES_MAX 5
/* How wide it is about on a desktop and on a phone, and a letter of a label. */
#define WIDE_PX 600
#define NARROW_PX 290
#define LETTER_PX 7
#define BESIDE_PX 5
#define LEAD_MS (30 * 60 * 1000LL)
#define HOUR_MS (3600 * 1000LL)

void arrivals_init(struct arrivals *ret, int64_t opens_ms, int64_t now_ms, int32_t utc_offset_min)
{
	int64_t from_ms = opens_ms - LEAD_MS;
	from_ms -= from_ms % ARRIVAL_SLOT_MS;
	if (from_ms > now_ms)
		from_ms = now_ms - now_ms % ARRIVAL_SLOT_MS;
	int64_t count = (now_ms - from_ms) / ARRIVAL_SLOT_MS + 1;
	if (count > ARRIVAL_SLOTS_MAX)
		count = ARRIVAL_SLOTS_MAX;
	*ret = (struct arrivals){
		.from_ms = from_ms, .count = (size_t)count, .utc_offset_min = utc_offset_min
	};
}

void arrivals_add(struct arrivals *arrivals, int64_t at_ms, bool sure)
{
	int64_t slot = (at_ms - arrivals->from_ms) / ARRIVAL_SLOT_MS;
	if (slot < 0)
		slot = 0;
	if (slot >= (int64_t)arrivals->count)
		slot = (int64_t)arrivals->count - 1;
	arrivals->people[slot]++;
	arrivals->unsure[slot] |= !sure;
}

static json_t *time_json(const struct arrivals *arrivals, int64_t at_ms)
{
	char text[TIME_TEXT_SIZE];
	time_iso(text, sizeof text, at_ms, arrivals->utc_offset_min);
	return json_string(text);
}

static int64_t slot_ms(const struct arrivals *arrivals, size_t slot)
{
	return arrivals->from_ms + (int64_t)slot * ARRIVAL_SLOT_MS;
}

static size_t busiest(const struct arrivals *arrivals)
{
	size_t most = 0;
	for (size_t i = 1; i < arrivals->count; i++)
		if (arrivals->people[i] > arrivals->people[most])
			most = i;
	return most;
}

/* 1, 2, 5, 10, 20, … so that a handful of lines is enough. */
static int step_for(int most)
{
	static const int steps[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000 };
	size_t i = 0;
	while (i + 1 < sizeof steps / sizeof steps[0] && most > steps[i] * LINES_MAX)
		i++;
	return steps[i];
}

static json_t *percent(double x)
{
	char text[16];
	snprintf(text, sizeof text, "%.2f%%", x);
	return json_string(text);
}

static json_t *px(double y)
{
	char text[16];
	snprintf(text, sizeof text, "%.1f", y);
	return json_string(text);
}

static double x_of(const struct arrivals *arrivals, int64_t at_ms)
{
	return LEFT + (100.0 - LEFT) * (double)(at_ms - arrivals->from_ms) /
			      (double)((int64_t)arrivals->count * ARRIVAL_SLOT_MS);
}

static json_t *grid_json(int step, int top)
{
	json_t *list = json_array();
	for (int value = step; value <= top; value += step) {
		const double y = BASE - (BASE - TOP) * value / top;
		json_array_append_new(list,
			json_pack("{s:o, s:o, s:i}", "y", px(y), "label_y", px(y + 4), "n", value));
	}
	return list;
}

static json_t *bars_json(const struct arrivals *arrivals, int top)
{
	json_t *list = json_array();
	const double width = (100.0 - LEFT) / (double)arrivals->count;
	for (size_t i = 0; i < arrivals->count; i++) {
		const double height = (BASE - TOP) * arrivals->people[i] / top;
		if (arrivals->people[i] > 0)
			json_array_append_new(list,
				json_pack("{s:o, s:o, s:o, s:o, s:b}", "x",
					percent(LEFT + width * ((double)i + 0.12)), "width",
					percent(width * 0.76), "y", px(BASE - height), "height",
					px(height), "open", i + 1 == arrivals->count));
	}
	return list;
}

static json_t *hours_json(const struct arrivals *arrivals)
{
	json_t *list = json_array();
	const int64_t offset_ms = arrivals->utc_offset_min * 60000LL;
	const int64_t end_ms = slot_ms(arrivals, arrivals->count);
	int64_t at_ms = arrivals->from_ms + offset_ms + HOUR_MS - 1;
	for (at_ms = at_ms - at_ms % HOUR_MS - offset_ms; at_ms < end_ms; at_ms += HOUR_MS) {
		char label[8];
		snprintf(label, sizeof label, "%02d", (int)((at_ms + offset_ms) / HOUR_MS % 24));
		json_array_append_new(
			list, json_pack("{s:o, s:s}", "x", percent(x_of(arrivals, at_ms)), "label",
				      label));
	}
	return list;
}

/* Whether a label of the chart, this wide, stands clear of those before it, which reach until
 * @used_px. */
static bool fits(double x, bool before, size_t letters, double chart_px, double *used_px)
{
	const double length = (double)letters * LETTER_PX;
	const double from = x * chart_px / 100 + (before ? -BESIDE_PX - length : BESIDE_PX);
	if (from < *used_px)
		return false;
	*used_px = from + length;
	return true;
}

static json_t *marks_json(
	const struct arrivals *arrivals, const struct arrival_mark *marks, size_t count)
{
	json_t *list = json_array();
	double used_px = 0, used_narrow_px = 0;
	for (size_t i = 0; i < count; i++) {
		const double x = x_of(arrivals, marks[i].at_ms);
		const size_t letters = strlen(marks[i].words);
		if (x < LEFT || x > 100)
			continue;
		const bool end = x > 80, fit = fits(x, end, letters, WIDE_PX, &used_px),
			   narrow = fit && fits(x, end, letters, NARROW_PX, &used_narrow_px);
		json_array_append_new(
			list, json_pack("{s:o, s:s, s:b, s:b}", "x", percent(x), "label",
				      fit ? marks[i].words : "", "end", end, "wide", !narrow));
	}
	return list;
}

static json_t *chart_json(
	const struct arrivals *arrivals, const struct arrival_mark *marks, size_t mark_count)
{
	const size_t most = busiest(arrivals);
	const int people = arrivals->people[most] ? arrivals->people[most] : 1;
	const int step = step_for(people);
	const int top = (people + step - 1) / step * step;
	const double x = x_of(arrivals, slot_ms(arrivals, most) + ARRIVAL_SLOT_MS / 2);
	return json_pack("{s:o, s:o, s:o, s:o, s:{s:o, s:o, s:i}}", "grid", grid_json(step, top),
		"marks", marks_json(arrivals, marks, mark_count), "bars", bars_json(arrivals, top),
		"hours", hours_json(arrivals), "top", "x", percent(x), "y",
		px(BASE - (BASE - TOP) * people / top - 5), "n", arrivals->people[most]);
}

static json_t *table_json(const struct arrivals *arrivals)
{
	json_t *rows = json_array();
	const size_t lead = (size_t)(arrivals->from_ms / ARRIVAL_SLOT_MS % 6);
	for (size_t begin = 0; begin < arrivals->count + lead; begin += 6) {
		json_t *cells = json_array();
		int sum = 0;
		for (size_t i = begin; i < begin + 6; i++) {
			const bool there = i >= lead && i - lead < arrivals->count;
			json_array_append_new(cells,
				there ? json_integer(arrivals->people[i - lead]) : json_string(""));
			sum += there ? arrivals->people[i - lead] : 0;
		}
		const int64_t at_ms =
			arrivals->from_ms + ((int64_t)begin - (int64_t)lead) * ARRIVAL_SLOT_MS;
		json_array_append_new(
			rows, json_pack("{s:o, s:o, s:i}", "from", time_json(arrivals, at_ms),
				      "cells", cells, "sum", sum));
	}
	return rows;
}

static json_t *slots_json(const struct arrivals *arrivals)
{
	json_t *list = json_array();
	for (size_t i = 0; i < arrivals->count; i++)
		json_array_append_new(list,
			json_pack("{s:o, s:i}", "from", time_json(arrivals, slot_ms(arrivals, i)),
				"people", arrivals->people[i]));
	return list;
}

/* Who came since the last mark, when that is after the busiest moment; null otherwise. */
static json_t *since_json(
	const struct arrivals *arrivals, const struct arrival_mark *marks, size_t mark_count)
{
	const int64_t after_ms = slot_ms(arrivals, busiest(arrivals) + 1),
		      end_ms = slot_ms(arrivals, arrivals->count);
	int64_t since_ms = 0;
	int people = 0;
	for (size_t i = 0; i < mark_count; i++)
		if (marks[i].at_ms >= after_ms && marks[i].at_ms < end_ms)
			since_ms = marks[i].at_ms;
	for (size_t i = 0; i < arrivals->count; i++)
		people += slot_ms(arrivals, i) >= since_ms ? arrivals->people[i] : 0;
	return since_ms && people ? json_pack("{s:o, s:i}", "from", time_json(arrivals, since_ms),
					    "people", people)
				  : json_null();
}

json_t *arrivals_json(
	const struct arrivals *arrivals, const struct arrival_mark *marks, size_t mark_count)
{
	const size_t most = busiest(arrivals);
	int sum = 0;
	for (size_t i = 0; i < arrivals->count; i++)
		sum += arrivals->people[i];
	json_t *when = json_pack("{s:o, s:o, s:i, s:b}", "from",
		time_json(arrivals, slot_ms(arrivals, most)), "until",
		time_json(arrivals, slot_ms(arrivals, most + 1)), "people", arrivals->people[most],
		"sure", !arrivals->unsure[most]);
	return json_pack("{s:i, s:o, s:o, s:o, s:o, s:o, s:o}", "sum", sum, "from",
		time_json(arrivals, arrivals->from_ms), "busiest", when, "since",
		since_json(arrivals, marks, mark_count), "slots", slots_json(arrivals), "table",
		table_json(arrivals), "chart", chart_json(arrivals, marks, mark_count));
}
