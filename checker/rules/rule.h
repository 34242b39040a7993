/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A rule is one file: a check() that looks at what happens, and one RULE() line.
 * It sees solved states and changes nothing; rules do not see each other.
 */
#ifndef MMUCHECK_RULE_H
#define MMUCHECK_RULE_H

#include "finding.h"
#include "sites.h"

#include <string.h>

struct rule {
	const char *id;
	const char *title;
	/* each thing that happens, in every state that it happens in */
	void (*check)(struct findings *findings, const struct event *event);
	/* once, when all was seen */
	void (*finish)(struct findings *findings, struct solver *solver);
	/* true if there is something to ask at @insn; for "stats" */
	bool (*is_site)(struct link *link, const struct insn *insn);
	/* instead of it, where one instruction does not tell: how many */
	unsigned (*count_sites)(struct link *link);
};

#define RULE(name, ...)							\
	static const struct rule rule_##name = { __VA_ARGS__ };		\
	static const struct rule *const rule_##name##_entry		\
	__attribute__((used, section("mmucheck_rules"))) = &rule_##name

/*
 * MARKS_RULE() - a rule that asks of its marks what others ask of theirs
 * @ask:  check_protocol(), check_balance() or check_reference(), told the rule's id
 * @site: is_protocol_site(), is_balance_site() or is_reference_site()
 */
#define MARKS_RULE(name, ID, TITLE, ask, site)				\
	static void check_##name(struct findings *findings,		\
				 const struct event *event)		\
	{								\
		ask(findings, event, ID);				\
	}								\
	static bool is_site_##name(struct link *link,			\
				   const struct insn *insn)		\
	{								\
		return site(link, insn, ID);				\
	}								\
	RULE(name, .id = ID, .title = TITLE, .check = check_##name,	\
	     .is_site = is_site_##name)

extern const struct rule *const __start_mmucheck_rules[];
extern const struct rule *const __stop_mmucheck_rules[];

/* The rule called @id; NULL if this build has none such. */
static inline const struct rule *rule_of_id(const char *id)
{
	const struct rule *const *rule;

	for (rule = __start_mmucheck_rules; rule < __stop_mmucheck_rules; rule++)
		if (!strcmp((*rule)->id, id))
			return *rule;
	return NULL;
}

#endif
