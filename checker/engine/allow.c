// SPDX-License-Identifier: GPL-2.0-only

#include "allow.h"
#include "rule.h"

#include <stdlib.h>
#include <string.h>

#define REPORT	"allow"

/* Collecting */

static struct allow *new_allow(struct findings *findings)
{
	struct allow *allow = arena_new(&run_arena, struct allow);

	VEC_PUSH(&findings->allows, allow);
	return allow;
}

/* "allow(RULE) REASON" */
const char *allow_comment_rule(const struct comment *comment)
{
	const char *rule = comment->text + strlen("allow("), *end;

	if (strncmp(comment->text, "allow(", 6))
		return NULL;
	end = strchr(rule, ')');
	if (!end || end == rule || memchr(rule, ' ', end - rule))
		return NULL;
	return intern_n(rule, end - rule);
}

static bool collect_comment(struct findings *findings,
			    const struct comment *comment, struct error *err)
{
	const char *rule = allow_comment_rule(comment), *end;
	struct allow *allow;

	if (!rule)
		return error_set(err, "%s:%u:%u: expected 'mmucheck: allow(RULE) REASON', found '%s'",
				 comment->file, comment->line, comment->col,
				 comment->text);
	end = strchr(comment->text, ')');
	if (end[1] != ' ' || !end[2])
		return error_set(err, "%s:%u:%u: expected a reason behind '%s'",
				 comment->file, comment->line, comment->col,
				 comment->text);
	allow = new_allow(findings);
	allow->rule = rule;
	allow->file = comment->file;
	allow->line = comment->line;
	allow->col = comment->col;
	allow->end = comment->end;
	allow->reason = intern(end + 2);
	return true;
}

static void collect_row(struct findings *findings, const struct allow_row *row)
{
	struct allow *allow = new_allow(findings);

	allow->rule = row->rule;
	allow->file = row->row->file;
	allow->line = row->row->line;
	allow->col = 1;
	allow->function = row->function;
	allow->reason = row->row->reason;
	allow->optional = row->row->optional;
}

/* context_unsafe("why"): the function's body is not to be judged. */
static void collect_opt_out(struct findings *findings,
			    const struct function *fn)
{
	unsigned i;

	for (i = 0; i < fn->nattrs; i++) {
		const struct contract_attr *attr = &fn->attrs[i];
		struct allow *allow;

		if (strcmp(attr->word, "context_unsafe") || !attr->nargs ||
		    attr->args[0]->op != EXPR_STRING)
			continue;
		allow = new_allow(findings);
		allow->rule = "context_unsafe";
		allow->file = fn->file;
		allow->line = fn->line;
		allow->col = fn->col;
		allow->function = fn->name;
		allow->reason = attr->args[0]->text ? attr->args[0]->text : "";
		allow->whole = allow->optional = true;
	}
}

bool allows_collect(struct findings *findings, const struct program *program,
		    const struct contracts *contracts, struct error *err)
{
	unsigned i;

	for (i = 0; i < program->comments.n; i++)
		if (!collect_comment(findings, &program->comments.at[i], err))
			return false;
	for (i = 0; i < contracts->allows.n; i++)
		collect_row(findings, &contracts->allows.at[i]);
	for (i = 0; i < program->functions.n; i++)
		collect_opt_out(findings, program->functions.at[i]);
	return true;
}

/* Allowing */

static bool covers(const struct allow *allow, const struct finding *finding)
{
	if (allow->whole)
		return allow->file == finding->file &&
		       !strcmp(allow->function, finding->function);
	if (strcmp(allow->rule, finding->rule))
		return false;
	if (allow->function)
		return !strcmp(allow->function, finding->function);
	return allow->file == finding->file && allow->line <= finding->line &&
	       finding->line <= allow->end;
}

/* Takes out what was said of @allow, of every one if it is NULL. */
static void unreport(struct findings *findings, const struct allow *allow)
{
	unsigned i, n = 0;

	for (i = 0; i < findings->all.n; i++) {
		struct finding *finding = findings->all.at[i];
		bool meant = !strcmp(finding->rule, REPORT) &&
			     (!allow || (finding->file == allow->file &&
					 finding->line == allow->line &&
					 finding->col == allow->col));

		if (!meant)
			findings->all.at[n++] = finding;
	}
	findings->all.n = n;
}

void allows_unreport(struct findings *findings)
{
	unreport(findings, NULL);
}

bool allows_take(struct findings *findings, struct finding *finding)
{
	unsigned i;

	for (i = 0; i < findings->allows.n; i++) {
		struct allow *allow = findings->allows.at[i];

		if (!covers(allow, finding))
			continue;
		if (!allow->used)
			unreport(findings, allow);
		allow->used = true;
		finding->allow = finding->allow ? finding->allow : allow;
	}
	if (finding->allow)
		VEC_PUSH(&findings->allowed, finding);
	return finding->allow;
}

void allows_apply(struct findings *findings)
{
	struct findings rest = *findings;
	unsigned i;

	findings->all.at = NULL;
	findings->all.n = findings->all.cap = 0;
	for (i = 0; i < rest.all.n; i++)
		if (!allows_take(findings, rest.all.at[i]))
			VEC_PUSH(&findings->all, rest.all.at[i]);
	free(rest.all.at);
}

/* Reporting */

static struct function place_of(const struct allow *allow,
				const struct program *program)
{
	struct function place = { .file = allow->file, .name = "" };
	unsigned i;

	for (i = 0; program && i < program->functions.n; i++) {
		const struct function *fn = program->functions.at[i];

		if (fn->file == allow->file && fn->line <= allow->line &&
		    allow->line <= fn->end)
			place.name = fn->name;
	}
	if (allow->function)
		place.name = allow->function;
	return place;
}

void allows_report(struct findings *findings, const struct program *program,
		   bool own)
{
	unsigned i;

	for (i = 0; i < findings->allows.n; i++) {
		struct allow *allow = findings->allows.at[i];
		struct function place = place_of(allow, program);

		if (allow->used || allow->optional ||
		    !rule_of_id(allow->rule) == own)
			continue;
		finding_add(findings, REPORT, &place, allow->line, allow->col,
			    "allow(%s)%s%s suppresses nothing: it can go",
			    allow->rule, allow->function ? " in " : "",
			    allow->function ? allow->function : "");
	}
	findings_sort(findings);
}
