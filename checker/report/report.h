/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From findings to words.  A form of output is one file with a FORMAT() line;
 * it sees sorted findings and nothing else.
 */
#ifndef MMUCHECK_REPORT_H
#define MMUCHECK_REPORT_H

#include "finding.h"

#include <stdio.h>

struct format {
	const char *name;
	const char *title;
	void (*print)(FILE *out, const struct findings *findings, bool colour);
};

#define FORMAT(word, ...)						\
	static const struct format format_##word = { __VA_ARGS__ };	\
	static const struct format *const format_##word##_entry		\
	__attribute__((used, section("mmucheck_formats"))) = &format_##word

extern const struct format *const __start_mmucheck_formats[];
extern const struct format *const __stop_mmucheck_formats[];

/* NULL if there is none of that name. */
const struct format *format_find(const char *name);

/* "json, text" */
const char *format_names(void);

#endif
