/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What functions do to the balance of locks: what is held on each way out of a
 * function against what was held on the way in, and who drops what others took.
 */
#ifndef MMUCHECK_BALANCE_H
#define MMUCHECK_BALANCE_H

#include "solve.h"

/* A way out of a function, with what is held there. */
struct way_out {
	struct context *context;
	struct node *node;
	unsigned line, col;
	struct range ret;
	struct hold *holds;
	unsigned nholds;
};

/* A lock is dropped, or yielded, that is not held, or not like that. */
struct bad_drop {
	struct event event;
	struct hold held;		/* cls is NULL: not held at all */
};

struct call {
	struct context *from, *to;
	const struct caller *caller;
};

/* One round's worth of it, and how to find it. */
struct balance {
	struct solver *solver;
	VEC(struct way_out) outs;	/* by context */
	VEC(struct bad_drop) drops;
	VEC(struct call) calls;		/* by who calls */
	unsigned *first_out, *first_call;	/* by context */
	/* By function: what it takes itself, what it drops for a callee, and of
	 * what it takes or drops many in loops: nobody counts these. */
	struct bits *takes, *pays, *crowds;
	struct bits *promised;		/* by context: an assert says that it is held */
	struct bits partners;		/* dropped by who is called from out of sight */
	struct bits uneven;		/* classes that some root has more or less of */
	const struct lock_class *cls;	/* that is asked about */
	unsigned char *does;		/* by context, what it does with that */
};

#define each_out(b, out, c)						\
	for (out = (b)->outs.at + (b)->first_out[(c)->id];		\
	     out < (b)->outs.at + (b)->first_out[(c)->id + 1]; out++)
#define each_call_from(b, call, c)					\
	for (call = (b)->calls.at + (b)->first_call[(c)->id];		\
	     call < (b)->calls.at + (b)->first_call[(c)->id + 1]; call++)

/* What the ways out of a context do to the class that is asked about. */
enum {
	SOME_MORE = 1,		/* hold more of it than it had */
	ALL_MORE = 2,
	SOME_LESS = 4,
	ALL_LESS = 8,
	PAID = 16,		/* what it has taken a caller drops */
	LOOKED = 32,		/* for whoever walks contexts, as balance_ask() left it */
};

void balance_begin(struct balance *b, struct solver *solver);
void balance_note(struct balance *b, const struct event *event);
/* All is noted: from here on it can be asked. */
void balance_end(struct balance *b);
void balance_free(struct balance *b);

/* The questions from here on are about @cls. */
void balance_ask(struct balance *b, const struct lock_class *cls);

/* How many more of @cls are held on the way out than on the way in. */
int net_of(const struct balance *b, const struct way_out *out,
	   const struct lock_class *cls);
/* How many of the class the context is entered with. */
int entry_depth(const struct context *context, const struct lock_class *cls);
/* The hold that is too much; NULL if none is. */
const struct hold *surplus(const struct balance *b, const struct way_out *out);
/* True if it is for callers of @info's function to drop what it has taken. */
bool is_taker(const struct balance *b, const struct info *info);
/* True if some function drops what its caller has. */
bool someone_drops(const struct balance *b);

/*
 * True if @out's caller cannot know what it holds, by the value that it gets:
 * some other way out that returns the same is @sign different; or it is told of
 * a failure, and gets the lock with it.
 */
bool is_ambiguous(const struct balance *b, const struct way_out *out, int sign);

static inline bool does(const struct balance *b, const struct context *context,
			unsigned what)
{
	return b->does[context->id] & what;
}

static inline bool takes(const struct balance *b, const struct context *context)
{
	return bit_get(&b->takes[context->fn->id], b->cls->id);
}

#endif
