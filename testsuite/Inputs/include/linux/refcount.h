/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

typedef struct { int refs; } refcount_t;

unsigned int refcount_read(const refcount_t *r);
void refcount_set(refcount_t *r, int n);
void refcount_inc(refcount_t *r);
bool refcount_inc_not_zero(refcount_t *r);
bool refcount_dec_and_test(refcount_t *r);
