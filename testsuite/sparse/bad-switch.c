// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: sparse
// RUN: sparse -I%annotations -I%S/Inputs -DMMUCHECK_ADDRESSES=3 %s 2>&1 | FileCheck-19 %s
//
// CHECK: error: {{.*}}MMUCHECK_ADDRESSES: expected 1 (no narrowing) or 2 (no mixing)
#include "types.h"
