/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules' pages; rules/pages.cmake makes them from rules/ID.md, and of a rule
 * that is there in SmPL alone from what stands above it.
 */
#ifndef MMUCHECK_PAGES_H
#define MMUCHECK_PAGES_H

struct rule_page {
	const char *id;
	const char *text;
};

/* Sorted by their ids. */
extern const struct rule_page rule_pages[];
extern const unsigned rule_page_count;

/* NULL if there is no rule of that id. */
const struct rule_page *page_find(const char *id);

/* One line: what the rule says. */
const char *page_title(const struct rule_page *page);

/* The first paragraph under "## Rule", as one line; "" if there is none. */
const char *page_sentence(const struct rule_page *page);

#endif
