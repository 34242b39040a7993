// SPDX-License-Identifier: GPL-2.0-only
/*
 * What can be searched for.  A script and no JSON: a page that was opened as a
 * file may load the one and not the other.
 */

#include "html.h"
#include "json.h"
#include "pages.h"

#include <stdlib.h>

static void entry(FILE *out, const char *kind, const char *title,
		  const char *more, const char *page)
{
	json_t *line = json_pack("[s, o, o, s]", kind, json_text(title),
				 json_text(more), page);

	json_dumpf(line, out, JSON_COMPACT);
	fputs(",\n", out);
	json_decref(line);
}

/* "PAGE#NAME", and behind it a place if there is one */
static const char *address(const char *page, const char *name, unsigned line,
			   unsigned col)
{
	char *text = NULL;
	const char *interned;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	fprintf(out, "%s#", page);
	html_name(out, name);
	if (line)
		fprintf(out, "-%u-%u", line, col);
	fclose(out);
	interned = intern(text);
	free(text);
	return interned;
}

static const char *place(const char *file, unsigned line, const char *function)
{
	char text[500];

	snprintf(text, sizeof(text), "%s:%u %s%s", file, line, function,
		 *function ? "()" : "");
	return intern(text);
}

void html_search(struct html *html, FILE *out)
{
	const struct verdicts *verdicts = html->analysis->verdicts;
	unsigned i;

	fputs("const SEARCH = [\n", out);
	for (i = 0; i < html->shown.n; i++) {
		const struct finding *finding = html->shown.at[i];

		entry(out, finding->rule, finding->message,
		      place(finding->file, finding->line, finding->function),
		      html_finding_page(finding));
	}
	for (i = 0; i < html->order->locks.n; i++)
		entry(out, "lock", html->order->locks.at[i].cls->name, "",
		      address("locks.html", html->order->locks.at[i].cls->name,
			      0, 0));
	for (i = 0; i < rule_page_count; i++)
		entry(out, "rule", rule_pages[i].id, "",
		      address("rules.html", rule_pages[i].id, 0, 0));
	for (i = 0; i < verdicts->all.n; i++) {
		const struct verdict *v = &verdicts->all.at[i];

		entry(out, verdict_name(v->kind), html_asks(v),
		      place(v->fn->file, v->insn->line, v->fn->name),
		      address("asserts.html", v->fn->file, v->insn->line,
			      v->insn->col));
	}
	fputs("];\n", out);
}
