// SPDX-License-Identifier: GPL-2.0-only
/* The first page: how many of what, the findings, what was let stand. */

#include "html.h"
#include "allow.h"
#include "pages.h"

#include <string.h>

static void card(FILE *out, const char *page, const char *look, unsigned n,
		 const char *what)
{
	fprintf(out, "<a class=\"card %s\" href=\"%s\"><b>%u</b><span>%s</span></a>\n",
		look, page, n, what);
}

/* How the asserts are divided, as a bar of three parts. */
static void verdict_bar(const struct html *html, FILE *out)
{
	static const char *const looks[VERDICTS] = { "proved", "broken", "open" };
	unsigned i, total = 0;

	for (i = 0; i < VERDICTS; i++)
		total += html->census.verdicts[i];
	if (!total)
		return;
	fputs("<div class=verdicts role=img aria-label=\"verdicts on asserts\">", out);
	for (i = 0; i < VERDICTS; i++)
		if (html->census.verdicts[i])
			fprintf(out, "<i class=%s style=\"flex-grow:%u\"></i>",
				looks[i], html->census.verdicts[i]);
	fputs("</div>\n", out);
}

static void print_cards(const struct html *html, FILE *out)
{
	const struct census *census = &html->census;
	unsigned n = html->analysis->findings.all.n;

	fputs("<div class=cards>\n", out);
	card(out, "#findings", n ? "broken" : "proved", n,
	     n == 1 ? "finding" : "findings");
	if (html->analysis->findings.known.n)
		card(out, "#known", "plain", html->analysis->findings.known.n,
		     "known");
	card(out, "asserts.html#proved", "proved",
	     census->verdicts[VERDICT_PROVED], "asserts proved");
	card(out, "asserts.html#broken",
	     census->verdicts[VERDICT_BROKEN] ? "broken" : "plain",
	     census->verdicts[VERDICT_BROKEN], "asserts broken");
	card(out, "asserts.html#open",
	     census->verdicts[VERDICT_OPEN] ? "open" : "plain",
	     census->verdicts[VERDICT_OPEN], "asserts open");
	card(out, "locks.html", "plain", html->order->locks.n, "locks");
	fputs("</div>\n", out);
	verdict_bar(html, out);
}

static unsigned calls_of(const struct finding *finding)
{
	unsigned i, n = 0;

	for (i = 0; i < finding->path.n; i++)
		n += finding->path.at[i].kind == STEP_CALL;
	return n;
}

static void print_finding(const struct finding *finding, FILE *out)
{
	unsigned calls = calls_of(finding);

	fprintf(out, "<li data-kind=\"%s\"><a class=finding href=\"%s\"><span class=message>",
		finding->rule, html_finding_page(finding));
	html_text(out, finding->message);
	fputs("</span><span class=meta><span class=rule>", out);
	html_text(out, finding->rule);
	fputs("</span> <span class=where>", out);
	html_text(out, finding->file);
	fprintf(out, ":%u</span>", finding->line);
	if (*finding->function) {
		fputs(" <span>", out);
		html_text(out, finding->function);
		fputs("()</span>", out);
	}
	if (calls) {
		fputs(" <span class=from>from ", out);
		html_text(out, finding->path.at[0].function);
		fprintf(out, "(), %u call%s</span>", calls,
			calls == 1 ? "" : "s");
	}
	fputs("</span></a></li>\n", out);
}

static unsigned count_of(const struct findings *findings, const char *rule)
{
	unsigned i, n = 0;

	for (i = 0; i < findings->all.n; i++)
		n += !strcmp(findings->all.at[i]->rule, rule);
	return n;
}

/* To see those of one rule; where there is one rule only there is no choice. */
static void print_filter(const struct findings *findings, FILE *out)
{
	unsigned i;

	if (count_of(findings, findings->all.at[0]->rule) == findings->all.n)
		return;
	fprintf(out, "<div class=filter role=group aria-label=\"Show\">"
		"<button data-show=all aria-pressed=true>all <b>%u</b></button>",
		findings->all.n);
	for (i = 0; i < rule_page_count; i++) {
		unsigned n = count_of(findings, rule_pages[i].id);

		if (n)
			fprintf(out, "<button data-show=\"%s\" aria-pressed=false>%s <b>%u</b></button>",
				rule_pages[i].id, rule_pages[i].id, n);
	}
	fputs("</div>\n", out);
}

static void print_findings(const struct html *html, FILE *out)
{
	const struct findings *findings = &html->analysis->findings;
	unsigned i;

	fputs("<h2 id=findings>Findings</h2>\n", out);
	if (!findings->all.n) {
		fprintf(out, "<p class=empty>Nothing %swas found.</p>\n",
			findings->known.n ? "new " : "");
		return;
	}
	print_filter(findings, out);
	fputs("<ul class=findings>\n", out);
	for (i = 0; i < findings->all.n; i++)
		print_finding(findings->all.at[i], out);
	fputs("</ul>\n", out);
}

static void print_known(const struct html *html, FILE *out)
{
	const struct findings *findings = &html->analysis->findings;
	unsigned i;

	if (!findings->known.n)
		return;
	fputs("<h2 id=known>Known: the baseline has them</h2>\n"
	      "<ul class=\"findings known\">\n", out);
	for (i = 0; i < findings->known.n; i++)
		print_finding(findings->known.at[i], out);
	fputs("</ul>\n", out);
}

static void print_allowed(const struct html *html, FILE *out)
{
	const struct findings *findings = &html->analysis->findings;
	unsigned i;

	if (!findings->allowed.n)
		return;
	fputs("<h2 id=allowed>Let stand, with a reason</h2>\n<ul class=allowed>\n",
	      out);
	for (i = 0; i < findings->allowed.n; i++) {
		const struct finding *finding = findings->allowed.at[i];

		fputs("<li><span class=message>", out);
		html_text(out, finding->message);
		fputs("</span> <q>", out);
		html_text(out, finding->allow->reason);
		fputs("</q><span class=meta><span class=rule>", out);
		html_text(out, finding->rule);
		fputs("</span> <span class=where>", out);
		html_text(out, finding->file);
		fprintf(out, ":%u</span> <span>", finding->line);
		html_text(out, finding->function);
		fputs("()</span></span></li>\n", out);
	}
	fputs("</ul>\n", out);
}

static void row(FILE *out, const char *what, unsigned n, const char *more,
		unsigned of)
{
	fprintf(out, "<tr><th>%s</th><td class=n>%u</td><td>", what, n);
	fprintf(out, more, of);
	fputs("</td></tr>\n", out);
}

static void print_census(const struct html *html, FILE *out)
{
	const struct census *c = &html->census;

	fputs("<h2>What was seen, and what was not</h2>\n<div class=scroll><table class=census>\n", out);
	row(out, "Units", c->units, "C files with all that they include", 0);
	row(out, "Functions", c->functions, "%u could not be read", c->unread);
	row(out, "Solved", c->solved, "functions, in %u states of entry",
	    c->contexts);
	row(out, "Calls", c->calls, "%u out of sight, taken to move no lock",
	    c->out_of_sight);
	row(out, "Pointers", c->pointers, "calls through them; %u lead to nobody known",
	    c->open);
	row(out, "Given up", c->state_caps, "functions lost states; %u were entered in too many ways",
	    c->context_caps);
	row(out, "Contracts", c->rows, "rows; %u met nothing here",
	    c->unmatched);
	fputs("</table></div>\n", out);
}

void html_index(struct html *html, FILE *out)
{
	html_begin(out, "mmucheck", "index.html");
	fputs("<h1>Lock contracts</h1>\n", out);
	print_cards(html, out);
	print_findings(html, out);
	print_known(html, out);
	print_allowed(html, out);
	print_census(html, out);
	html_end(out);
}
