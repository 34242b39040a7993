/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contracts: what functions, locks and fields ask and do, as the contract files
 * say it. annotations/README.md has the grammar. The engine knows the verbs, the
 * files know the kernel.
 */
#ifndef MMUCHECK_CONTRACT_H
#define MMUCHECK_CONTRACT_H

#include "facts.h"

/* How a lock behaves, whatever it protects. */
struct flavour {
	const char *name;
	bool atomic;		/* who holds it must not sleep */
	bool noreclaim;		/* nor, if not that, wait for memory to be freed */
	bool sleeps;		/* taking it may sleep */
	bool counts;		/* may be taken again by who holds it */
	bool reentrant;		/* the holder is the CPU or task, not a place */
	bool shared;		/* may be held for read and for write */
	bool counted;		/* in_atomic() sees that it is held */
	bool idle;		/* dropped when not held, nothing happens */
	bool loose;		/* who opens it need not be who closes it */
	bool mark;		/* no lock: a step of a protocol that was taken */
	bool resource;		/* no lock: who takes it gives it back */
};

enum mode {
	MODE_NONE,
	MODE_READ,
	MODE_WRITE,		/* and the only mode of an exclusive lock */
	MODE_ANY,		/* asked for: either; held: nobody said which */
};

/* A lock, as lockdep has classes: a member of a record, or a variable. */
struct lock_class {
	const char *name;	/* "kvm.mmu_lock" */
	unsigned id;
	const struct flavour *flavour;	/* once it was taken or declared */
	bool leaf;		/* nothing is taken inside it */
	const struct row *leaf_row;
	VEC(const struct row *) inside;	/* never taken without one of these */
	const char *rule;		/* of a mark: who tells that it is missing */
	const struct row *mark_row;
	bool is_debt;			/* a mark that is to be gone in time */
	VEC(const struct lock_class *) ends;	/* marks that end with this lock */
	VEC(const struct lock_class *) due;	/* debts to be settled before */
	/* Of a loan: it lasts as long as one of these is held; then what was lent
	 * is a hold of class "stale". */
	VEC(const struct lock_class *) lasts;
	const struct lock_class *stale;
	const struct lock_class *lent;	/* of such a class: the loan */
};

enum verb {
	VERB_TAKE,
	VERB_DROP,
	VERB_YIELD,		/* drops and takes again */
	VERB_NEED,		/* who calls it holds */
	VERB_FORBID,		/* who calls it does not hold */
	VERB_TEST,		/* true if held */
	VERB_BROKEN,		/* who gets here has broken a contract */
	VERB_UNREACHED,		/* no path gets here */
	VERB_SLEEP,
	VERB_ALONE,		/* nobody else has the object while it runs */
	VERB_WARN,		/* the kernel warns here: it should not get here */
	VERB_ZERO,		/* what is at its argument is zero from now on */
	VERB_SYNC,		/* waits until every reader has left */
	VERB_REREAD,		/* what is at the address may have changed */
	VERB_WRITES,		/* the same, and by this very call */
	VERB_CONTAINER,		/* container_of(), its second argument a member */
	VERB_PURE,		/* the same result for the same arguments */
	VERB_FRESH,		/* returns an object that nobody else knows */
	VERB_RETURNS,		/* returns its argument */
	VERB_ONE,		/* returns 1 */
	VERB_NEGATIVE,		/* returns whether its argument is below 0 */
	VERB_READS,		/* returns what is at its argument */
	VERB_FINDS,		/* returns an entry of the table at its argument, if any */
	VERB_INATOMIC,		/* true if something counted is held */
	VERB_EMPTY,		/* returns whether the list at its argument is empty */
	VERB_LEND,		/* what it returns is good only in a section */
	VERB_KEEP,		/* what its argument points to is good from now on */
};

/* When an effect happens: "if ret", "if !shared", "if flags & 1024". */
enum condition_op {
	COND_ALWAYS,
	COND_TRUE,
	COND_FALSE,
	COND_EQ,
	COND_NE,
	COND_LT,
	COND_GE,
	COND_MASK,		/* some bit of value is set */
	COND_NO_MASK,		/* none is */
};

#define ARG_RETURN	-1	/* what the function returns */
#define ARG_NONE	-2
#define ARG_LAST	-16	/* the last argument, -17 the one before, ... */

/* Which of @nargs arguments @arg is; -1 if the call has none such. */
static inline int arg_index(int arg, unsigned nargs)
{
	if (arg <= ARG_LAST)
		arg = (int)nargs - 1 - (ARG_LAST - arg);
	return arg >= 0 && arg < (int)nargs ? arg : -1;
}

struct effect {
	enum verb verb;
	int arg;			/* the lock's address, or ARG_NONE */
	const struct lock_class *cls;	/* the lock, where no argument says */
	const struct flavour *flavour;
	enum mode mode;
	int mode_arg;			/* read if this argument is true */
	enum condition_op cond;
	int cond_arg;
	bool cond_deref;		/* what the argument points to is asked */
	int64_t cond_value;
	bool tries;			/* does not wait for the lock */
	bool reclaims;			/* of a sleep: waits for memory to be freed */
	const struct expr *lock;	/* the lock, in the words of function "of" */
	const struct function *of;
	bool stated;			/* by the source, not by a row */
	const struct contract_attr *said;	/* and these are its words */
	const struct effect *instead;	/* of a need: this one is as good */
	bool whole;			/* drops it however often it was taken */
	bool after;			/* when the function has returned */
	bool own;			/* only of an object of the caller's own */
	int where_arg;			/* and where this argument is known to be */
	bool where_false;
	const struct lock_class *when;	/* only where this is held */
	const struct lock_class *unless;	/* only where this is not */
	const struct lock_class *weak;		/* held, it is still not enough */
	VEC(const struct lock_class *) others;	/* each of them does as well */
	const struct row *row;
};

/* Where a row stands and why it is there. */
struct row {
	const char *file;
	unsigned line;
	const char *reason;
	const char *subject;
	bool matched;		/* something in the tree is meant by it */
	bool optional;		/* other versions have it */
};

struct contract {
	const struct row *row;
	const char *name;
	VEC(struct effect) effects;
	bool stated;		/* the source has its part in it */
	bool opaque;		/* the row says it all, the body is not entered */
	bool noreturn;
};

/* "A < B": A is taken outside B. */
struct order {
	const struct lock_class *outer, *inner;
	const struct row *row;
};

/* "never A in B" */
struct never {
	const struct lock_class *taken, *held;
	const struct lock_class *unless;	/* held, there is nothing wrong; or NULL */
	const struct row *row;
};

/* One way to be allowed: all of these are held. */
struct guard_need {
	const struct lock_class *cls;
	enum mode mode;
};

struct guard_way {
	VEC(struct guard_need) needs;
};

enum guard_event {
	GUARD_WRITE,		/* any store */
	GUARD_SET,		/* a store of what is not zero, or may be */
	GUARD_CLEAR,		/* a store of zero */
	GUARD_READ,
};

struct guard {
	const char *key;	/* "record.name" */
	enum guard_event event;
	bool pointed;		/* not the member, but what it points to */
	VEC(struct guard_way) ways;
	const struct row *row;
};

/* "true", "$global" or "param^record.member.member", or its opposite. */
struct value_atom {
	bool negated;
	bool always;
	const char *global;
	const char *param;
	const char *record;
	VEC(const char *) members;
};

/*
 * What a member is in a function, said in the caller's words: all atoms true
 * means true, one false means false.
 */
struct value_row {
	const char *key;		/* "record.name" */
	const char *function;
	VEC(struct value_atom) atoms;
	bool is_number;			/* instead of atoms */
	int64_t number;
	const struct row *row;
};

/* What is found of @rule in @function is let stand. */
struct allow_row {
	const char *rule, *function;
	const struct row *row;
};

/* Inside @in, however deep, @function is not called. */
struct nocall_row {
	const char *function, *in;
	const struct row *row;
};

/* How a function that only the rest of the kernel calls is entered. */
struct entry_row {
	const char *slot;	/* "record.name", or a function */
	VEC(struct guard_need) holds;
	const struct row *row;
};

/* Of these folders at most one is on any path. */
struct part_row {
	VEC(const char *) patterns;
	const struct row *row;
};

enum member_event {
	MEMBER_STORE,		/* something is stored there */
	MEMBER_TEST,		/* a branch has asked what is there */
	MEMBER_LOAD,		/* what is there is kept in something else */
	MEMBER_READ,		/* it is read, for whatever */
};

/* What it means that this happens to a member; its object and value are args. */
struct on_row {
	const char *key;
	enum member_event event;
	const struct contract *contract;
};

/* A kind of address: what types have it, and how wide it is. */
struct address {
	const char *name;
	VEC(const char *) types;
	unsigned bits;			/* 0: those of width, if there is one */
	const char *width;		/* a type, or "long" */
	const struct address *of;	/* it is one of these, shifted right */
	unsigned shift;
	VEC(const struct address *) either;	/* it is one of these */
	const struct row *row;
};

/* What a place holds whose type does not say, or says something else. */
struct carries {
	const char *key;		/* "record.name", or */
	const char *function;		/* the parameter of this one, "*": of any, */
	const char *param;		/* or NULL: what it returns */
	const struct address *address;	/* NULL: no address */
	unsigned bits;			/* that it fits in; 0: those of width */
	const char *width;
	const struct row *row;
};

/* What a member or a function is called in other versions than the rows speak of. */
struct alias_row {
	const char *name, *meant;
	const struct row *row;
};

/* A row about one member, whatever it says. */
struct member_row {
	const char *key;
	const struct row *row;
};

struct contracts {
	VEC(struct flavour *) flavours;
	VEC(struct lock_class *) classes;
	struct lock_class *some;	/* a lock that nobody knows more of */
	struct lock_class *alone;	/* nobody else has the object of the path */
	struct lock_class *warned;	/* the kernel has warned on the path */
	VEC(struct contract *) functions;
	VEC(struct order) orders;
	VEC(struct never) nevers;
	VEC(struct guard) guards;
	VEC(struct entry_row) entries;
	VEC(struct value_row) values;
	VEC(struct part_row) parts;
	VEC(struct nocall_row) nocalls;
	VEC(struct allow_row) allows;
	VEC(struct alias_row) aliases;
	VEC(struct address *) addresses;
	VEC(struct carries) carries;
	VEC(const char *) scopes;
	VEC(const char *) foreign;	/* objects of another program */
	VEC(const char *) aparts;
	VEC(const char *) stickies;
	VEC(const char *) counters;
	VEC(const char *) lock_types;
	VEC(struct member_row) members;
	VEC(struct on_row) ons;
	VEC(struct row *) rows;
	struct contract_tables *tables;
};

static inline bool is_mark(const struct lock_class *cls)
{
	return cls->flavour && cls->flavour->mark;
}

static inline bool is_resource(const struct lock_class *cls)
{
	return cls->flavour && cls->flavour->resource;
}

/* A mark that values are lent under. */
static inline bool is_loan(const struct lock_class *cls)
{
	return cls->stale != NULL;
}

/* False if all that it says is what is lent: nothing happens at the call. */
bool acts(const struct contract *contract);

/* True if its holder must not sleep, or not to get memory. */
static inline bool minds_sleep(const struct lock_class *cls)
{
	return cls->flavour && (cls->flavour->atomic || cls->flavour->noreclaim);
}

struct contracts *contracts_new(void);

/* contracts_read() - the rows of one file; on an error nothing is believed */
bool contracts_read(struct contracts *contracts, const char *path,
		    struct error *err);

struct contract *contract_of(struct contracts *contracts, const char *name);

/* What says "never TAKEN in HELD"; NULL if there is no such row. */
const struct never *never_of(const struct contracts *contracts,
			     const struct lock_class *taken,
			     const struct lock_class *held);

/* The class called @name; made if there was none. */
struct lock_class *lock_class(struct contracts *contracts, const char *name);
const struct flavour *flavour_of(struct contracts *contracts, const char *name);

#endif
