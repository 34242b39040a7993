// SPDX-License-Identifier: GPL-2.0-only
/* Every assert, and every call of what asks for something, with its verdict. */

#include "html.h"

#include <string.h>

/* The finding that says that it is broken, by the place in its notes. */
static const struct finding *finding_of(const struct html *html,
					const struct verdict *verdict)
{
	unsigned i, k;

	for (i = 0; i < html->shown.n; i++) {
		const struct finding *finding = html->shown.at[i];

		if (finding->file == verdict->fn->file &&
		    finding->line == verdict->insn->line)
			return finding;
		for (k = 0; k < finding->notes.n; k++)
			if (finding->notes.at[k].file == verdict->fn->file &&
			    finding->notes.at[k].line == verdict->insn->line)
				return finding;
	}
	return NULL;
}

const char *html_asks(const struct verdict *verdict)
{
	const struct insn *insn = verdict->insn;
	char text[400], arg[200];
	size_t len;
	unsigned i;

	len = snprintf(text, sizeof(text), "%s(", verdict->asks->name);
	for (i = 0; i < insn->nargs && len < sizeof(text); i++) {
		expr_print(verdict->fn, insn->args[i], arg, sizeof(arg));
		len += snprintf(text + len, sizeof(text) - len, "%s%s",
				i ? ", " : "", arg);
	}
	if (len < sizeof(text) - 1)
		strcpy(text + len, ")");
	return intern(text);
}

static void print_verdict(const struct html *html,
			  const struct verdict *verdict, FILE *out)
{
	const struct finding *finding =
		verdict->kind == VERDICT_BROKEN ? finding_of(html, verdict) : NULL;
	const char *name = verdict_name(verdict->kind);

	if (finding)
		fprintf(out, "<a class=\"verdict %s\" href=\"%s\">%s</a>", name,
			html_finding_page(finding), name);
	else
		fprintf(out, "<span class=\"verdict %s\">%s</span>", name, name);
}

static void print_assert(struct html *html, const struct verdict *verdict,
			 FILE *out)
{
	fprintf(out, "<li data-kind=%s id=\"", verdict_name(verdict->kind));
	html_name(out, verdict->fn->file);
	fprintf(out, "-%u-%u\">", verdict->insn->line, verdict->insn->col);
	print_verdict(html, verdict, out);
	fprintf(out, "<span class=line-no>%u</span><span class=said>",
		verdict->insn->line);
	if (!html_line(html, verdict->fn->file, verdict->insn->line, out)) {
		fputs("<code class=line>", out);
		html_text(out, html_asks(verdict));
		fputs("</code>", out);
	}
	fputs("<span class=in>in ", out);
	html_text(out, verdict->fn->name);
	fputs("()", out);
	if (verdict->assumption) {
		fputs(": ", out);
		html_text(out, verdict->assumption);
	}
	fputs("</span></span></li>\n", out);
}

static void print_filter(const struct html *html, FILE *out)
{
	unsigned i, total = html->analysis->verdicts->all.n;

	fprintf(out, "<div class=filter role=group aria-label=\"Show\">"
		"<button data-show=all aria-pressed=true>all <b>%u</b></button>",
		total);
	for (i = 0; i < VERDICTS; i++)
		fprintf(out, "<button class=%s data-show=%s aria-pressed=false>%s <b>%u</b></button>",
			verdict_name(i), verdict_name(i), verdict_name(i),
			html->census.verdicts[i]);
	fputs("</div>\n", out);
}

/* Verdicts come by function, and these by file. */
void html_asserts(struct html *html, FILE *out)
{
	const struct verdicts *verdicts = html->analysis->verdicts;
	const char *file = NULL;
	unsigned i;

	html_begin(out, "Asserts", "asserts.html");
	fputs("<h1>Asserts</h1>\n<p class=hint>Proved: it holds on every path from every caller. "
	      "Open: it is not known to, and this is why.</p>\n", out);
	print_filter(html, out);
	for (i = 0; i < verdicts->all.n; i++) {
		const struct verdict *verdict = &verdicts->all.at[i];

		if (verdict->fn->file != file) {
			fputs(file ? "</ul></section>\n" : "", out);
			file = verdict->fn->file;
			fputs("<section class=file><h2>", out);
			html_text(out, file);
			fputs("</h2>\n<ul class=asserts>\n", out);
		}
		print_assert(html, verdict, out);
	}
	fputs(file ? "</ul></section>\n" : "<p class=empty>There are none.</p>\n",
	      out);
	html_end(out);
}
