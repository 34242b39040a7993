/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contracts that the source states of itself, by Clang's attributes or by the
 * words of annotations/mmucheck.h, to what a row of a contract file would say.
 */
#ifndef MMUCHECK_SOURCE_H
#define MMUCHECK_SOURCE_H

#include "link.h"

/* Adds what @link's program states to the contracts of its symbols and fields. */
void source_bind(struct link *link);

#endif
