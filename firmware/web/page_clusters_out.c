/* /reports/clusters.csv, .xlsx and .json: the report as a file. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/participation_out.h"
#include "exchange/workbook.h"
#include "store/participation.h"
#include "web/download.h"
#include "web/report_filter.h"
#include "web/response.h"
#include "web/routes.h"

enum report_form { REPORT_CSV, REPORT_XLSX, REPORT_JSON };

static int write_workbook(
	FILE *out, const struct participation *participation, enum language language)
{
	struct workbook *workbook = NULL;
	int r = workbook_create(&workbook, language);

	if (r == 0)
		r = workbook_participation(workbook, participation);
	if (r == 0)
		r = workbook_end(workbook, out);
	workbook_destroy(workbook);
	return r;
}

static int write_form(FILE *out, const struct participation *participation,
	const struct request *request, enum report_form form)
{
	const bool excel = strcmp(request_query(request, "dialect"), "nl") == 0;

	if (form == REPORT_XLSX)
		return write_workbook(out, participation, request->language);
	return form == REPORT_CSV
		       ? participation_out_csv(out, participation, request->language, excel)
		       : participation_out_json(out, participation);
}

/* The report's file; NULL with *@ret_r, which is 0 after a filter that was wrong. */
static char *write_report(
	struct request *request, enum report_form form, size_t *ret_length, int *ret_r)
{
	struct participation *participation = NULL;
	struct report_filter filter;
	struct sheet sheet;
	char *text = NULL;

	sheet_init(&sheet, request);
	*ret_r = report_filter_read(request, &sheet, &filter);
	const bool good = sheet_is_good(&sheet);
	sheet_finish(&sheet);
	if (!good || *ret_r < 0)
		return NULL;
	*ret_r = report_filter_load(request, &filter, &participation);
	FILE *out = *ret_r == 0 ? open_memstream(&text, ret_length) : NULL;
	if (out) {
		*ret_r = write_form(out, participation, request, form);
		fclose(out);
	}
	participation_free(participation);
	return text;
}

static int respond_report(struct request *request, struct response *response, enum report_form form)
{
	static const struct {
		enum attendance_format format;
		const char *file;
	} rows[] = { [REPORT_CSV] = { ATTENDANCE_CSV, "participation.csv" },
		[REPORT_XLSX] = { ATTENDANCE_XLSX, "participation.xlsx" },
		[REPORT_JSON] = { ATTENDANCE_JSON, "participation.json" } };
	size_t length = 0;
	int r = 0;
	char *text = write_report(request, form, &length, &r);

	if (!text || r < 0) {
		free(text);
		return r == -ENOENT ? respond_fault(response, 404, "")
		       : r < 0      ? r
				    : respond_fault(response, 422, "");
	}
	respond_bytes(response, download_media_type(rows[form].format), text, length);
	return respond_as_attachment(response, rows[form].file);
}

int page_clusters_json(struct request *request, struct response *response)
{
	return respond_report(request, response, REPORT_JSON);
}

int page_clusters_xlsx(struct request *request, struct response *response)
{
	return respond_report(request, response, REPORT_XLSX);
}

int page_clusters_csv(struct request *request, struct response *response)
{
	return respond_report(request, response, REPORT_CSV);
}
