// SPDX-License-Identifier: GPL-2.0-only
/* The rules' pages, one behind the other. */

#include "html.h"
#include "pages.h"

#include <string.h>

static unsigned findings_of(const struct html *html, const char *id)
{
	unsigned i, n = 0;

	for (i = 0; i < html->shown.n; i++)
		n += !strcmp(html->shown.at[i]->rule, id);
	return n;
}

void html_rules(struct html *html, FILE *out)
{
	unsigned i;

	html_begin(out, "Rules", "rules.html");
	fputs("<h1>Rules</h1>\n", out);
	for (i = 0; i < rule_page_count; i++) {
		unsigned n = findings_of(html, rule_pages[i].id);

		fprintf(out, "<details class=\"page\" id=\"%s\"><summary><b>%s</b> <span class=meta>",
			rule_pages[i].id, rule_pages[i].id);
		html_text(out, page_title(&rule_pages[i]));
		if (n)
			fprintf(out, ": <b>%u finding%s</b>", n,
				n == 1 ? "" : "s");
		fputs("</span></summary>\n", out);
		html_markdown(out, rule_pages[i].text);
		fputs("</details>\n", out);
	}
	html_end(out);
}
