// SPDX-License-Identifier: GPL-2.0-only

#include "sparse.h"
#include "census.h"
#include "finding.h"
#include "jobs.h"
#include "path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "foo.o.facts" -> "foo.o.sparse" */
static const char *kept_beside(const char *facts)
{
	size_t len = strlen(facts);
	const char *end = len > 6 && !strcmp(facts + len - 6, ".facts")
			  ? facts + len - 6 : facts + len;
	char *name = NULL;
	const char *interned;

	if (asprintf(&name, "%.*s.sparse", (int)(end - facts), facts) < 0)
		abort();
	interned = intern(name);
	free(name);
	return interned;
}

/* The function that a warning of lock contexts is about; NULL: it is none. */
static const char *context_function(const char *line)
{
	static const char words[] = ": warning: context imbalance in '";
	const char *at = strstr(line, words), *end;

	if (!at)
		return NULL;
	at += strlen(words);
	end = strchr(at, '\'');
	return end ? intern_n(at, end - at) : NULL;
}

static bool has_facts(const char *facts, const char *function)
{
	char row[300];

	snprintf(row, sizeof(row), "\nfunc %s ", function);
	return facts && strstr(facts, row);
}

/* Cuts what sparse said in two: what is passed on, and what is kept. */
static void sort_lines(char *text, const char *facts, FILE *pass, FILE *keep)
{
	char *line, *rest = NULL;

	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		const char *function = context_function(line);
		bool judged = function && has_facts(facts, function);

		fprintf(judged ? keep : pass, "%s\n", line);
	}
}

/* In one piece: other units' words come between pieces. */
static void pass_on(const char *text, size_t len)
{
	while (len) {
		ssize_t n = write(STDERR_FILENO, text, len);

		if (n <= 0)
			return;
		text += n;
		len -= n;
	}
}

static bool divide(char *said, const char *facts, struct error *err)
{
	size_t npassed = 0, nkept = 0, len;
	char *known = facts ? read_whole(facts, &len, err) : NULL;
	char *passed = NULL, *kept = NULL;
	FILE *pass = open_memstream(&passed, &npassed);
	FILE *keep = open_memstream(&kept, &nkept);
	bool ok = !facts || known;

	if (!pass || !keep)
		return error_set(err, "out of memory");
	sort_lines(said, known, pass, keep);
	fclose(pass);
	fclose(keep);
	pass_on(passed, npassed);
	if (known)
		ok = write_whole(kept_beside(facts), kept, nkept, err);
	free(known);
	free(passed);
	free(kept);
	return ok;
}

bool sparse_run(const struct words *command, const char *facts,
		struct error *err)
{
	const struct job_watch watch = { 0 };
	struct words argv = { 0 };
	struct job job = { .folder = "." };
	char nothing[] = "";
	bool ok;
	unsigned i;

	VEC_PUSH(&argv, "sparse");
	VEC_PUSH(&argv, "-fmax-warnings=unlimited");
	for (i = 0; i < command->n; i++)
		VEC_PUSH(&argv, command->at[i]);
	VEC_PUSH(&argv, NULL);
	job.argv = argv.at;
	ok = jobs_run(&job, 1, 1, &watch, err);
	if (ok && job.status == 127)
		ok = error_set(err, "sparse: no such program; --sparse needs it");
	if (ok)
		ok = divide(job.text ? job.text : nothing, facts, err);
	free(job.text);
	free(argv.at);
	return ok;
}

static bool is_broken(const struct findings *findings, const char *function)
{
	unsigned i;

	for (i = 0; i < findings->all.n; i++)
		if (!strcmp(findings->all.at[i]->rule, "lock-balance") &&
		    !strcmp(findings->all.at[i]->function, function))
			return true;
	return false;
}

static void count_warning(const char *function, const struct analysis *analysis,
			  struct sparse_count *count)
{
	count->kept++;
	if (is_broken(&analysis->findings, function))
		return;
	if (census_is_settled(analysis, function))
		count->untrue++;
	else
		count->unsettled++;
}

static bool count_file(const char *path, const struct analysis *analysis,
		       struct sparse_count *count, struct error *err)
{
	char *line, *rest = NULL, *text;
	size_t len;

	if (!is_file(path))
		return true;
	text = read_whole(path, &len, err);
	if (!text)
		return false;
	count->was_run = true;
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		const char *function = context_function(line);

		if (function)
			count_warning(function, analysis, count);
	}
	free(text);
	return true;
}

bool sparse_count(const struct input *input, const struct analysis *analysis,
		  struct sparse_count *count, struct error *err)
{
	struct texts texts = { 0 };
	bool ok = input_texts(input, &texts, err);
	unsigned i;

	*count = (struct sparse_count){ 0 };
	for (i = 0; ok && i < texts.n; i++)
		ok = count_file(kept_beside(texts.at[i].path), analysis, count,
				err);
	texts_free(&texts);
	return ok;
}
