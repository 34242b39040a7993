// SPDX-License-Identifier: GPL-2.0-only
/* As a compiler says it: FILE:LINE:COLUMN: warning: ..., then notes. */

#include "report.h"

#include <string.h>

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void place(FILE *out, const char *file, unsigned line, unsigned col)
{
	fprintf(out, "%s:%u:%u: ", file, line, col);
}

/* "a() x.c:1 -> b() y.c:2 -> c()": who calls whom, and where. */
static void print_path(FILE *out, const struct finding *finding)
{
	const char *last = NULL;
	unsigned i;

	for (i = 0; i < finding->path.n; i++) {
		const struct step *step = &finding->path.at[i];

		if (step->kind != STEP_CALL)
			continue;
		if (!last) {
			place(out, finding->file, finding->line, finding->col);
			fputs("note: path: ", out);
		}
		fprintf(out, "%s() %s:%u -> ", step->function, base(step->file),
			step->line);
		last = step->callee;
	}
	if (last)
		fprintf(out, "%s()\n", last);
}

/* A condition of several parts is one step for each; the words are the same. */
static bool says_the_same(const struct step *a, const struct step *b)
{
	return a && a->file == b->file && a->line == b->line &&
	       a->col == b->col && !strcmp(a->text, b->text);
}

static void print_branches(FILE *out, const struct finding *finding)
{
	const struct step *last = NULL;
	unsigned i;

	for (i = 0; i < finding->path.n; i++) {
		const struct step *step = &finding->path.at[i];

		if (step->kind == STEP_CALL || says_the_same(last, step))
			continue;
		last = step;
		place(out, step->file, step->line, step->col);
		fprintf(out, "note: here %s\n", step->text);
	}
}

static void print_finding(FILE *out, const struct finding *finding, bool colour)
{
	unsigned i;

	place(out, finding->file, finding->line, finding->col);
	fprintf(out, "%swarning:%s %s [%s]\n", colour ? "\033[1;35m" : "",
		colour ? "\033[0m" : "", finding->message, finding->rule);
	for (i = 0; i < finding->notes.n; i++) {
		const struct note *note = &finding->notes.at[i];

		place(out, note->file, note->line, note->col);
		fprintf(out, "note: %s\n", note->text);
	}
	print_path(out, finding);
	print_branches(out, finding);
}

static void print(FILE *out, const struct findings *findings, bool colour)
{
	unsigned i;

	for (i = 0; i < findings->all.n; i++)
		print_finding(out, findings->all.at[i], colour);
}

FORMAT(text, .name = "text", .title = "as a compiler says it", .print = print);
