// SPDX-License-Identifier: GPL-2.0-only

#include "verdict.h"
#include "sites.h"

#include <stdio.h>

static void collect(struct verdicts *verdicts, const struct function *fn)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];
			struct verdict verdict = {
				.fn = fn, .insn = insn,
			};

			if (!has_effect(insn, is_assert))
				continue;
			verdict.asks = insn->value->symbol;
			VEC_PUSH(&verdicts->all, verdict);
		}
}

struct verdicts *verdicts_new(struct link *link)
{
	struct verdicts *verdicts = arena_new(&run_arena, struct verdicts);
	unsigned i;

	verdicts->first = arena_array(&run_arena, unsigned, link->n + 1);
	for (i = 0; i < link->n; i++) {
		verdicts->first[i] = verdicts->all.n;
		collect(verdicts, link->functions[i]);
	}
	verdicts->first[i] = verdicts->all.n;
	return verdicts;
}

static struct verdict *verdict_of(struct verdicts *verdicts,
				  const struct function *fn,
				  const struct insn *insn)
{
	unsigned i;

	for (i = verdicts->first[fn->id]; i < verdicts->first[fn->id + 1]; i++)
		if (verdicts->all.at[i].insn == insn)
			return &verdicts->all.at[i];
	return NULL;
}

/* The way to @context begins there. */
static const struct function *entry_of(const struct context *context)
{
	while (context->first)
		context = context->first->context;
	return context->fn;
}

/* The kernel has warned on every way here: it should not be here at all. */
static bool is_warned_of(const struct context *context, unsigned depth)
{
	unsigned i;

	if (!context->callers.n || depth > 10)
		return false;
	for (i = 0; i < context->callers.n; i++) {
		const struct caller *caller = context->callers.at[i];

		if (!node_is_warned(caller->node) &&
		    !is_warned_of(caller->context, depth + 1))
			return false;
	}
	return true;
}

void verdicts_watch(struct verdicts *verdicts, const struct event *event)
{
	struct verdict *verdict;

	switch (event->kind) {
	case EVENT_NEED: case EVENT_FORBID: case EVENT_BROKEN:
		break;
	default:
		return;
	}
	if (work_holds(event->work, "warned"))
		return;
	verdict = verdict_of(verdicts, event->context->fn, event->insn);
	if (!verdict)
		return;
	verdict->reached = true;
	if (event->verdict > 0 || is_warned_of(event->context, 0))
		return;
	if (event->verdict < 0)
		verdict->unknown = true;
	verdict->blameless = true;
	if (!verdict->entry)
		verdict->entry = entry_of(event->context);
}

static bool is_told(const struct verdict *verdict,
		    const struct findings *findings)
{
	unsigned i;

	for (i = 0; i < findings->broken.n; i++)
		if (findings->broken.at[i] == verdict->insn)
			return true;
	return false;
}

/* A condition is asked where it is made; the call says that it is false. */
static bool is_condition(const struct verdict *verdict)
{
	const struct contract *contract = verdict->asks->contract;
	unsigned i;

	for (i = 0; i < contract->effects.n; i++)
		if (contract->effects.at[i].verb == VERB_BROKEN)
			return true;
	return false;
}

static bool is_capped(const struct info *info)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (info->contexts.at[i]->capped)
			return true;
	return false;
}

static const char *text(const char *format, const char *name)
{
	char line[300];

	snprintf(line, sizeof(line), format, name);
	return intern(line);
}

static void settle(struct verdict *verdict, const struct findings *findings)
{
	const struct info *info = info_of(verdict->fn);

	verdict->kind = VERDICT_OPEN;
	if (is_told(verdict, findings))
		verdict->kind = VERDICT_BROKEN;
	else if (!info->contexts.n)
		verdict->assumption = text("nobody in sight gets to %s()",
					   verdict->fn->name);
	else if (is_capped(info))
		verdict->assumption = text("states of %s() were given up",
					   verdict->fn->name);
	else if (verdict->unknown)
		verdict->assumption = "whether it is that lock is not known";
	else if (verdict->blameless)
		verdict->assumption =
			text("whoever calls %s() from out of sight holds it",
			     verdict->entry->name);
	else if (!verdict->reached && !is_condition(verdict))
		verdict->assumption = text("no path of %s() gets there",
					   verdict->fn->name);
	else
		verdict->kind = VERDICT_PROVED;
}

void verdicts_settle(struct verdicts *verdicts, const struct findings *findings)
{
	unsigned i;

	for (i = 0; i < verdicts->all.n; i++)
		settle(&verdicts->all.at[i], findings);
}

const char *verdict_name(enum verdict_kind kind)
{
	static const char *const names[VERDICTS] = {
		[VERDICT_PROVED] = "proved",
		[VERDICT_BROKEN] = "broken",
		[VERDICT_OPEN] = "open",
	};

	return names[kind];
}
