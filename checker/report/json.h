/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMUCHECK_JSON_H
#define MMUCHECK_JSON_H

#include "finding.h"

#include <jansson.h>
#include <stdio.h>

/* A string; bytes that are no UTF-8 come out as '?'. */
json_t *json_text(const char *text);

json_t *json_finding(const struct finding *finding);

struct allow;
json_t *json_allow(const struct allow *allow);

/* One value on a line of its own; @value is used up. */
void json_line(FILE *out, json_t *value);

#endif
