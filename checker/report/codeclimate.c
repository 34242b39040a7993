// SPDX-License-Identifier: GPL-2.0-only
/* Code Climate's issues, as GitLab reads them for its code quality widget. */

#include "identity.h"
#include "json.h"
#include "report.h"

static json_t *issue(const struct finding *finding)
{
	return json_pack("{s:s, s:o, s:o, s:[s], s:s, s:s, s:{s:o, s:{s:i}}}",
			 "type", "issue",
			 "check_name", json_text(finding->rule),
			 "description", json_text(finding->message),
			 "categories", "Bug Risk",
			 "severity", "major",
			 "fingerprint", finding->identity,
			 "location",
			 "path", json_text(finding->file),
			 "lines", "begin", (int)finding->line);
}

static void print(FILE *out, const struct findings *findings, bool colour)
{
	json_t *array = json_array();
	unsigned i;

	(void)colour;
	identify(findings);
	for (i = 0; i < findings->all.n; i++)
		json_array_append_new(array, issue(findings->all.at[i]));
	json_line(out, array);
}

FORMAT(codeclimate, .name = "codeclimate",
       .title = "Code Climate, for GitLab", .print = print);
