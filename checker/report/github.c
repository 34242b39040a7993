// SPDX-License-Identifier: GPL-2.0-only
/* Workflow commands: GitHub shows them beside the code of a pull request. */

#include "report.h"

#include <string.h>

/* In a property, what ends it is written another way too. */
static void put(FILE *out, const char *text, bool property)
{
	for (; *text; text++) {
		if (*text == '%' || *text == '\r' || *text == '\n' ||
		    (property && (*text == ':' || *text == ',')))
			fprintf(out, "%%%02X", (unsigned char)*text);
		else
			fputc(*text, out);
	}
}

static void print(FILE *out, const struct findings *findings, bool colour)
{
	unsigned i, k;

	(void)colour;
	for (i = 0; i < findings->all.n; i++) {
		const struct finding *finding = findings->all.at[i];

		fputs("::warning file=", out);
		put(out, finding->file, true);
		fprintf(out, ",line=%u,col=%u,title=", finding->line,
			finding->col);
		put(out, finding->rule, true);
		fputs("::", out);
		put(out, finding->message, false);
		for (k = 0; k < finding->notes.n; k++) {
			fputs("%0A", out);
			put(out, finding->notes.at[k].text, false);
		}
		for (k = 0; k < finding->path.n; k++) {
			const struct step *step = &finding->path.at[k];

			fputs("%0A", out);
			put(out, step->file, false);
			fprintf(out, ":%u: ", step->line);
			put(out, step->text, false);
		}
		fputc('\n', out);
	}
}

FORMAT(github, .name = "github", .title = "GitHub workflow commands",
       .print = print);
