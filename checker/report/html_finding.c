// SPDX-License-Identifier: GPL-2.0-only
/* The page of one finding: what is wrong, what is known, and the way there. */

#include "html.h"

#include <string.h>

const char *html_finding_page(const struct finding *finding)
{
	char name[60];

	snprintf(name, sizeof(name), "finding-%s.html", finding->identity);
	return intern(name);
}

bool html_is_known(const struct html *html, const struct finding *finding)
{
	const struct findings *findings = &html->analysis->findings;
	unsigned i;

	for (i = 0; i < findings->known.n; i++)
		if (findings->known.at[i] == finding)
			return true;
	return false;
}

/* Steps */

static void print_code(struct html *html, const char *file, unsigned line,
		       bool open, FILE *out)
{
	fprintf(out, "<details%s><summary>", open ? " open" : "");
	if (!html_line(html, file, line, out))
		fputs("<code class=line>the source is not here</code>", out);
	fputs("</summary>", out);
	html_excerpt(html, file, line, 5, out);
	fputs("</details>\n", out);
}

static void print_step(struct html *html, const struct step *step,
		       struct html_held *held, FILE *out)
{
	fprintf(out, "<li class=%s><div class=what>",
		step->kind == STEP_CALL ? "call" : "branch");
	if (step->kind == STEP_CALL) {
		fputs("<b>", out);
		html_text(out, step->function);
		fputs("()</b> calls <b>", out);
		html_text(out, step->callee);
		fputs("()</b> ", out);
	} else {
		fputs("here ", out);
		html_text(out, step->text);
		fputc(' ', out);
	}
	html_place(out, step->file, step->line);
	fputs("</div>\n", out);
	html_held_step(html, held, step, out);
	print_code(html, step->file, step->line, false, out);
	fputs("</li>\n", out);
}

/* A condition of several parts is one step for each; the words are the same. */
static bool says_the_same(const struct step *a, const struct step *b)
{
	return a->file == b->file && a->line == b->line && a->col == b->col &&
	       !strcmp(a->text, b->text);
}

static void print_path(struct html *html, const struct finding *finding,
		       FILE *out)
{
	struct html_held held = { 0 };
	unsigned i;

	fputs("<h2>The way there</h2>\n<p class=hint>What is held stands under each step: "
	      "<span class=\"hold new\">new</span> since the step before, "
	      "<span class=hold>still</span>, <span class=\"hold gone\">no more</span>.</p>\n"
	      "<ol class=path>\n", out);
	for (i = 0; i < finding->path.n; i++) {
		const struct step *step = &finding->path.at[i];

		if (i && says_the_same(step, step - 1))
			continue;
		print_step(html, step, &held, out);
		if (step->file == finding->file && step->line == finding->line)
			held.there = held.now;
	}
	fputs("<li class=end><div class=what><b>", out);
	html_text(out, finding->message);
	fputs("</b> ", out);
	html_place(out, finding->file, finding->line);
	fputs("</div>\n", out);
	html_held_end(html, &held, finding, out);
	print_code(html, finding->file, finding->line, true, out);
	fputs("</li>\n</ol>\n", out);
}

static void print_notes(struct html *html, const struct finding *finding,
			FILE *out)
{
	unsigned i;

	if (!finding->notes.n)
		return;
	fputs("<h2>What is known</h2>\n<ul class=notes>\n", out);
	for (i = 0; i < finding->notes.n; i++) {
		const struct note *note = &finding->notes.at[i];

		fputs("<li><div class=what>", out);
		html_text(out, note->text);
		fputc(' ', out);
		html_place(out, note->file, note->line);
		fputs("</div>\n", out);
		if (note->file != finding->file || note->line != finding->line)
			print_code(html, note->file, note->line, false, out);
		fputs("</li>\n", out);
	}
	fputs("</ul>\n", out);
}

void html_finding(struct html *html, const struct finding *finding, FILE *out)
{
	html_begin(out, finding->message, html_finding_page(finding));
	fputs("<p class=crumb><a href=index.html>Findings</a></p>\n<h1>", out);
	html_text(out, finding->message);
	fputs("</h1>\n<p class=sub><a class=rule href=\"rules.html#", out);
	html_name(out, finding->rule);
	fputs("\">", out);
	html_text(out, finding->rule);
	fputs("</a> <span class=where>", out);
	html_text(out, finding->file);
	fprintf(out, ":%u:%u</span>", finding->line, finding->col);
	if (*finding->function) {
		fputs(" in <b>", out);
		html_text(out, finding->function);
		fputs("()</b>", out);
	}
	if (html_is_known(html, finding))
		fputs(" <span class=known>known: the baseline has it</span>",
		      out);
	fputs("</p>\n", out);
	html_excerpt(html, finding->file, finding->line, 7, out);
	print_notes(html, finding, out);
	/* A rule in SmPL sees one function, and nobody who leads there. */
	if (finding->context || finding->path.n)
		print_path(html, finding, out);
	html_end(out);
}
