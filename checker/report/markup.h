/* SPDX-License-Identifier: GPL-2.0-only */
/* What HTML and XML have in common. */
#ifndef MMUCHECK_MARKUP_H
#define MMUCHECK_MARKUP_H

#include <stdio.h>

/* One character of text, or of a quoted attribute, that means itself. */
void markup_char(FILE *out, char c);

#endif
