/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tabulation: a function is solved once for each state that it is entered in,
 * and what comes out is kept for whoever enters it so again.
 *
 * The rules see none of this.  When all is solved, each function is walked once
 * more and what happens on the way is shown to them as events.
 */
#ifndef MMUCHECK_SOLVE_H
#define MMUCHECK_SOLVE_H

#include "link.h"
#include "state.h"

/* A point where paths meet: the start of a block, or behind a call. */
struct node {
	unsigned block, insn;
	struct state *state;
	struct node *pred;		/* how it was first reached */
	struct node *next;		/* of the same block */
	struct caller *calls;		/* whom it enters */
	unsigned merges;
	bool queued;
	unsigned id;
	unsigned shown;			/* behind the last event for a rule; 0: none */
	unsigned told;			/* and behind the last call of anybody */
};

struct exit_point {
	struct state *state;
	struct node *from;
	unsigned line, col;
};

struct caller {
	struct context *context;
	struct node *node;
	const struct insn *insn;
	struct context *callee;
	struct caller *next;		/* of the same node */
};

/* A function entered in one state. */
struct context {
	struct info *info;
	const struct function *fn;
	const struct slice *slice;	/* what decides, entered like this */
	struct state *entry;
	uint64_t forbids;		/* "nocall" rows that hold here */
	unsigned part;			/* of "oneof": where the path is or was */
	unsigned id, hash;
	unsigned distance;		/* calls from an entry point */
	const struct caller *first;	/* the caller on the shortest way */
	bool root;
	bool in_sight;			/* some way here begins where nobody else calls */
	bool active;			/* being solved further down the stack */
	bool pending;
	bool capped;			/* states were given up */
	/* In another round of solving: */
	bool stale;			/* it has to be solved again */
	bool doubt;			/* it may have to be */
	bool aside;			/* it is not entered in this round yet */
	unsigned checked;		/* whom it enters is being looked at: how deep */
	unsigned leans;			/* on such a one, which may fall: how deep that is */
	bool differs;			/* something else came out than before */
	struct exit_point **before;	/* what came out then */
	unsigned nbefore;
	unsigned mark;			/* of whoever walks contexts */
	VEC(struct node *) nodes;
	struct node **at_block;		/* the first of each */
	VEC(struct node *) queue;
	VEC(struct exit_point *) exits;
	VEC(struct caller *) callers;
	VEC(struct caller *) calls;	/* the other way, in the order of entering */
};

enum event_kind {
	EVENT_TAKE,
	EVENT_DROP,
	EVENT_YIELD,
	EVENT_NEED,
	EVENT_FORBID,
	EVENT_DUE,		/* a lock goes, and a debt is not paid */
	EVENT_STALE,		/* a value is used that was good in a section only */
	EVENT_BROKEN,		/* an assert or a condition of one does not hold */
	EVENT_SLEEP,
	EVENT_SYNC,
	EVENT_STORE,
	EVENT_LOAD,		/* of a member that is guarded */
	EVENT_RETURN,		/* not just with what it was entered with */
	EVENT_UNRESOLVED,	/* a call through a pointer that nobody knows */
	EVENT_CALL,		/* any call, with its callee */
};

struct event {
	enum event_kind kind;
	struct solver *solver;
	struct context *context;
	struct node *node;
	const struct insn *insn;
	unsigned line, col;
	const struct work *work;	/* before it happens */
	const struct effect *effect;	/* the row that says so */
	struct symbol *callee;
	const struct lock_class *cls;
	const struct lock_class *lock;	/* that a debt is due at */
	const struct term *at;
	enum mode mode;
	const struct hold *hold;	/* the hold that it is about, if any */
	int verdict;			/* 1 it holds, 0 it does not, -1 unknown */
	const struct field *field;	/* of a store */
	bool pointed;			/* to what the member points to */
	const struct term *value;
};

struct counts {
	unsigned functions, relevant, solved, contexts, nodes;
	unsigned calls, pointer_calls, open_calls, unknown_calls;
	unsigned state_caps, context_caps, depth_caps;
};

struct solver {
	struct link *link;
	VEC(struct context *) contexts;
	VEC(struct context *) pending;
	VEC(struct context *) leaning;
	unsigned depth;
	unsigned checking, leans;	/* of contexts: how deep it is just now */
	bool refined;			/* some function touches more than it seemed */
	bool for_rules;			/* who watches asks no more than rules do */
	void (*watch)(void *data, const struct event *event);
	void *data;
	struct counts counts;
};

/* Solves all; what was solved before for @link stays as far as it still stands. */
struct solver *solve(struct link *link);

/*
 * Walks all that was solved once more and shows it to @watch; replay_for_rules() of
 * calls only those that take a lock, or wait for readers, without being told of all
 * that is held.
 */
void replay(struct solver *solver,
	    void (*watch)(void *data, const struct event *event), void *data);
void replay_for_rules(struct solver *solver,
		      void (*watch)(void *data, const struct event *event),
		      void *data);

/* True if the path to @node went by something that the kernel warns of. */
bool node_is_warned(const struct node *node);

/* The hold of @cls that @context is entered with, NULL if there is none. */
const struct hold *entered_with(const struct context *context,
				const struct lock_class *cls);

/* For the files of the solver only */

struct path {
	struct solver *solver;
	struct context *context;
	struct node *node;
	const struct block *block;
	unsigned insn;
};

struct works {
	struct work **at;
	unsigned n, cap;
};

/* True if the path holds something that it must not sleep, or allocate, with. */
bool hears_of_sleep(const struct work *w);

/* What decides in @info's function when it is entered with @w's holds. */
const struct slice *slice_for(const struct info *info, bool atomic);

/* @cls turned out to matter in @context, and so in all that lead to it. */
void refine(struct solver *solver, struct context *context,
	    const struct lock_class *cls);

/* @site makes its values anew: @w may name them as they were in an earlier round. */
void retire_site(const struct path *path, struct work *w, unsigned site);
/* What can come of an instruction that calls; @w is used up. */
void step_call(struct path *path, struct work *w, const struct insn *insn,
	       struct works *out);
/* Which part of the rows for a function: of one without a body all at once. */
enum rows_part { ROWS_ALL, ROWS_BEFORE, ROWS_AFTER };

/* What the rows for @symbol make of @w, added to @out. */
void apply_rows(struct path *path, struct work *w, const struct insn *insn,
		struct symbol *symbol, const struct term **args, unsigned nargs,
		enum rows_part part, struct works *out);
/* A counter at @at goes up or down. */
void step_count(struct path *path, struct work *w, const struct insn *insn,
		const struct term *at);
void emit(struct path *path, struct event *event);
/* The instruction at work, or the branch behind all, is an event; or a call. */
void note_event(struct path *path);
void note_call(struct path *path);
/* True if all is solved, and there is nothing to see at @insn and behind it. */
bool is_past_events(const struct path *path, unsigned insn);
/* The instruction behind the last that is shown. */
unsigned end_of_events(const struct solver *solver, const struct node *node);

/* protocol.c: what rows say of a member that is stored to, or branched on */
void on_store(struct path *path, struct work *w, const struct insn *insn,
	      const struct term *to, const struct term *value);
void on_load(struct path *path, struct work *w, const struct insn *insn);
void on_read(struct path *path, struct work *w, const struct expr *e,
	     const struct insn *where);
void on_branch(struct path *path, struct work *w, const struct block *block);
void on_answer(struct path *path, struct work *w, const struct insn *insn);
void forget_own_marks(struct work *w);
void forget_own_resources(struct work *w);

/* Reads of members that rows guard against that. */
void show_reads(struct path *path, struct work *w, const struct insn *insn);
void show_condition_reads(struct path *path, struct work *w,
			  const struct block *block);

/* A way gets to @insn of @block, with @w. */
void reach(struct path *path, unsigned block, unsigned insn, struct work *w);
/* A way out, with @w. */
void leave_function(struct path *path, struct work *w);
/* From @node as far as the paths from there go on without meeting others. */
void run_node(struct solver *solver, struct context *context,
	      struct node *node);

struct context *context_enter(struct solver *solver, struct info *info,
			      struct state *entry, struct context *caller,
			      struct node *node, const struct insn *insn);
/* The same from out of sight. */
struct context *context_root(struct solver *solver, struct info *info,
			     struct state *entry);
void context_run(struct solver *solver, struct context *context);
/* @context is entered for the first time; and it is solved. */
void context_add(struct solver *solver, struct context *context);
void context_begin(struct solver *solver, struct context *context);
/* The same, but later. */
void context_restart(struct solver *solver, struct context *context);

/* again.c: all is to be entered anew; what an earlier round made of that entry */
void begin_again(struct solver *solver);
struct context *context_again(struct solver *solver, struct info *info,
			      const struct state *entry, unsigned hash);
/* What comes out of @context is used: by whom is told in between these. */
void lean_on(struct solver *solver, const struct context *context);
unsigned lean_begin(struct solver *solver);
void lean_end(struct solver *solver, struct context *context, unsigned before);
#define NOT_LEANING	~0u

/* From every root in, and what is there to know of them then */
void enter_all(struct solver *solver);
void spread_free(struct link *link);
void measure_sight(struct solver *solver);
void measure_distances(struct solver *solver);

/* Joining */
/* Only what is @live; @before: of the point that @w comes from, or NULL */
struct state *state_from_work(const struct work *w, const struct bits *live,
			      const struct state *before);
/* Stands until the next call of it, or is kept. */
const struct state *state_of_exit(const struct info *info, const struct work *w);
struct state *state_keep(const struct state *state);
/* Bloom of the values made in the function that something @live still names. */
uint64_t named_sites(const struct work *w, const struct bits *live);
bool state_same_holds(const struct state *state, const struct work *w);
/* True if @state now says less. @w may name what was made here only if it @loops. */
bool state_join(struct state *state, struct work *w, unsigned block,
		bool loops, bool widen);
bool state_join_exit(struct state *state, const struct state *more);
unsigned state_hash(const struct state *state);
bool state_equal(const struct state *a, const struct state *b);

/* 1: one and the same, 0: two different ones, -1: may be either */
int same_instance(const struct term *a, const struct term *b);
/* The hold of @cls that @at means; NULL if there is none. */
struct hold *hold_find(struct work *w, const struct lock_class *cls,
		       const struct term *at, int *how);

#endif
