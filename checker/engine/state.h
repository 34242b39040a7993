/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known at a point of a function: what is held, and the few values that
 * it hangs on.  A path is followed in a "struct work"; what is kept where paths
 * meet is a "struct state".  Two states meet in one if the same is held in both;
 * what they disagree on otherwise is forgotten.
 */
#ifndef MMUCHECK_STATE_H
#define MMUCHECK_STATE_H

#include "contract.h"
#include "term.h"

/* A function that returned with a debt open, and where it was called. */
struct trail {
	const struct function *callee, *caller;
	unsigned line, col;
	const struct trail *before;
};

/* Something that is held: a lock, a read section, an open window, a debt. */
struct hold {
	const struct lock_class *cls;
	const struct term *at;		/* its address; NULL: one per CPU or task */
	unsigned char mode;
	unsigned char depth;		/* how often, if its flavour counts */
	bool many;			/* several of its class: nobody counts them */
	bool asserted;			/* known from an assert */
	bool on_entry;			/* the caller has it */
	bool frame;			/* only that it is held matters here */
	const struct function *fn;	/* where it was taken */
	unsigned line, col;
	const struct trail *trail;	/* of a debt: whom it came back from */
};

struct range {
	int64_t low, high;
	bool nonzero;
};

#define RANGE_ALL	((struct range){ INT64_MIN, INT64_MAX, false })

struct known {
	const struct term *term;
	struct range range;
};

struct cell {
	const struct term *address;
	const struct term *value;	/* NULL: all below is zero */
};

struct slot_value {
	unsigned var;
	const struct term *value;
};

/* Kept where paths meet; only what is still used later. */
struct state {
	unsigned nholds, nvals, ncells, nknown;
	struct hold *holds;
	struct slot_value *vals;	/* by variable */
	struct cell *cells;		/* by id of the address */
	struct known *knowns;		/* by id of the term */
	const struct term *ret;
	unsigned part;			/* of an entry: what the path has been in */
	uint64_t forbids;		/* and what it does not call */
};

struct work {
	const struct function *fn;
	const struct term **vals;	/* one for each variable, NULL: unset */
	uint64_t *set;			/* which are not: a bit for each */
	unsigned words;			/* of these bits */
	unsigned room;			/* variables that there is room for */
	VEC(struct hold) holds;
	VEC(struct cell) cells;
	VEC(struct known) knowns;
	const struct term *ret;
	const struct term *result;	/* of the last call */
	unsigned site;			/* of the instruction at work */
	unsigned fresh;			/* values it has made so far */
};

struct work *work_new(const struct function *fn);
struct work *work_copy(const struct work *from);
void work_free(struct work *w);
void work_from_state(struct work *w, const struct state *state);
/* All but the variables */
void work_memory_from_state(struct work *w, const struct state *state);

static inline void work_set(struct work *w, unsigned var,
			    const struct term *value)
{
	uint64_t bit = 1ull << (var % 64);

	w->vals[var] = value;
	if (value)
		w->set[var / 64] |= bit;
	else
		w->set[var / 64] &= ~bit;
}

/* For each variable @i of @w that has a value; it may be given another. */
#define each_val(w, i)							\
	for (unsigned _word = 0; _word < (w)->words; _word++)	\
		for (uint64_t _left = (w)->set[_word];			\
		     _left && ((i) = _word * 64 + __builtin_ctzll(_left), true); \
		     _left &= _left - 1)

/* Which members' values are kept at all, and which, once set, stay set. */
struct bits;
void state_follow(const struct bits *fields, const struct bits *stays);

/* Memory */
const struct term *work_load(struct work *w, const struct term *address);
void work_store(struct work *w, const struct term *address,
		const struct term *value);
void work_clear(struct work *w, const struct term *address);
/* True if @address is in something that was cleared. */
bool work_is_cleared(struct work *w, const struct term *address);
/* What was at @address and below may be anything now. */
void work_forget(struct work *w, const struct term *address);
/* The same for each member in @fields, wherever it is. */
void work_forget_fields(struct work *w, const struct bits *fields);
void work_copy_record(struct work *w, const struct term *to,
		      const struct term *from);

/* Values */
struct range range_of(const struct work *w, const struct term *t);
bool range_is_empty(struct range r);
static inline bool same_range(struct range a, struct range b)
{
	return a.low == b.low && a.high == b.high && a.nonzero == b.nonzero;
}

struct range range_hull(struct range a, struct range b);
/* 1: true, 0: false, -1: not known */
int truth_of(const struct work *w, const struct term *t);
/*
 * @t as a number, if the path has settled which; one that is kept as @type, and a
 * bool that is true is 1.  Where paths meet, "flush |= f()" is the same on all that
 * owe a flush only if it is a number.
 */
const struct term *settled(const struct work *w, const struct term *t,
			   const struct type *type);
/* False if that cannot be. */
bool work_assume(struct work *w, const struct term *t, bool truth);
bool work_assume_range(struct work *w, const struct term *t, struct range r);

const struct term *eval(struct work *w, const struct expr *e);
const struct term *eval_address(struct work *w, const struct expr *e);
const struct term *work_fresh(struct work *w);

/* @from is about to stand for something new: what knew it calls it "old". */
void work_rename(struct work *w, const struct term *from,
		 const struct term *to);
/* The same for all values that instruction @site made. */
void work_retire_site(struct work *w, unsigned site);

/* Holds */
const struct hold *work_holds(const struct work *w, const char *cls);
int hold_compare(const struct hold *a, const struct hold *b);
/* @hold is taken @times more; too often to be counted, it is "many". */
void hold_deepen(struct hold *hold, unsigned times);

/* Into the order that states have; most is in order before. */
void sort_holds(struct hold *holds, unsigned n);
void sort_cells(struct cell *cells, unsigned n);
void sort_knowns(struct known *knowns, unsigned n);
static inline void work_sort_holds(struct work *w)
{
	sort_holds(w->holds.at, w->holds.n);
}

static inline void work_sort(struct work *w)
{
	work_sort_holds(w);
	sort_cells(w->cells.at, w->cells.n);
	sort_knowns(w->knowns.at, w->knowns.n);
}

#endif
