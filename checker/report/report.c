// SPDX-License-Identifier: GPL-2.0-only

#include "report.h"

#include <stdlib.h>
#include <string.h>

const struct format *format_find(const char *name)
{
	const struct format *const *format;

	for (format = __start_mmucheck_formats;
	     format < __stop_mmucheck_formats; format++)
		if (!strcmp((*format)->name, name))
			return *format;
	return NULL;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

const char *format_names(void)
{
	const struct format *const *format;
	VEC(const char *) names = { 0 };
	char text[200] = "";
	size_t len = 0;
	unsigned i;

	for (format = __start_mmucheck_formats;
	     format < __stop_mmucheck_formats; format++)
		VEC_PUSH(&names, (*format)->name);
	if (names.n)
		qsort(names.at, names.n, sizeof(*names.at), by_name);
	for (i = 0; i < names.n && len < sizeof(text); i++)
		len += snprintf(text + len, sizeof(text) - len, "%s%s",
				i ? ", " : "", names.at[i]);
	free(names.at);
	return intern(text);
}
