/* SPDX-License-Identifier: GPL-2.0-only */
/* Findings as they are kept from one run to the next: JSON lines in a frame. */
#ifndef MMUCHECK_SAVED_H
#define MMUCHECK_SAVED_H

#include "finding.h"

/* @key says what they were found in. */
bool saved_write(const char *path, uint64_t key,
		 const struct findings *findings, struct error *err);

/* False if there is nothing of that key there, or it is damaged. */
bool saved_read(const char *path, uint64_t key, struct findings *findings);

/* One line of JSON to a finding; NULL if it is none. */
struct finding *finding_from_json(const char *line, size_t len);

#endif
