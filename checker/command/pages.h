/* SPDX-License-Identifier: GPL-2.0-only */
/* The rules' pages; rules/pages.cmake makes them from rules/ID.md. */
#ifndef MMUCHECK_PAGES_H
#define MMUCHECK_PAGES_H

struct rule_page {
	const char *id;
	const char *text;
};

extern const struct rule_page rule_pages[];
extern const unsigned rule_page_count;

#endif
