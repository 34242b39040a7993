/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a rule has something to ask, by the text alone: how much of a tree it is
 * about. A rule that has no site in a tree has proved nothing there.
 */
#ifndef MMUCHECK_SITES_H
#define MMUCHECK_SITES_H

#include "link.h"

/* The rows for whom @insn calls have an effect that @asked wants to know of. */
bool has_effect(const struct insn *insn,
		bool (*asked)(const struct effect *effect));

/* An assert, or a contract that is no step of a protocol, asks for something. */
bool is_assert(const struct effect *effect);

/* Whoever @insn calls ends a section that is a mark of @rule, or may. */
bool ends_mark(const struct insn *insn, const char *rule);

/* 1 if the rest of the kernel enters @info's function in a section of @rule. */
unsigned entry_sites(const struct info *info, const char *rule);

/* @insn asks for a mark of @rule, or drops a lock that one is due at. */
bool is_protocol_site(struct link *link, const struct insn *insn,
		      const char *rule);

/* @insn takes or drops something that @rule wants balanced. */
bool is_balance_site(struct link *link, const struct insn *insn,
		     const char *rule);

/* Either. */
bool is_reference_site(struct link *link, const struct insn *insn,
		       const char *rule);

#endif
