#include "cli/roff.h"

#include <stdio.h>

void roff_text(const char *text)
{
	bool line_start = true;

	for (; *text; text++) {
		if (line_start && (*text == '.' || *text == '\''))
			fputs("\\&", stdout);
		if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '-')
			fputs("\\-", stdout);
		else
			putchar(*text);
		line_start = *text == '\n';
	}
}

void roff_title(const char *name, int section, const char *summary)
{
	printf(".TH \"%s\" %d \"\" \"Incheckpaal\" \"Incheckpaal\"\n.SH NAME\n", name, section);
	roff_text(name);
	fputs(" \\- ", stdout);
	roff_text(summary);
	putchar('\n');
}

void roff_section(const char *title)
{
	printf(".SH %s\n", title);
}

void roff_paragraph(const char *text)
{
	puts(".PP");
	roff_text(text);
	putchar('\n');
}

void roff_item(const char *term, const char *meaning)
{
	fputs(".TP\n\\fB", stdout);
	roff_text(term);
	fputs("\\fR\n", stdout);
	roff_text(meaning);
	putchar('\n');
}

void roff_items(const struct help_row *rows)
{
	for (; rows->term; rows++)
		roff_item(rows->term, rows->meaning);
}
