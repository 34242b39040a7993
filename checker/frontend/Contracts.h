// SPDX-License-Identifier: GPL-2.0-only
//
// What the source says of itself: Clang's capability attributes and the words of
// annotations/mmucheck.h, as the rows "attr", "guard" and "says";
// and where one more could stand, as "head".

#ifndef MMUCHECK_FRONTEND_CONTRACTS_H
#define MMUCHECK_FRONTEND_CONTRACTS_H

#include "Expressions.h"
#include <string>

namespace mmucheck {

/// "attr WORD(ARGS)" for each contract of \p F, in terms of its parameters.
std::string functionContracts(const clang::FunctionDecl *F, Expressions &Text);

/// "decl NAME ..." with its parameters and contracts; "" if \p F states none.
std::string declaredContracts(const clang::FunctionDecl *F,
                              const clang::ASTContext &Context, Names &Spell);

/// "guard WHAT WORD(ARGS)" for each contract of a member or a variable.
std::string guardContracts(const clang::ValueDecl *D, const std::string &What,
                           const clang::ASTContext &Context, Names &Spell);

/// "says WORD(ARGS)" for the contracts that a declaration carries for nobody.
std::string statedContracts(const clang::VarDecl *D,
                            const clang::ASTContext &Context, Names &Spell);

/// True if \p F, one declaration of many, has a ")" of its own in the text and
/// what stands behind it may name its parameters and their members.
bool canState(const clang::FunctionDecl *F, const clang::SourceManager &SM);

/// "head NAME PLACE PARAM..." for the declaration \p F.
std::string headRow(const clang::FunctionDecl *F, Names &Spell);

} // namespace mmucheck

#endif
