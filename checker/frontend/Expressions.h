// SPDX-License-Identifier: GPL-2.0-only
//
// C expressions as facts spell them: no sugar, no parentheses that do not
// matter, calls and side effects replaced by the temporaries that hold them.
// checker/facts/FORMAT.md has the grammar.

#ifndef MMUCHECK_FRONTEND_EXPRESSIONS_H
#define MMUCHECK_FRONTEND_EXPRESSIONS_H

#include "Names.h"
#include "clang/AST/Expr.h"
#include <string>

namespace mmucheck {

class Expressions {
public:
  Expressions(const clang::ASTContext &Context, Names &Spell)
      : Context(Context), Spell(Spell) {}

  /// The text of \p E. A place that is read and a place that is written are
  /// spelled alike; whoever reads the facts knows from where it stands.
  std::string text(const clang::Expr *E);

  /// From now on \p E is spelled \p Name: what it did was done by a row.
  void bind(const clang::Expr *E, std::string Name);
  bool isBound(const clang::Expr *E) const;

  /// The name of a variable of this function; shadowed ones get "'2".
  std::string variable(const clang::VarDecl *Var);

  /// \p Other, a parameter of another declaration, is \p Var here.
  void same(const clang::VarDecl *Other, const clang::VarDecl *Var);

  /// Parameters and local variables in the order of their first use.
  const std::vector<const clang::VarDecl *> &variables() const {
    return Order;
  }

  /// A cast of \p From to \p To that a fact keeps: "<u32>", or "" for one that
  /// changes nothing that a rule looks at.
  std::string conversion(clang::QualType To, clang::QualType From);

  /// Functions that were named, as a call or as a value.
  llvm::DenseSet<const clang::FunctionDecl *> Used;

private:
  std::string member(const clang::MemberExpr *E);
  std::string unary(const clang::UnaryOperator *E);
  std::string binary(const clang::BinaryOperator *E);
  std::string declaration(const clang::DeclRefExpr *E);
  std::string cut(clang::QualType To, const clang::Expr *Sub);
  std::string castExpr(const clang::CastExpr *E);
  std::string unbound(const clang::Expr *E);
  bool constant(const clang::Expr *E, std::string &Text);

  const clang::ASTContext &Context;
  Names &Spell;
  llvm::DenseMap<const clang::Expr *, std::string> Bound;
  llvm::DenseMap<const clang::VarDecl *, std::string> Variables;
  llvm::StringMap<unsigned> Taken;
  std::vector<const clang::VarDecl *> Order;
  unsigned Depth = 0;
};

} // namespace mmucheck

#endif
