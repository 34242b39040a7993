// SPDX-License-Identifier: GPL-2.0-only

#include "term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An address deeper than that is a walk along a list, not a place. */
#define MAX_DEPTH	24

/* The hash stands beside the pointer: most misses are seen without a look at
 * the term. */
struct term_slot {
	const struct term *term;
	unsigned hash;
};

static struct {
	struct term_slot *slot;
	unsigned n, size;
} terms;

static unsigned mix(unsigned h, uint64_t v)
{
	v ^= (uint64_t)h << 7;
	v *= 0x9e3779b97f4a7c15ull;
	return (unsigned)(v >> 32) ^ (unsigned)v;
}

static unsigned hash_of(const struct term *t)
{
	unsigned h = mix(t->kind * 31u + t->op, t->n);

	h = mix(h, t->site);
	h = mix(h, t->a ? t->a->id + 1 : 0);
	h = mix(h, t->b ? t->b->id + 1 : 0);
	h = mix(h, (uint64_t)t->value);
	h ^= h >> 15;
	h *= 0x85ebca6bu;
	return h ^ h >> 13;
}

static bool same(const struct term *x, const struct term *y)
{
	return x->kind == y->kind && x->op == y->op &&
	       x->n == y->n && x->site == y->site && x->a == y->a &&
	       x->b == y->b && x->value == y->value;
}

static void grow(void)
{
	struct term_slot *old = terms.slot;
	unsigned size = terms.size, i, at;

	terms.size = size ? size * 2 : 1 << 16;
	terms.slot = calloc(terms.size, sizeof(*terms.slot));
	if (!terms.slot)
		abort();
	for (i = 0; i < size; i++) {
		if (!old[i].term)
			continue;
		at = old[i].hash & (terms.size - 1);
		while (terms.slot[at].term)
			at = (at + 1) & (terms.size - 1);
		terms.slot[at] = old[i];
	}
	free(old);
}

static const struct term *make(struct term *t)
{
	struct term *kept;
	unsigned at;

	if (terms.n * 2 >= terms.size)
		grow();
	t->hash = hash_of(t);
	at = t->hash & (terms.size - 1);
	while (terms.slot[at].term) {
		if (terms.slot[at].hash == t->hash &&
		    same(terms.slot[at].term, t))
			return terms.slot[at].term;
		at = (at + 1) & (terms.size - 1);
	}
	if (t->a) {
		t->mentions |= t->a->mentions;
		t->sites |= t->a->sites;
		t->depth = t->a->depth + 1;
	}
	if (t->b) {
		t->mentions |= t->b->mentions;
		t->sites |= t->b->sites;
		if (t->b->depth >= t->depth)
			t->depth = t->b->depth + 1;
	}
	kept = arena_copy(&run_arena, t, sizeof(*t));
	kept->id = terms.n++;
	terms.slot[at] = (struct term_slot){ kept, t->hash };
	return kept;
}

unsigned terms_made(void)
{
	return terms.n;
}

/* Those that are asked for all the time are at hand by their number. */
#define NUMBERED	300

static const struct term *numbered(const struct term **kept, uint64_t n,
				   struct term t)
{
	const struct term *made = make(&t);

	if (n < NUMBERED)
		kept[n] = made;
	return made;
}

const struct term *term_int(int64_t value)
{
	static const struct term *kept[NUMBERED];

	if ((uint64_t)value < NUMBERED && kept[value])
		return kept[value];
	return numbered(kept, value, (struct term){
		.kind = TERM_INT, .value = value });
}

const struct term *term_string(void)
{
	static const struct term *kept;

	if (!kept)
		kept = make(&(struct term){ .kind = TERM_STRING });
	return kept;
}

const struct term *term_function(struct symbol *symbol)
{
	if (!symbol->term)
		symbol->term = make(&(struct term){
			.kind = TERM_FUNCTION, .symbol = symbol });
	return symbol->term;
}

const struct term *term_global(const struct global *global)
{
	return make(&(struct term){ .kind = TERM_GLOBAL, .global = global });
}

const struct term *term_local(unsigned var)
{
	static const struct term *kept[NUMBERED];

	if (var < NUMBERED && kept[var])
		return kept[var];
	return numbered(kept, var, (struct term){
		.kind = TERM_LOCAL, .n = var, .mentions = MENTION_LOCAL });
}

const struct term *term_return(void)
{
	return make(&(struct term){ .kind = TERM_RETURN,
				    .mentions = MENTION_LOCAL });
}

const struct term *term_param(unsigned n, unsigned points,
			      const struct lock_class *cls)
{
	static const struct term *kept[NUMBERED];
	unsigned at = cls ? NUMBERED : n * 4 + points;

	if (at < NUMBERED && kept[at])
		return kept[at];
	return numbered(kept, at, (struct term){
		.kind = TERM_PARAM, .n = n, .op = points, .cls = cls,
		.mentions = MENTION_PARAM });
}

const struct term *term_outer_apart(unsigned n)
{
	return make(&(struct term){ .kind = TERM_OUTER, .op = 1, .n = n,
				    .mentions = MENTION_OUTER });
}

const struct term *term_outer(unsigned n, const struct lock_class *cls)
{
	static const struct term *kept[NUMBERED];
	unsigned at = cls ? NUMBERED : n;

	if (at < NUMBERED && kept[at])
		return kept[at];
	return numbered(kept, at, (struct term){
		.kind = TERM_OUTER, .n = n, .cls = cls,
		.mentions = MENTION_OUTER });
}

static uint64_t site_bit(unsigned kind, unsigned site)
{
	return 1ull << (mix(kind, site) & 63);
}

uint64_t term_site_bloom(unsigned site)
{
	return site_bit(TERM_SITE, site);
}

uint64_t term_phi_bloom(unsigned block)
{
	return site_bit(TERM_PHI, block);
}

static const struct term *make_site(unsigned site, unsigned n)
{
	return make(&(struct term){ .kind = TERM_SITE, .n = n, .site = site,
				    .mentions = MENTION_FRAME,
				    .sites = site_bit(TERM_SITE, site) });
}

/* A site is counted within its function: most of them are low. */
const struct term *term_site(unsigned site, unsigned n)
{
	static const struct term *kept[512][4];
	const struct term **at;

	if (site >= ARRAY_SIZE(kept) || n >= ARRAY_SIZE(kept[0]))
		return make_site(site, n);
	at = &kept[site][n];
	if (!*at)
		*at = make_site(site, n);
	return *at;
}

const struct term *term_site_fresh(unsigned site, unsigned n)
{
	return make(&(struct term){ .kind = TERM_SITE, .n = n, .site = site,
				    .op = POINTS_FRESH,
				    .mentions = MENTION_FRAME,
				    .sites = site_bit(TERM_SITE, site) });
}

const struct term *term_phi(unsigned block, unsigned var)
{
	return make(&(struct term){ .kind = TERM_PHI, .n = var, .site = block,
				    .mentions = MENTION_FRAME,
				    .sites = site_bit(TERM_PHI, block) });
}

const struct term *term_old(const struct term *a)
{
	if (a->kind == TERM_OLD)
		return a;
	return make(&(struct term){ .kind = TERM_OLD, .a = a,
				    .mentions = MENTION_FRAME });
}

/* Where an address would get too deep it stands for "somewhere in there". */
static bool too_deep(const struct term *a)
{
	return a->depth >= MAX_DEPTH;
}

const struct term *term_field(const struct term *a, const struct field *field)
{
	if (a->kind == TERM_CONTAINER && a->field == field)
		return a->a;
	if (too_deep(a))
		return a;
	return make(&(struct term){ .kind = TERM_FIELD, .a = a, .field = field });
}

const struct term *term_element(const struct term *a, const struct term *index)
{
	if (too_deep(a) || too_deep(index))
		return a;
	return make(&(struct term){ .kind = TERM_ELEMENT, .a = a, .b = index });
}

const struct term *term_container(const struct term *a,
				  const struct field *field)
{
	if (a->kind == TERM_FIELD && a->field == field)
		return a->a;
	if (too_deep(a))
		return a;
	return make(&(struct term){ .kind = TERM_CONTAINER, .a = a,
				    .field = field });
}

const struct term *term_load(const struct term *address)
{
	if (too_deep(address))
		return address;
	if (!address->load)
		((struct term *)address)->load = make(&(struct term){
			.kind = TERM_LOAD, .a = address,
			.mentions = MENTION_LOAD });
	return address->load;
}

const struct term *term_unary(unsigned op, const struct term *a)
{
	if (a->kind == TERM_INT) {
		switch (op) {
		case UN_NOT:
			return term_int(!a->value);
		case UN_MINUS:
			return term_int((int64_t)(0 - (uint64_t)a->value));
		default:
			return term_int(~a->value);
		}
	}
	if (too_deep(a))
		return a;
	return make(&(struct term){ .kind = TERM_UNARY, .op = op, .a = a });
}

static bool fold(unsigned op, int64_t a, int64_t b, int64_t *value)
{
	uint64_t x = a, y = b;

	switch (op) {
	case BIN_ADD: *value = x + y; return true;
	case BIN_SUB: *value = x - y; return true;
	case BIN_MUL: *value = x * y; return true;
	case BIN_SHL: *value = y < 64 ? x << y : 0; return true;
	case BIN_SHR: *value = y < 64 ? x >> y : 0; return true;
	case BIN_AND: *value = x & y; return true;
	case BIN_OR: *value = x | y; return true;
	case BIN_XOR: *value = x ^ y; return true;
	case BIN_EQ: *value = a == b; return true;
	case BIN_NE: *value = a != b; return true;
	case BIN_LT: *value = a < b; return true;
	case BIN_LE: *value = a <= b; return true;
	case BIN_GT: *value = a > b; return true;
	case BIN_GE: *value = a >= b; return true;
	case BIN_LAND: *value = a && b; return true;
	case BIN_LOR: *value = a || b; return true;
	case BIN_DIV:
	case BIN_REM:
		if (b == 0 || b == -1)
			return false;
		*value = op == BIN_DIV ? a / b : a % b;
		return true;
	}
	return false;
}

/* "x | 4", "4 | x": some bits are set, whatever the others are. */
static bool has_bits(const struct term *t, int64_t bits)
{
	while (t->kind == TERM_CAST && t->type->bits < 64 &&
	       bits >> t->type->bits == 0)
		t = t->a;
	if (t->kind == TERM_INT)
		return (t->value & bits) == bits;
	return t->kind == TERM_BINARY && t->op == BIN_OR &&
	       (has_bits(t->a, bits) || has_bits(t->b, bits));
}

const struct term *term_binary(unsigned op, const struct term *a,
			       const struct term *b)
{
	int64_t value;

	if (a->kind == TERM_INT && b->kind == TERM_INT &&
	    fold(op, a->value, b->value, &value))
		return term_int(value);
	/* "x | 0", "x + 0", "x & 0" */
	if (term_is_int(b, 0)) {
		if (op == BIN_OR || op == BIN_ADD || op == BIN_SUB ||
		    op == BIN_XOR || op == BIN_SHL || op == BIN_SHR)
			return a;
		if (op == BIN_AND || op == BIN_MUL)
			return b;
	}
	if (term_is_int(a, 0)) {
		if (op == BIN_OR || op == BIN_ADD || op == BIN_XOR)
			return b;
		if (op == BIN_AND || op == BIN_MUL)
			return a;
	}
	if (op == BIN_AND && b->kind == TERM_INT && has_bits(a, b->value))
		return b;
	/* Two functions are never the same one. */
	if (a != b && a->kind == TERM_FUNCTION && b->kind == TERM_FUNCTION) {
		if (op == BIN_EQ)
			return term_int(0);
		if (op == BIN_NE)
			return term_int(1);
	}
	if (op == BIN_EQ && a == b && a->kind != TERM_OLD)
		return term_int(1);
	if (op == BIN_NE && a == b && a->kind != TERM_OLD)
		return term_int(0);
	if (too_deep(a) || too_deep(b))
		return too_deep(a) ? a : b;
	return make(&(struct term){ .kind = TERM_BINARY, .op = op, .a = a,
				    .b = b });
}

const struct term *term_cast(const struct term *a, const struct type *type)
{
	if (a->kind == TERM_INT && type->bits && type->bits < 64) {
		uint64_t cut = (uint64_t)a->value << (64 - type->bits);

		return term_int(type->is_signed
				? (int64_t)cut >> (64 - type->bits)
				: (int64_t)(cut >> (64 - type->bits)));
	}
	if (a->kind == TERM_INT || too_deep(a))
		return a;
	return make(&(struct term){ .kind = TERM_CAST, .a = a, .type = type });
}

const struct term *term_map(const struct term *t, term_leaf_fn leaf,
			    void *data)
{
	const struct term *to = leaf(data, t), *a, *b;

	if (to)
		return to;
	if (!t->a)
		return t;
	a = term_map(t->a, leaf, data);
	b = t->b ? term_map(t->b, leaf, data) : NULL;
	if (a == t->a && b == t->b)
		return t;
	switch (t->kind) {
	case TERM_FIELD:
		return term_field(a, t->field);
	case TERM_ELEMENT:
		return term_element(a, b);
	case TERM_CONTAINER:
		return term_container(a, t->field);
	case TERM_LOAD:
		return term_load(a);
	case TERM_UNARY:
		return term_unary(t->op, a);
	case TERM_BINARY:
		return term_binary(t->op, a, b);
	case TERM_CAST:
		return term_cast(a, t->type);
	case TERM_OLD:
		return term_old(a);
	default:
		return t;
	}
}

bool term_contains(const struct term *t, const struct term *part)
{
	for (; t; t = t->a) {
		if (t == part)
			return true;
		if (t->id < part->id)
			return false;	/* parts are older than the whole */
		if (t->b && term_contains(t->b, part))
			return true;
	}
	return false;
}

/* Printing */

struct out {
	char *at, *end;
};

static void put(struct out *out, const char *text)
{
	while (*text && out->at < out->end)
		*out->at++ = *text++;
}

static const char *variable_name(const struct function *fn, unsigned n)
{
	return fn && n < fn->nvars + fn->ntemps && fn->vars[n].name
		? fn->vars[n].name : "a value";
}

static void print_value(struct out *out, const struct function *fn,
			const struct term *t);

/* The place that the address @t is of. */
static void print_place(struct out *out, const struct function *fn,
			const struct term *t)
{
	switch (t->kind) {
	case TERM_GLOBAL:
		put(out, t->global->name);
		break;
	case TERM_LOCAL:
		put(out, variable_name(fn, t->n));
		break;
	case TERM_FIELD:
		if (t->a->kind == TERM_FIELD || t->a->kind == TERM_LOCAL ||
		    t->a->kind == TERM_GLOBAL || t->a->kind == TERM_ELEMENT) {
			print_place(out, fn, t->a);
			put(out, ".");
		} else {
			print_value(out, fn, t->a);
			put(out, "->");
		}
		put(out, t->field->name);
		break;
	case TERM_ELEMENT:
		print_place(out, fn, t->a);
		put(out, "[]");
		break;
	default:
		put(out, "*");
		print_value(out, fn, t);
	}
}

static void print_value(struct out *out, const struct function *fn,
			const struct term *t)
{
	char text[40];

	switch (t->kind) {
	case TERM_INT:
		snprintf(text, sizeof(text), "%lld", (long long)t->value);
		put(out, text);
		break;
	case TERM_FUNCTION:
		put(out, t->symbol->name);
		break;
	case TERM_PARAM:
		put(out, variable_name(fn, t->n));
		break;
	case TERM_PHI:
		put(out, variable_name(fn, t->n));
		break;
	case TERM_OLD:
		print_value(out, fn, t->a);
		break;
	case TERM_LOAD:
		print_place(out, fn, t->a);
		break;
	case TERM_CONTAINER:
		put(out, t->field->record);
		break;
	case TERM_FIELD:
	case TERM_ELEMENT:
	case TERM_LOCAL:
	case TERM_GLOBAL:
		put(out, "&");
		print_place(out, fn, t);
		break;
	case TERM_OUTER:
		put(out, "(caller's)");
		break;
	default:
		put(out, "...");
	}
}

void term_print(const struct function *function, const struct term *t,
		char *buf, size_t size)
{
	struct out out = { buf, buf + size - 1 };

	print_place(&out, function, t);
	*out.at = 0;
}
