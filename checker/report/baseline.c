// SPDX-License-Identifier: GPL-2.0-only

#include "baseline.h"
#include "identity.h"
#include "path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[] =
	"# Findings that are known.  'mmucheck baseline' writes this file; lines may be\n"
	"# taken out, and merged in any order.\n";

static bool contains(const struct baseline *baseline, const char *id)
{
	unsigned i;

	for (i = 0; i < baseline->ids.n; i++)
		if (baseline->ids.at[i] == id)
			return true;
	return false;
}

/* "#0123456789abcdef-N" at the end of a line, NULL if it is not there */
static const char *identity_in(const char *line, size_t len)
{
	const char *mark = memrchr(line, '#', len);
	const char *end = line + len, *id;
	size_t digits;

	if (!mark)
		return NULL;
	id = mark + 1;
	digits = strspn(id, "0123456789abcdef");
	if (digits != 16 || id[16] != '-' || id + 17 >= end ||
	    id + 17 + strspn(id + 17, "0123456789") != end)
		return NULL;
	return intern_n(id, end - id);
}

bool baseline_read(struct baseline *baseline, const char *path,
		   struct error *err)
{
	char *text, *line, *end;
	unsigned number = 0;
	bool ok = true;
	size_t len;

	*baseline = (struct baseline){ 0 };
	text = read_whole(path, &len, err);
	for (line = text; ok && line && *line; line = *end ? end + 1 : end) {
		const char *id;

		number++;
		end = line + strcspn(line, "\n");
		if (line == end || *line == '#')
			continue;
		id = identity_in(line, end - line);
		if (!id)
			ok = error_set(err, "%s:%u: expected a line of 'mmucheck baseline', which ends in an identity",
				       path, number);
		else if (!contains(baseline, id))
			VEC_PUSH(&baseline->ids, id);
	}
	free(text);
	return text && ok;
}

static int by_text(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

static char *line_of(const struct finding *finding)
{
	char *line = NULL;

	if (asprintf(&line, "%s %s %s%s%s #%s", finding->rule, finding->file,
		     finding->function, *finding->function ? "(): " : "",
		     identity_words(finding), finding->identity) < 0)
		abort();
	return line;
}

bool baseline_write(const char *path, const struct findings *findings,
		    bool add, struct error *err)
{
	unsigned i, n = findings->known.n, added = add ? findings->all.n : 0;
	char *text = NULL, **lines;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	bool ok;

	if (!out)
		return error_set(err, "out of memory");
	lines = arena_array(&run_arena, char *, n + added + 1);
	for (i = 0; i < n; i++)
		lines[i] = line_of(findings->known.at[i]);
	for (i = 0; i < added; i++)
		lines[n++] = line_of(findings->all.at[i]);
	qsort(lines, n, sizeof(*lines), by_text);
	fputs(head, out);
	for (i = 0; i < n; i++) {
		fprintf(out, "%s\n", lines[i]);
		free(lines[i]);
	}
	fclose(out);
	ok = write_whole(path, text, len, err);
	free(text);
	return ok;
}

void baseline_divide(const struct baseline *baseline, struct findings *findings)
{
	struct findings rest = *findings;
	unsigned i;

	identify(findings);
	memset(&findings->all, 0, sizeof(findings->all));
	for (i = 0; i < rest.all.n; i++)
		if (contains(baseline, rest.all.at[i]->identity))
			VEC_PUSH(&findings->known, rest.all.at[i]);
		else
			VEC_PUSH(&findings->all, rest.all.at[i]);
	free(rest.all.at);
}
