/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What one unit cannot see: who is meant by a call, who calls whom, and which
 * functions have anything to do with what the contracts speak of.
 */
#ifndef MMUCHECK_LINK_H
#define MMUCHECK_LINK_H

#include <string.h>

#include "contract.h"

struct bits {
	uint64_t *word;
	unsigned n;			/* words */
};

static inline bool bit_get(const struct bits *b, unsigned i)
{
	return b->word[i / 64] >> (i % 64) & 1;
}

/* True if it was not set before. */
static inline bool bit_set(struct bits *b, unsigned i)
{
	uint64_t mask = 1ull << (i % 64);
	bool was = b->word[i / 64] & mask;

	b->word[i / 64] |= mask;
	return !was;
}

static inline void bit_clear(struct bits *b, unsigned i)
{
	b->word[i / 64] &= ~(1ull << (i % 64));
}

struct bits bits_new(unsigned size);

/* bits_add() - all of @from into @to; true if @to has more now */
static inline bool bits_add(struct bits *to, const struct bits *from)
{
	uint64_t more = 0;
	unsigned i;

	for (i = 0; i < to->n; i++) {
		more |= from->word[i] & ~to->word[i];
		to->word[i] |= from->word[i];
	}
	return more != 0;
}

static inline void bits_copy(struct bits *to, const struct bits *from)
{
	memcpy(to->word, from->word, to->n * sizeof(*to->word));
}

static inline bool bits_any(const struct bits *b)
{
	uint64_t any = 0;
	unsigned i;

	for (i = 0; i < b->n; i++)
		any |= b->word[i];
	return any;
}

static inline bool bits_meet(const struct bits *a, const struct bits *b)
{
	uint64_t both = 0;
	unsigned i;

	for (i = 0; i < a->n; i++)
		both |= a->word[i] & b->word[i];
	return both;
}

static inline void bits_zero(struct bits *b)
{
	unsigned i;

	for (i = 0; i < b->n; i++)
		b->word[i] = 0;
}

struct targets {
	struct symbol **at;
	unsigned n;
	bool known;
};

/*
 * What decides in a function: which branches, and which values these hang on.
 * There is one for what happens to locks, and one for that and for sleeping.
 */
struct slice {
	struct bits blocks;		/* whose branch decides something */
	struct bits vars;
	struct bits bases;		/* variables that lead to such a field */
	struct bits fields;		/* that are read to decide */
	bool result;			/* a caller decides by what is returned */
	unsigned changes;		/* how often a variable was, or the result */
	uint64_t seen;			/* what it was last made from */
};

enum slice_kind { SLICE_LOCKS, SLICE_SLEEP, SLICES };

/* A value that is good only as long as a section lasts, and where it is got. */
struct loan {
	const struct insn *insn;
	const struct lock_class *mark;
	bool found_in;			/* by a function out of sight, in what was lent */
};

/* What linking says of a function; function->solve. */
struct info {
	struct function *fn;
	VEC(struct loan) loans;		/* that may outlive their section here */
	struct bits uses_loans;		/* if there are: by block */
	VEC(const struct lock_class *) lends;	/* what it returns is lent under */
	bool moves;			/* locks, or asks for them, or calls who does */
	bool sleeps;			/* may, or calls who may */
	bool moves_atomic;		/* takes or drops what must not sleep */
	bool called;			/* somebody in sight calls it */
	const struct lock_class *quiet;	/* it says that it must not sleep */
	bool small;			/* few blocks, no loop: worth a look in any case */
	struct bits loops;		/* blocks that a path may come back to */
	struct bits touched;		/* classes that it or a callee speaks of */
	struct bits taken;		/* classes that it or a callee takes */
	struct bits synced;		/* whose readers it or a callee waits for */
	struct bits writes;		/* members that it or a callee writes */
	struct bits reads;		/* members that it or a callee reads */
	bool takes_or_waits;		/* one of these is not empty */
	bool pure;			/* returns what its arguments and memory say */
	unsigned char part;		/* of a "oneof" row, from 1; 0: common */
	unsigned part_mask;		/* parts that it or a callee is in */
	VEC(unsigned) stored;		/* ids of members that it stores to itself */
	bool called_free;		/* somebody calls it who may sleep */
	bool precise;			/* all that is known goes in and out */
	struct slice slice[SLICES];
	const char *escapes;		/* slot or function it is handed to */
	bool afar;			/* and is called from out of sight there */
	uint64_t forbids;		/* "nocall" rows that begin here */
	uint64_t forbidden;		/* "nocall" rows that are about it */
	uint64_t reaches;		/* the same, for it and its callees */
	VEC(const struct value_row *) values;	/* what callers' words say of it */
	VEC(const struct entry_row *) entries;	/* how it is from out of sight */
	struct bits *live;		/* variables, by block */
	struct bits address_taken;
	VEC(struct info *) callees;	/* each once */
	const struct info *last_caller;	/* while these are collected */
	bool ordered;			/* is in bottom_up, or about to be */
	VEC(struct context *) contexts;
	VEC(unsigned) hashes;		/* of their entries, in the same order */
	VEC(struct context *) aside;	/* those of the round before */
	bool changed;			/* since then: what of it goes in and out */
	unsigned capped;		/* entries that were merged with others */
	struct bits crowded;		/* classes that it has several of somewhere */
};

/* All that is known goes in and out from now on; true if it did not before. */
static inline bool look_closer_at(struct info *info)
{
	if (info->precise)
		return false;
	info->precise = info->changed = true;
	return true;
}

static inline struct info *info_of(const struct function *fn)
{
	return fn->solve;
}

struct guard_list {
	const struct guard **at;
	unsigned n, cap;
};

struct on_list {
	const struct on_row **at;
	unsigned n, cap;
};

struct link {
	struct program *program;
	struct contracts *contracts;
	struct function **functions;	/* by file, line and name */
	unsigned n;
	struct info **bottom_up;	/* the same, callees before their callers */
	const struct lock_class **field_class;	/* by field id, NULL: none yet */
	const struct lock_class **global_class;
	struct guard_list *field_guards;
	struct on_list *field_ons;	/* by field id: what its use means */
	bool tests_members;		/* some row is about a branch */
	unsigned nclasses;		/* when the sets were made */
	struct bits *conflicts;		/* by class: what is not taken inside it */
	struct bits *tied;		/* by class: itself, and steps that go with it */
	struct bits counter_fields;	/* raised, they are a hold */
	struct bits sticky_fields;	/* once set, set for good */
	struct bits relevant_fields;	/* in any slice of any function */
	struct flow *flow;
	struct { unsigned used, unused; } stated;	/* contracts in the source */
	bool aliases;			/* callees are told which arguments are one */
	bool reads_guarded;		/* some member is not to be read without */
	bool guards_pointed;		/* what some member points to is guarded */
	struct solver *solver;		/* of the last solve() */
	struct kinds *kinds;		/* of addresses, once asked for */
};

struct link *link_program(struct program *program,
			  struct contracts *contracts, struct error *err);

/*
 * each_callee() - every function with a body that the call @insn may mean
 * each_call() - the same for all calls in @fn
 */
typedef void (*callee_fn)(struct link *link, struct info *caller,
			  struct info *callee, const struct insn *insn);
void each_callee(struct link *link, const struct function *fn,
		 const struct insn *insn, callee_fn visit);
void each_call(struct link *link, const struct function *fn, callee_fn visit);

/* For each function that @info's calls, once. */
#define each_info_called(callee, info)					\
	for (unsigned _i = 0; _i < (info)->callees.n &&			\
	     ((callee) = (info)->callees.at[_i]); _i++)

/* 1: the row raises a counter, -1: lowers it, 0: it does neither. */
int counts(const struct link *link, const struct insn *insn);
/* True if it is such a counter, raised, and no lock. */
bool is_window(const struct link *link, const struct lock_class *cls);

/* True if @field is not to be read without its guard; if @block reads one such. */
bool is_read_guarded(const struct link *link, const struct field *field);
bool find_guarded_reads(const struct link *link, struct block *block);

/* A row says what it means to store to @field, to branch on what is in @e. */
bool is_told_of_read(const struct link *link, const struct field *field);
bool is_told_of_store(const struct link *link, const struct field *field);
/* The member that a row loads a copy of, if some row says what that means. */
const struct field *told_load(const struct link *link, const struct insn *insn);
bool tests_member(const struct link *link, const struct expr *e);
bool answers_member(const struct link *link, const struct insn *insn);
/* The member, or an element of it, that @insn copies; NULL if it does no such. */
const struct field *loaded_field(const struct insn *insn);

/* The member that a row stores to; NULL if it stores to none. */
const struct field *stored_field(const struct insn *insn);

/* The guarded member by which a row gets to where it stores, or NULL. */
const struct expr *stored_through(const struct link *link,
				  const struct insn *insn);

/* The member whose address @insn passes for @effect to write to, or NULL. */
const struct field *passed_field(const struct insn *insn,
				 const struct effect *effect);

/* Whom a call through @callee in @fn may mean, by what was ever put there. */
struct targets link_targets(struct link *link, const struct function *fn,
			    const struct expr *callee);

struct term;
/* What is stated of the function that @insn calls by name; NULL: nothing, or no call. */
static inline const struct contract *contract_called(const struct insn *insn)
{
	if (insn->kind != INSN_CALL || insn->value->op != EXPR_FUNCTION)
		return NULL;
	return insn->value->symbol->contract;
}

/* True if @cls was first met after linking: no set knows it. */
static inline bool is_late_class(const struct link *link,
				 const struct lock_class *cls)
{
	return cls->id >= link->nclasses;
}

/* The class of the lock at @address; never NULL. */
const struct lock_class *class_of(struct link *link, const struct term *address);

#endif
