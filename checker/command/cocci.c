// SPDX-License-Identifier: GPL-2.0-only

#include "cocci.h"
#include "allow.h"
#include "jobs.h"
#include "parts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool run_rules(const char *kernel, struct job *job, struct error *err)
{
	const struct job_watch watch = { 0 };
	struct cocci_parts parts;
	const char *argv[6];

	if (!parts_cocci(&parts, err))
		return false;
	argv[0] = parts.program;
	argv[1] = "--json";
	argv[2] = "--rules";
	argv[3] = parts.rules;
	argv[4] = kernel;
	argv[5] = NULL;
	*job = (struct job){ .folder = "/", .argv = argv, .keep_output = true };
	return jobs_run(job, 1, 1, &watch, err);
}

static struct finding *read_finding(const json_t *line)
{
	const char *file, *function, *message, *rule;
	struct finding *finding;
	int at, column;

	if (json_unpack((json_t *)line, "{s:s, s:s, s:i, s:i, s:s, s:s}",
			"rule", &rule, "file", &file, "line", &at, "column",
			&column, "function", &function, "message", &message))
		return NULL;
	finding = arena_new(&run_arena, struct finding);
	finding->rule = intern(rule);
	finding->file = intern(file);
	finding->line = at;
	finding->col = column;
	finding->function = intern(function);
	finding->message = intern(message);
	return finding;
}

/* A rule of the checker sees what the one of the same id sees, and more. */
static bool is_told(const struct findings *findings, unsigned n,
		    const struct finding *finding)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		const struct finding *other = findings->all.at[i];

		if (other->file == finding->file &&
		    !strcmp(other->rule, finding->rule) &&
		    (other->line == finding->line ||
		     !strcmp(other->function, finding->function)))
			return true;
	}
	return false;
}

static bool is_asked_for(const char *const *patterns, unsigned n,
			 const char *file)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (path_matches(patterns[i], file))
			return true;
	return !n;
}

/* One line of what the rules said: JSON, or words for the user. */
static bool read_line(const char *text, struct finding **finding)
{
	json_t *line = json_loads(text, 0, NULL);
	const char *type = json_string_value(json_object_get(line, "type"));
	bool ok = true;

	*finding = NULL;
	if (!line)
		fprintf(stderr, "%s\n", text);
	else if (!type)
		ok = false;
	else if (!strcmp(type, "finding"))
		ok = (*finding = read_finding(line));
	json_decref(line);
	return ok;
}

static bool read_lines(struct job *job, const char *const *patterns,
		       unsigned npatterns, struct findings *findings,
		       struct error *err)
{
	unsigned n = findings->all.n;
	char *line, *rest = NULL;

	for (line = strtok_r(job->text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		struct finding *finding;

		if (!read_line(line, &finding))
			return error_set(err, "mmucheck-cocci: expected a finding in JSON, found: %s",
					 line);
		if (finding && !is_told(findings, n, finding) &&
		    is_asked_for(patterns, npatterns, finding->file) &&
		    !allows_take(findings, finding))
			VEC_PUSH(&findings->all, finding);
	}
	return true;
}

bool cocci_find(const char *kernel, const char *const *patterns,
		unsigned npatterns, struct findings *findings, bool *complete,
		struct error *err)
{
	struct job job = { 0 };
	bool ok = run_rules(kernel, &job, err) &&
		  (!job.text ||
		   read_lines(&job, patterns, npatterns, findings, err));

	if (ok && job.status > 1)
		*complete = false;
	free(job.text);
	allows_report(findings, NULL, false);
	return ok;
}
