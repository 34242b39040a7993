// SPDX-License-Identifier: GPL-2.0-only
/* reviewdog's diagnostics. */

#include "json.h"
#include "report.h"

static json_t *place(const char *file, unsigned line, unsigned col)
{
	return json_pack("{s:o, s:{s:{s:i, s:i}}}", "path", json_text(file),
			 "range", "start", "line", (int)line,
			 "column", (int)col);
}

static json_t *related(const struct finding *finding)
{
	json_t *array = json_array();
	unsigned i;

	for (i = 0; i < finding->notes.n; i++) {
		const struct note *note = &finding->notes.at[i];

		json_array_append_new(array,
			json_pack("{s:o, s:o}", "message",
				  json_text(note->text), "location",
				  place(note->file, note->line, note->col)));
	}
	for (i = 0; i < finding->path.n; i++) {
		const struct step *step = &finding->path.at[i];

		json_array_append_new(array,
			json_pack("{s:o, s:o}", "message",
				  json_text(step->text), "location",
				  place(step->file, step->line, step->col)));
	}
	return array;
}

static void print(FILE *out, const struct findings *findings, bool colour)
{
	json_t *array = json_array();
	unsigned i;

	(void)colour;
	for (i = 0; i < findings->all.n; i++) {
		const struct finding *finding = findings->all.at[i];

		json_array_append_new(array,
			json_pack("{s:o, s:o, s:s, s:{s:o}, s:o}",
				  "message", json_text(finding->message),
				  "location", place(finding->file,
						    finding->line,
						    finding->col),
				  "severity", "WARNING",
				  "code", "value", json_text(finding->rule),
				  "relatedLocations", related(finding)));
	}
	json_line(out, json_pack("{s:{s:s}, s:o}", "source", "name",
				 "mmucheck", "diagnostics", array));
}

FORMAT(rdjson, .name = "rdjson", .title = "reviewdog's diagnostics",
       .print = print);
