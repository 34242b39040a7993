/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Terms: what a value is, in the words of one function.
 *
 * A pointer parameter is PARAM, what "vcpu->kvm" reads on entry is
 * LOAD(FIELD(PARAM, kvm_vcpu.kvm)), and the address of the lock in it is
 * FIELD(that, kvm.mmu_lock).  Equal terms are the same struct: two expressions
 * that name one lock give one pointer.
 */
#ifndef MMUCHECK_TERM_H
#define MMUCHECK_TERM_H

#include "facts.h"

enum term_kind {
	TERM_INT,		/* value */
	TERM_STRING,		/* the address of some text: never NULL */
	TERM_FUNCTION,		/* symbol */
	TERM_GLOBAL,		/* address of a variable at file scope */
	TERM_LOCAL,		/* address of variable n of this function */
	TERM_RETURN,		/* address of the record that is returned */
	TERM_PARAM,		/* parameter n on entry; cls if it is a lock; op
				   says what is known of what it points to */
	TERM_OUTER,		/* n-th thing that only a caller can name; op: it is
				   known to be none of the parameters */
	TERM_SITE,		/* n-th value that instruction "site" made */
	TERM_PHI,		/* variable n where paths meet in block "site" */
	TERM_OLD,		/* what a was in an earlier round of a loop */
	TERM_FIELD,		/* address of a member of what a points to */
	TERM_ELEMENT,		/* address of an element of the array at a */
	TERM_CONTAINER,		/* address of the record whose member is at a */
	TERM_LOAD,		/* what is in memory at a */
	TERM_UNARY,
	TERM_BINARY,
	TERM_CAST,		/* a cut to a narrower scalar: type */
};

struct term {
	unsigned char kind;
	unsigned char op;
	unsigned short depth;
	unsigned n, site;
	unsigned hash;
	unsigned id;		/* order of making, the same in every run */
	unsigned mentions;	/* MENTION_* of this and all below */
	uint64_t sites;		/* bloom of the SITE, PHI below */
	const struct term *a, *b;
	const struct term *load;	/* what is in memory there, once asked for */
	union {
		int64_t value;
		const struct field *field;
		const struct global *global;
		struct symbol *symbol;
		const struct type *type;
		const struct lock_class *cls;
	};
};

#define MENTION_PARAM	1u
#define MENTION_LOCAL	2u	/* LOCAL, RETURN */
#define MENTION_FRAME	4u	/* SITE, PHI, OLD: made in this function */
#define MENTION_OUTER	8u
#define MENTION_LOAD	16u

struct lock_class;

const struct term *term_int(int64_t value);
const struct term *term_string(void);
const struct term *term_function(struct symbol *symbol);
const struct term *term_global(const struct global *global);
const struct term *term_local(unsigned var);
const struct term *term_return(void);
/* What a pointer points to, in op of a PARAM or a SITE */
#define POINTS_LOCAL	1	/* a variable of a caller */
#define POINTS_FRESH	2	/* an object that nobody else knows yet */

const struct term *term_param(unsigned n, unsigned points,
			      const struct lock_class *cls);
const struct term *term_outer(unsigned n, const struct lock_class *cls);
/* The same, of what is no parameter of the function either. */
const struct term *term_outer_apart(unsigned n);
const struct term *term_site(unsigned site, unsigned n);
const struct term *term_site_fresh(unsigned site, unsigned n);
const struct term *term_phi(unsigned block, unsigned var);
const struct term *term_old(const struct term *a);
/* What "sites" has of each value that was made there */
uint64_t term_site_bloom(unsigned site);
uint64_t term_phi_bloom(unsigned block);
const struct term *term_field(const struct term *a, const struct field *field);
/* The member of whatever record: a cell for it is what all of them hold. */
static inline const struct term *term_anywhere(const struct field *field)
{
	return term_field(term_string(), field);
}

static inline bool term_is_anywhere(const struct term *t,
				    const struct field *field)
{
	return t->kind == TERM_FIELD && t->field == field &&
	       t->a->kind == TERM_STRING;
}

const struct term *term_element(const struct term *a, const struct term *index);
const struct term *term_container(const struct term *a,
				  const struct field *field);
const struct term *term_load(const struct term *address);
const struct term *term_unary(unsigned op, const struct term *a);
const struct term *term_binary(unsigned op, const struct term *a,
			       const struct term *b);
const struct term *term_cast(const struct term *a, const struct type *type);

static inline bool term_is_int(const struct term *t, int64_t value)
{
	return t->kind == TERM_INT && t->value == value;
}

/* Memory that only this function and those above it know. */
static inline bool term_is_private(const struct term *root)
{
	return root->kind == TERM_LOCAL || root->kind == TERM_RETURN ||
	       (root->kind == TERM_PARAM && (root->op & POINTS_LOCAL));
}

/* Memory that nobody else can get at: it needs no lock. */
static inline bool term_is_unshared(const struct term *root)
{
	return term_is_private(root) ||
	       ((root->kind == TERM_PARAM || root->kind == TERM_SITE) &&
		(root->op & POINTS_FRESH));
}

/*
 * term_map() - @t with every term that @leaf knows replaced
 * @leaf: what to put in a term's place; NULL: look at what it is made of; the
 *        term itself: leave it as it is
 */
typedef const struct term *(*term_leaf_fn)(void *data, const struct term *t);
const struct term *term_map(const struct term *t, term_leaf_fn leaf,
			    void *data);

/* True if @part is @t or a part of it. */
bool term_contains(const struct term *t, const struct term *part);

/* For messages: "kvm->mmu_lock" with the names that @function has. */
void term_print(const struct function *function, const struct term *t,
		char *buf, size_t size);

unsigned terms_made(void);

#endif
