/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

unsigned long copy_from_user(void *to, const void *from, unsigned long n);
unsigned long copy_to_user(void *to, const void *from, unsigned long n);
