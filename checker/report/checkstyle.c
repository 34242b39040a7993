// SPDX-License-Identifier: GPL-2.0-only
/* Checkstyle's XML, which most review tools read. */

#include "markup.h"
#include "report.h"

/* In an attribute, where white space other than a blank is no longer one. */
static void put(FILE *out, const char *text)
{
	for (; *text; text++)
		if (*text == '\t' || *text == '\n' || *text == '\r')
			fprintf(out, "&#%d;", *text);
		else
			markup_char(out, *text);
}

/* Findings come sorted by file. */
static void print(FILE *out, const struct findings *findings, bool colour)
{
	const char *file = NULL;
	unsigned i;

	(void)colour;
	fputs("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	      "<checkstyle version=\"4.3\">\n", out);
	for (i = 0; i < findings->all.n; i++) {
		const struct finding *finding = findings->all.at[i];

		if (finding->file != file) {
			fputs(file ? "</file>\n<file name=\""
				   : "<file name=\"", out);
			put(out, finding->file);
			fputs("\">\n", out);
			file = finding->file;
		}
		fprintf(out, "<error line=\"%u\" column=\"%u\" severity=\"warning\" message=\"",
			finding->line, finding->col);
		put(out, finding->message);
		fputs("\" source=\"mmucheck.", out);
		put(out, finding->rule);
		fputs("\"/>\n", out);
	}
	fputs(file ? "</file>\n</checkstyle>\n" : "</checkstyle>\n", out);
}

FORMAT(checkstyle, .name = "checkstyle", .title = "Checkstyle's XML",
       .print = print);
