// SPDX-License-Identifier: GPL-2.0-only
//
// The kernel's macros as the checker wants to see them. A contract such as
// lockdep_assert_held_write() expands to next to nothing when lockdep is off;
// a header with definitions of our own takes their place where, and only
// where, the kernel defines them:
//
//   #define __override_NAME(args) body
//
// says what NAME(args) is from the moment that the kernel defines NAME.

#ifndef MMUCHECK_FRONTEND_OVERRIDES_H
#define MMUCHECK_FRONTEND_OVERRIDES_H

#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseMap.h"

namespace mmucheck {

class Overrides : public clang::PPCallbacks {
public:
  explicit Overrides(clang::Preprocessor &PP) : PP(PP) {}

  void MacroDefined(const clang::Token &Name,
                    const clang::MacroDirective *Directive) override;

private:
  clang::Preprocessor &PP;
  llvm::DenseMap<const clang::IdentifierInfo *, clang::MacroInfo *> Ours;
};

} // namespace mmucheck

#endif
