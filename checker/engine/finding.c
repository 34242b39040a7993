// SPDX-License-Identifier: GPL-2.0-only

#include "finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *format_text(const char *format, va_list args)
{
	char text[1024];

	vsnprintf(text, sizeof(text), format, args);
	return intern(text);
}

struct finding *finding_add(struct findings *findings, const char *rule,
			    const struct function *fn, unsigned line,
			    unsigned col, const char *format, ...)
{
	struct finding *finding;
	const char *message;
	va_list args;
	unsigned i;

	va_start(args, format);
	message = format_text(format, args);
	va_end(args);
	for (i = 0; i < findings->all.n; i++) {
		finding = findings->all.at[i];
		if (finding->message == message && finding->line == line &&
		    finding->file == fn->file && !strcmp(finding->rule, rule))
			return NULL;
	}
	finding = arena_new(&run_arena, struct finding);
	finding->rule = intern(rule);
	finding->file = fn->file;
	finding->line = line;
	finding->col = col;
	finding->function = fn->name;
	finding->message = message;
	VEC_PUSH(&findings->all, finding);
	return finding;
}

void finding_note(struct finding *finding, const struct function *fn,
		  unsigned line, unsigned col, const char *format, ...)
{
	struct note note = { fn->file, line, col, NULL };
	va_list args;

	va_start(args, format);
	note.text = format_text(format, args);
	va_end(args);
	VEC_PUSH(&finding->notes, note);
}

static struct step *add_step(struct finding *finding, enum step_kind kind,
			     const struct function *fn, unsigned line,
			     unsigned col, const char *callee, const char *text)
{
	struct step step = {
		.kind = kind, .file = fn->file, .line = line, .col = col,
		.function = fn->name, .callee = callee, .text = text,
	};

	VEC_PUSH(&finding->path, step);
	return &finding->path.at[finding->path.n - 1];
}

static void add_call(struct finding *finding, const struct caller *caller,
		     const struct context *context)
{
	struct step *step;
	char text[300];

	snprintf(text, sizeof(text), "%s() calls %s()",
		 caller->context->fn->name, context->fn->name);
	step = add_step(finding, STEP_CALL, caller->context->fn,
			caller->insn->line, caller->insn->col,
			context->fn->name, intern(text));
	step->state = context->entry;
	step->caller = caller;
	VEC_PUSH(&finding->involved, caller->context->info);
}

static void add_calls(struct finding *finding, const struct context *context)
{
	if (!context->first)
		return;
	add_calls(finding, context->first->context);
	add_call(finding, context->first, context);
}

/* The branches that were taken in the function itself. */
static void add_branches(struct finding *finding, const struct context *context,
			 const struct node *node)
{
	const struct block *block;
	char cond[200], text[300];

	if (!node || !node->pred)
		return;
	add_branches(finding, context, node->pred);
	block = &context->fn->blocks[node->pred->block];
	if (block->exit != EXIT_IF || node->insn || !block->line)
		return;
	expr_print(context->fn, block->cond, cond, sizeof(cond));
	if (strchr(cond, '%'))
		snprintf(text, sizeof(text), "taking the %s branch",
			 block->targets[0].block == node->block ? "true" : "false");
	else
		snprintf(text, sizeof(text), "%s is %s", cond,
			 block->targets[0].block == node->block ? "true" : "false");
	add_step(finding, STEP_BRANCH, context->fn, block->line, block->col,
		 NULL, intern(text))->state = node->state;
}

void finding_path_by(struct finding *finding, const struct caller *const *way,
		     unsigned steps, const struct context *context,
		     const struct node *node)
{
	unsigned i;

	add_calls(finding, steps ? way[steps - 1]->context : context);
	for (i = steps; i--;)
		add_call(finding, way[i], i ? way[i - 1]->context : context);
	add_branches(finding, context, node);
	VEC_PUSH(&finding->involved, context->info);
	finding->context = context;
}

void finding_path(struct finding *finding, const struct context *context,
		  const struct node *node)
{
	finding_path_by(finding, NULL, 0, context, node);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void finding_holds(struct finding *finding, const struct work *work)
{
	unsigned i;

	for (i = 0; i < work->holds.n; i++) {
		const struct hold *hold = &work->holds.at[i];

		if (is_mark(hold->cls) && hold->fn && !hold->asserted)
			finding_note(finding, hold->fn, hold->line, hold->col,
				     "done here: %s (in %s())", hold->cls->name,
				     hold->fn->name);
		else if (is_mark(hold->cls))
			continue;
		else if (hold->fn && hold->line)
			finding_note(finding, hold->fn, hold->line, hold->col,
				     "held here: %s (%s at %s:%u in %s())",
				     lock_text(hold->cls, hold->mode),
				     hold->asserted ? "asserted" : "taken",
				     base_name(hold->fn->file), hold->line,
				     hold->fn->name);
		else
			finding_note(finding, work->fn, work->fn->line, 1,
				     "held here: %s (by who calls %s())",
				     lock_text(hold->cls, hold->mode),
				     work->fn->name);
	}
}

static int by_place(const void *x, const void *y)
{
	const struct finding *a = *(struct finding *const *)x;
	const struct finding *b = *(struct finding *const *)y;
	int order = strcmp(a->file, b->file);

	if (order)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->col != b->col)
		return a->col < b->col ? -1 : 1;
	order = strcmp(a->rule, b->rule);
	if (order)
		return order;
	order = strcmp(a->message, b->message);
	return order ? order : strcmp(a->function, b->function);
}

static bool is_told(const struct findings *findings, unsigned n,
		    const struct finding *finding)
{
	const struct finding *other;

	while (finding->about && n--) {
		other = findings->all.at[n];
		if (other->line != finding->line || other->col != finding->col ||
		    other->file != finding->file)
			return false;
		if (other->rule == finding->rule &&
		    other->about == finding->about)
			return true;
	}
	return false;
}

void findings_sort(struct findings *findings)
{
	unsigned i, n = 0;

	if (findings->all.n)
		qsort(findings->all.at, findings->all.n,
		      sizeof(*findings->all.at), by_place);
	for (i = 0; i < findings->all.n; i++)
		if (!is_told(findings, n, findings->all.at[i]))
			findings->all.at[n++] = findings->all.at[i];
	findings->all.n = n;
}

const char *mode_name(enum mode mode)
{
	switch (mode) {
	case MODE_READ:
		return "read";
	case MODE_WRITE:
		return "write";
	default:
		return "read or write";
	}
}

static bool is_exclusive(const struct lock_class *cls)
{
	return cls->flavour && !cls->flavour->shared;
}

const char *lock_text(const struct lock_class *cls, enum mode mode)
{
	char text[300];

	if (is_exclusive(cls))
		return cls->name;
	/* What a row calls alone is nothing that is held for something. */
	if (!strcmp(cls->name, "alone"))
		return "the only reference";
	snprintf(text, sizeof(text), "%s for %s", cls->name, mode_name(mode));
	return intern(text);
}

const char *row_text(const struct row *row)
{
	char text[600], line[16] = "";

	if (!row)
		return "";
	/* Facts do not say where a member's own words stand. */
	if (row->line)
		snprintf(line, sizeof(line), ":%u", row->line);
	snprintf(text, sizeof(text), " (%s%s%s%s)", row->file, line,
		 row->reason ? ", " : "", row->reason ? row->reason : "");
	return intern(text);
}
